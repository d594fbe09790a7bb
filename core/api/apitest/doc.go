// Package apitest is the conformance table of [api.Transport]: what net/http and the
// browsers' fetch must do alike, as tests against a real server on loopback.
//
// The server is in apitest/server and always runs natively. A native test starts it
// itself; a test in wasm gets its address in the environment variable of EnvServer
// from the runner scripts/gowasm.
package apitest

// EnvServer names the environment variable that holds the address of the server.
const EnvServer = "SIGHTLINE_APITEST_SERVER"
