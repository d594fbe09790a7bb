// Package station is a report store that speaks the TruSTAR Station API, versions
// 1.2, 1.3 and 2.0: reports and submissions, the indicators in them and those submitted
// by themselves, tags, correlation, search, metadata, summaries, trends, whitelist and
// safelists, phishing triage, workflows, quotas.
//
// [New] makes one [Station], an http.Handler over database/sql. It runs natively
// on SQLite (package sqlite beside this one) and on Cloudflare Workers over D1.
// D1 has no interactive transactions, so neither host uses them: every write is
// one statement, or several that may be repeated. A report with everything derived from
// it goes in by one INSERT whose triggers fill the index tables. A statement either
// happened or did not, whatever is killed and whenever.
//
// A request's life: trace id; operation from the table in operations.go; token;
// limits; handler; answer or error body. A panic is a 500 of that request.
//
// # One store, three versions
//
// A report is one row, whichever version brought it. Version 2.0 calls it a submission
// and tells intelligence and events apart; a set of indicators, the third kind, is no
// report in the older versions, but its indicators are found there. Tags of reports are
// names on the row, tags of indicators an enclave's. The company's whitelist (1.3) and its
// safelists (2.0) are one table: what is on any of them is left out of every list of
// indicators and correlates nothing. Types follow from one rule: IP is IP4 or IP6, URL is
// URL or DOMAIN, and malware and vulnerabilities are attributes in 2.0.
//
// Times are milliseconds since 1970 in the database and in every answer; in the
// requests of version 1.2 they are seconds. Ranges are inclusive at both ends and about
// the last update.
//
// # Who may what
//
// Keys and secrets are stored as hashes, tokens are derived and stored as hashes:
// a copy of the database lets nobody in. Every read is filtered by the caller's
// enclaves; what a caller may not read does not exist for them (404). An enclave that is
// named in a request and may not be read, submitted to or changed is refused (403). Who
// submitted a report, or may update every enclave that it is in, may change and delete it.
//
// # Repeating
//
// A submission may be repeated. Under one external id a company has one report in each
// enclave, and 1.2 refuses a second one anywhere in the company: status 400 and "already
// exists". Under one Idempotency-Key, a header that is ours and not the vendor's, a user
// has one: the same request again gets the stored answer, another one status 422. Neither
// is ever forgotten while the report is there. A change is made to the report as it was
// read, or tried again from the beginning.
//
// What the vendor's pages leave open is marked GUESS where it is decided.
package station
