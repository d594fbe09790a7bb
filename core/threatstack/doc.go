// Package threatstack speaks both versions of Threat Stack's REST API.
//
// [Client], made with [New], is version 1: agents, alerts, logs, organizations and
// policies, read by the page (List), to the end (All) or one by one (Get), with an
// API key. [ClientV2], made with [NewV2], is version 2: requests are signed with
// Hawk, lists go on by tokens, and there are writes. Their objects differ in more
// than spelling, so their types do too. Both are safe for concurrent use.
//
// What Get does not find is no error: it returns false. That counts only when the
// platform itself says so; a page of a proxy with status 404 is an error. Every
// status outside 200..299 is an [*Error] around the type of package api that says
// which reaction fits: *api.AuthError, *api.RateLimitError or *api.StatusError.
//
// Answers are decoded strictly: one that lacks what its contract promises is an
// *api.DecodeError, never an empty result. Fields that a type does not name are
// kept in its Extra.
//
// The vendor has retired version 1. What is known of it is its Python client with
// that client's page and tests, and other public clients of the time. What is not
// backed by any of them is marked GUESS.
package threatstack
