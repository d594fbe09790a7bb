// wasm_exec.js comes from the Go toolchain when the core is built; this is all that
// instance.js uses of it.

declare global {
  class Go {
    importObject: WebAssembly.Imports;
    /** Resolves when the program ends, which ours is not meant to do. */
    run(instance: WebAssembly.Instance): Promise<void>;
  }
}

export {};
