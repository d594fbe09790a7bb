// Package station is a report store that speaks the TruSTAR Station API: token,
// enclaves, reports of version 1.2 and 1.3, the indicators in them, and the
// reports that share indicators.
//
// [New] makes one [Station], an http.Handler over database/sql. It runs natively
// on SQLite (package sqlite beside this one) and on Cloudflare Workers over D1.
// D1 has no interactive transactions, so neither host uses them: every write is
// one statement, and a report with everything derived from it goes in by one
// INSERT whose triggers fill the index tables. A statement either happened or did
// not, whatever is killed and whenever.
//
// A request's life: trace id; operation from the table in operations.go; token;
// rate limit; handler; answer or error body. A panic is a 500 of that request.
//
// Times are milliseconds since 1970 in the database and in every answer; in the
// requests of version 1.2 they are seconds. Ranges are inclusive at both ends.
//
// Keys and secrets are stored as hashes, tokens are derived and stored as hashes:
// a copy of the database lets nobody in. Every read is filtered by the caller's
// enclaves; what a caller may not read does not exist for them (404).
//
// A submission may be repeated. Under one external id a company has one report: the
// second is refused with status 400 and "already exists". Under one Idempotency-Key,
// a header that is ours and not the vendor's, a user has one: the same request again
// gets the stored answer, another one status 422. Neither is ever forgotten while the
// report is there.
//
// What the vendor's pages leave open is marked GUESS where it is decided.
package station
