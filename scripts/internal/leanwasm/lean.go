// Package leanwasm takes out of a WebAssembly program what Go's linker puts in and the
// program never reads.
//
// A program of Go carries tables for its stack traces. In wasm they are a third of the
// compressed download. [Lean] drops those from which the runtime would only read what to
// print, and leaves those by which it walks stacks and collects garbage:
//
//   - files and line numbers (pcfile, pcln, startLine, cuOffset, cutab, filetab): a trace
//     names functions with "?:0" beside each. An offset of 0 is the runtime's own way to
//     say that there is no table (runtime.pcvalue).
//   - the names of the runtime's own functions, of which traces show none: all are called
//     "runtime.", for the runtime tells its goroutines by that beginning. And the names of
//     functions that are inlined; what they are, recover needs to know, and it stays.
//   - where a goroutine may be stopped asynchronously (PCDATA_UnsafePoint) and which
//     arguments a trace may print (PCDATA_ArgLiveIndex): wasm has one thread and no
//     signals, so nothing is ever stopped so. Nor does a trace print arguments
//     (FUNCDATA_ArgInfo, FUNCDATA_ArgLiveInfo).
//   - the index of functions (ftab) and the table from a program counter to its function
//     (findfunctab): functions have consecutive numbers, their records lie one behind the
//     other, and a counter holds the number of its function in its upper bits. A start
//     function of two short loops writes what the linker would have written.
//
// The formats are those of package runtime in the Go that built the program, symtab.go
// and runtime2.go. Lean checks each against itself and answers an error rather than a
// program of which it is not sure: another Go with another layout fails the build.
//
// First of all, while the runtime's functions have their names, it has [wasmflow.Straighten]
// give the functions straight control flow.
package leanwasm

import (
	"fmt"
	"os"

	"github.com/sightline-sec/sightline/scripts/internal/wasmflow"
)

// Lean returns the program with straight functions and without those tables. The same
// input gives the same bytes.
func Lean(program []byte) ([]byte, error) {
	m, err := parse(program)
	if err != nil {
		return nil, err
	}
	mem, err := m.memory()
	if err != nil {
		return nil, fmt.Errorf("data section: %w", err)
	}
	table, err := findSymbols(mem)
	if err != nil {
		return nil, fmt.Errorf("symbol table: %w", err)
	}
	if err := m.straighten(table); err != nil {
		return nil, fmt.Errorf("code section: %w", err)
	}
	if err := table.dropTraces(); err != nil {
		return nil, fmt.Errorf("symbol table: %w", err)
	}
	buckets, err := table.dropFinder()
	if err != nil {
		return nil, fmt.Errorf("findfunctab: %w", err)
	}
	index, err := table.dropIndex()
	if err != nil {
		return nil, fmt.Errorf("ftab: %w", err)
	}
	if err := m.addStart(start(index, buckets)); err != nil {
		return nil, err
	}
	m.setMemory(mem)
	return m.bytes(), nil
}

// Rewrite puts the lean program in the place of the one in a file.
func Rewrite(name string) error {
	program, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	lean, err := Lean(program)
	if err != nil {
		return err
	}
	return os.WriteFile(name, lean, 0o644)
}

// straighten gives the program's functions the control flow of WebAssembly.
func (m *module) straighten(table *symbols) error {
	names, err := table.functionNames()
	if err != nil {
		return err
	}
	imported, err := m.count(sectionImport)
	if err != nil {
		return err
	}
	code, err := m.find(sectionCode)
	if err != nil {
		return err
	}
	first, _ := table.entry(0)
	body, report, err := wasmflow.Straighten(code.body, wasmflow.Functions{Imported: int(imported), Counter: first, Names: names})
	if err == nil && report.Straight < report.Functions*9/10 {
		err = fmt.Errorf("%d of %d functions have the form of Go's compiler", report.Straight, report.Functions)
	}
	if err != nil {
		return err
	}
	code.body = body
	return nil
}
