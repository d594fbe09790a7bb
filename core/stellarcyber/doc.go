// Package stellarcyber speaks the cases part of Stellar Cyber's REST API: its
// token, its cases and a case's observables.
//
// Make a [Client] once with [New]; it is safe for concurrent use and shares one
// token among its calls. Errors are the types of package api.
//
// Answers are decoded strictly: one that lacks what its contract promises is an
// *api.DecodeError, never an empty result. Unknown fields of a case are kept.
//
// What is known of the wire comes from the vendor's pages and public clients. What
// is not backed by either is marked GUESS.
package stellarcyber
