// Package app holds the use cases: what a person can do with Sightline, whatever
// the program in front of it.
//
// An [App] knows the user's profiles and makes platforms, destinations and sources
// of them. It keeps nothing but profiles and tokens, in memory alone: drafts and the
// outbox belong to the host, which stores what it is given and hands it in again.
// It knows neither JavaScript nor a terminal; the extension reaches it through
// package bridge, the command line directly.
//
// Offsets are bytes of UTF-8, times are milliseconds since 1970. All methods are
// safe for concurrent use. Errors are those of package api and of package report,
// and [ProfileError]; none holds a secret.
package app
