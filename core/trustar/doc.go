// Package trustar speaks the TruSTAR Station REST API, versions 1.2 and 1.3: as
// far as reports are filed, read back and correlated.
//
// Make a [Client] once with [New]; it is safe for concurrent use and shares one
// token among its calls. Errors are the types of package api, and two more that
// callers react to: [ErrNotFound] and [ErrDuplicate]. A report that is looked for
// right after it was accepted may be answered by 404 for a while, so ErrNotFound
// proves nothing about a submission; sending the same external id again does.
//
// The two versions differ in paths, shapes and units of time ([Timestamp]); the
// methods hide that, and fail with *api.UnsupportedError where a version lacks a
// call.
//
// Answers are decoded strictly: one that lacks what its contract promises is an
// *api.DecodeError, never an empty result. Unknown fields are ignored.
//
// What is known of the wire comes from the vendor's pages and public clients. What
// is not backed by either is marked GUESS.
package trustar
