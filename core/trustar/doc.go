// Package trustar speaks the TruSTAR Station REST API, versions 1.2, 1.3 and 2.0.
//
// Make a [Client] once with [New]; it is safe for concurrent use and shares one
// token among its calls. Filing a report, reading it back and looking up who knows an
// indicator are methods of the Client: [Client.Submit], [Client.Report],
// [Client.ReportIndicators], [Client.Correlated], [Client.Enclaves]. The rest is by
// section: [Client.Reports], [Client.Indicators], [Client.Tags], [Client.Whitelist] and
// [Client.Triage], and for 2.0 [Client.Submissions], [Client.Observables],
// [Client.Safelists] and [Client.Workflows]. Lists are iterators that ask for a page
// when its first item is asked for; an error is their last item.
//
// The versions differ in paths, shapes, units of time ([Timestamp]) and in what they
// can do. Where two have the same call, one method hides the difference; a version that
// lacks a call fails with *api.UnsupportedError, which names those that have it, before
// the network.
//
// Errors are the types of package api, and three more that callers react to:
// [ErrNotFound], [ErrDuplicate] and [ErrTooMany]. A report that is looked for
// right after it was accepted may be answered by 404 for a while, so ErrNotFound
// proves nothing about a submission; sending the same external id again does.
//
// What the contract forbids is found before the network, as *api.InvalidError: sizes,
// counts, ranges of time, words. The limit of [CallsPerMinute] is kept by an
// api.Throttle around the Transport.
//
// Answers are decoded strictly: one that lacks what its contract promises is an
// *api.DecodeError, never an empty result. Unknown fields are ignored.
//
// What is known of the wire comes from the vendor's pages and public clients. What
// is not backed by either is marked GUESS.
package trustar
