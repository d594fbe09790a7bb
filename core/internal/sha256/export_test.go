package sha256

// Compute is the function of the wasm, on every machine.
var Compute = compute
