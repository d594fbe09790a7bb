// Package sandbox stands in for the platforms that Sightline asks but that nobody
// can run at home. It speaks Stellar Cyber's API, all that clients of its cases
// touch: tokens, cases with the whole query grammar and everything about one case,
// incidents, alerts, tenants, users and what lies around them; and Threat Stack's
// versions 1 (key and organization by header) and 2 (signed with Hawk) on the same
// port.
//
// The data is generated from a seed: the same Options give the same cases, byte for
// byte. A case is made anew whenever it is asked for; only what filters and sorts
// look at is kept, so that 139,380 of them start at once and take few megabytes.
// What is written over the API sticks until the end. Most cases hold noise. Some
// hold three to six indicators of a campaign of testdata/planted.json, some hold
// one, some hold a near miss. Among them is the sample case of the vendor's page
// "Using the API to Retrieve Case Details", its dates moved into the window. Further
// campaigns are generated, each with a page and the cases that belong to it; see
// [CampaignTruth].
//
// What the vendor publishes is followed to the letter; what no source says is
// marked GUESS where it is decided. The sandbox errs on the strict side, so that a
// client's mistake shows here first.
//
// # From outside the API
//
// Calls under /sandbox/ need the header [AdminHeader] and come from this machine
// alone. Each is a method of [Sandbox] too.
//
//	GET    /sandbox/faults            the faults in force; POST adds a Fault, DELETE takes all back
//	POST   /sandbox/expire-tokens     makes all tokens worthless
//	POST   /sandbox/clock             {"skewSeconds":90}: Stellar Cyber's clock is that much ahead
//	GET    /sandbox/calls             how many requests came in, by operation
//	POST   /sandbox/truth             {"values":[…],"createdFrom":ms,"top":n}: the cases that hold any of them
//	POST   /sandbox/cases/modify      a Modification, e.g. {"percent":1,"newObservableEvery":3}: answers a Modified
//	POST   /sandbox/cases/close       a Pick, e.g. {"count":20,"offset":7}: their status is Resolved
//	POST   /sandbox/cases/delete      a Pick, e.g. {"ids":["…"]}: they are gone
//	GET    /sandbox/campaigns         {"campaigns":100}
//	GET    /sandbox/campaigns/{page}  a CampaignTruth: text, and case ids in the order of truth
//
// Times on the wire are milliseconds since 1970, but a token's exp and a tenant's
// created_at are seconds.
package sandbox
