// Package sandbox stands in for the platforms that Sightline asks but that nobody
// can run at home. It speaks Stellar Cyber's API: the token call, cases with the
// whole query grammar, one case, a case's observables; and Threat Stack's versions 1
// (key and organization by header) and 2 (signed with Hawk) on the same port.
//
// The data is generated from a seed and kept in SQLite: the same Options give the
// same cases, byte for byte. Most cases hold noise. Some hold three to six
// indicators of a campaign of testdata/planted.json, some hold one, some hold a
// near miss. Among them is the sample case of the vendor's page "Using the API to
// Retrieve Case Details", its dates moved into the window.
//
// What the vendor publishes is followed to the letter; what no source says is
// marked GUESS where it is decided. The sandbox errs on the strict side, so that a
// client's mistake shows here first.
//
// Faults come on demand, see [Fault]. Tests ask [Sandbox.TruthFor] which cases
// hold a value.
//
// Times on the wire are milliseconds since 1970, but a token's exp is seconds.
package sandbox
