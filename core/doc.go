// Package core holds no code of its own: it is the roof of the pure-Go part of Sightline.
//
// Everything below it runs unchanged natively, in the browser extension and on
// Cloudflare Workers. Nothing below it imports syscall/js, a database, or
// net/http (but for api/httptransport, the one native door to the net). The rule
// and its reasons are the table in deps_test.go.
//
//	indicator     text in, indicators with spans out
//	api           what the platform clients share: request, transport, auth, errors, retry
//	trustar       the TruSTAR Station client
//	stellarcyber  the Stellar Cyber client
//	report        from a passage to a submission; the outbox as a pure state machine
//	lookup        indicators in; related cases and reports out
//	app           the use cases, shared by the extension and the command line
//	bridge        the contract with JavaScript over app
package core
