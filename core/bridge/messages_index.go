package bridge

import "github.com/sightline-sec/sightline/core/lookup"

// The index says which cases and alerts of a profile hold an indicator, so that
// "related" answers without asking the platform. The core holds it in memory; the host
// stores it and decides when it is filled.
//
// Start: after "configure" the host hands in every stored segment by "index.put", then
// the manifest and the states by "index.open". With nothing stored it need not.
//
// Fill: "index.fill" makes calls for at most forMs and answers with the changes. The
// host gets the bytes of each name in changes.written by "index.segment"; then, in one
// transaction, it writes those segments, the manifest and all states, deletes the
// states that are not among them, and deletes changes.deleted; then it calls
// "index.committed" with the stamp. A host that dies in between has lost nothing but
// the calls. "index.set" and "index.clear" have changes too. The next fill is due at
// status.wakeAt.
//
// Times are milliseconds since 1970.

// IndexOpenRequest puts the stored index in the place of the present one.
//
//easyjson:json
type IndexOpenRequest struct {
	// Manifest in base64, as it was given; "" when nothing is stored.
	Manifest string `json:"manifest"`
	// States as they were given.
	States []IndexState `json:"states"`
}

// IndexState is how far the filling for one profile has come, a few hundred bytes that
// say nothing to a host.
//
//easyjson:json
type IndexState struct {
	ProfileID string `json:"profileId"`
	State     string `json:"state"`
}

//easyjson:json
type IndexOpenResponse struct {
	Status IndexStatus `json:"status"`
	// Damage says in words that a part was damaged and is fetched again; "" when all is well.
	Damage string `json:"damage"`
}

// IndexStatus is the index in numbers.
//
//easyjson:json
type IndexStatus struct {
	// Profiles are those that can be indexed, those that are switched off included.
	Profiles []lookup.FillProgress `json:"profiles"`
	// Objects are cases and alerts, Postings pairs of one of them and an indicator.
	Objects  int `json:"objects"`
	Postings int `json:"postings"`
	// Bytes of all segments: what is held in memory, and what is stored.
	Bytes    int `json:"bytes"`
	Segments int `json:"segments"`
	// WakeAt is when "index.fill" has something to do next; 0 is never, a time that
	// has passed is now.
	WakeAt int64 `json:"wakeAt"`
}

// IndexChanges are what must be stored, all together or not at all.
//
//easyjson:json
type IndexChanges struct {
	// Stamp is for "index.committed".
	Stamp int `json:"stamp"`
	// States are all there are.
	States []IndexState `json:"states"`
	// Manifest in base64; "" when the index itself has not changed: the stored one stays.
	Manifest string `json:"manifest"`
	// Written are the segments to get by "index.segment" and to store.
	Written []IndexSegment `json:"written"`
	// Deleted are the names of segments that are no more.
	Deleted []string `json:"deleted"`
}

// IndexSegment names a segment.
//
//easyjson:json
type IndexSegment struct {
	// Name is 16 letters and digits of ASCII.
	Name  string `json:"name"`
	Bytes int    `json:"bytes"`
}

// IndexSetRequest says what the user wants of a profile. A profile that was never set
// is not indexed.
//
//easyjson:json
type IndexSetRequest struct {
	ProfileID string              `json:"profileId"`
	Settings  lookup.FillSettings `json:"settings"`
}

// IndexResponse answers what changes the index.
//
//easyjson:json
type IndexResponse struct {
	Status  IndexStatus  `json:"status"`
	Changes IndexChanges `json:"changes"`
}

//easyjson:json
type IndexFillRequest struct {
	// ProfileIDs to fill; empty means all that are switched on.
	ProfileIDs []string `json:"profileIds"`
	// ForMs is for how long calls are begun, in milliseconds; 0 is until nothing is to
	// be done. The answer comes soon after: when the last call has ended.
	ForMs int64 `json:"forMs"`
	// Calls is how many are made at most for each profile; 0 is no bound.
	Calls int `json:"calls"`
}

//easyjson:json
type IndexSegmentRequest struct {
	// Name is one of the last changes' written.
	Name string `json:"name"`
}

//easyjson:json
type IndexCommittedRequest struct {
	Stamp int `json:"stamp"`
}

// IndexClearRequest forgets what the index has of a profile and switches it off. The
// host asks for it too when it deletes a profile.
//
//easyjson:json
type IndexClearRequest struct {
	// ProfileID to forget; "" is all.
	ProfileID string `json:"profileId"`
}

//easyjson:json
type IndexVerifyResponse struct {
	// Problem says what is wrong with the index, "" when nothing is.
	Problem string `json:"problem"`
}
