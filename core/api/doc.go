// Package api is what the platform clients share.
//
// A request's life: a platform client builds a [Request]; [Client] authorizes it,
// sends it through a [Transport], repeats it where that is safe, and turns every
// failure into one of the error types in errors.go; the client decodes the body. What
// a model cannot name it keeps as [Raw] and in [Extras].
//
// The package has its own Request and Response because those of net/http cost two
// megabytes of wasm and double the start time of a service worker. Natively,
// httptransport adapts net/http; in a browser and on Workers, wasm/internal/fetch
// adapts the global fetch. Both pass the conformance table in apitest.
//
// Sizes are bytes. Secrets are of type [Secret], which prints as "[hidden]". URLs
// in errors carry no query values and no userinfo. All types but Client's
// configuration are safe for concurrent use.
package api
