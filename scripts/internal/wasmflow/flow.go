// Package wasmflow gives functions that Go compiled to WebAssembly the control flow that
// WebAssembly is made for.
//
// WebAssembly has blocks, loops and branches that leave them, and engines compile those
// well. Go's compiler writes none. Each of its functions is one loop around a table of
// segments: to jump, it sets a variable to the number of a segment, goes to the head of
// the loop, and the table leads on from there. An engine sees a loop through which all
// passes, with every variable alive in it, and an indirect jump for each branch of the
// source. [Straighten] reads the graph of the segments back and writes it as blocks and
// loops: the code is smaller, and a third faster.
//
// # What stays
//
// A goroutine that waits leaves the stack of WebAssembly: every function returns 1 at
// once, and is later called again with the program counter behind the call that it was
// in. So a function has as many entries as it has calls. Those entries stay, under their
// numbers, and so do the instructions between two jumps. What tables of the runtime say
// of a program counter remains true.
//
// A loop in which something is called can be entered in its middle. WebAssembly has no
// such loops: one gets a head that tells the entries apart by a label, which is 0 but for
// the moment of resuming.
//
// # What is refused
//
// A function that is not of the compiler's form stays as it is, and so do those that the
// runtime has written by hand: they switch stacks, and are entered where nothing in them
// says so. Code that cannot be decoded is an error.
//
// # What is dropped
//
// Before a function that has no stack left asks for more, before a nil pointer panics, the
// compiler writes a call behind which it goes on, as behind every other. But those calls
// always unwind the stack. Where an engine is told so, nothing need be kept in memory
// for the time after them. And what a function adds to the stack pointer before it returns
// is added at once.
package wasmflow

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

// Functions are what a module says of its functions.
type Functions struct {
	Imported int      // how many come before those that it defines
	Counter  int      // the upper part of the first one's program counters; each next one's is 1 more
	Names    []string // what Go calls them, in their order in the code section
}

// Report says how many functions there were, and how many are straight now.
type Report struct{ Functions, Straight int }

// Straighten returns the body of a code section with its functions rewritten.
func Straighten(section []byte, functions Functions) ([]byte, Report, error) {
	n, size := binary.Uvarint(section)
	if size <= 0 || n != uint64(len(functions.Names)) {
		return nil, Report{}, fmt.Errorf("a code section of %d functions, %d have names", n, len(functions.Names))
	}
	section = section[size:]
	report := Report{Functions: int(n)}
	noted := functions.noted()
	out := binary.AppendUvarint(nil, n)
	for i, name := range functions.Names {
		length, size := binary.Uvarint(section)
		if size <= 0 || length > uint64(len(section)-size) {
			return nil, Report{}, errShort
		}
		body := section[size : size+int(length)]
		section = section[size+int(length):]
		if !byHand(name) {
			switch straight, err := straighten(body, int64(functions.Counter+i), noted); {
			case err == nil:
				body = straight
				report.Straight++
			case !errors.Is(err, errShape):
				return nil, Report{}, fmt.Errorf("function %s: %w", name, err)
			}
		}
		out = binary.AppendUvarint(out, uint64(len(body)))
		out = append(out, body...)
	}
	return out, report, nil
}

// calls are the functions whose calls mean something of their own.
type calls struct {
	deferreturn int64          // is called again after a recovered panic; -1 if it is not there
	unwinding   map[int64]bool // whatever these are called for, they leave by unwinding the stack
}

func (f Functions) noted() calls {
	noted := calls{-1, map[int64]bool{}}
	for i, name := range f.Names {
		switch name {
		case "runtime.sigpanic", "runtime.morestack", "runtime.morestack_noctxt":
			noted.unwinding[int64(f.Imported+i)] = true
		case "runtime.deferreturn":
			noted.deferreturn = int64(f.Imported + i)
		}
	}
	return noted
}

// byHand reports whether a function is one of runtime/asm_wasm.s that switch stacks.
func byHand(name string) bool {
	switch name {
	case "runtime.rt0_go", "runtime.mstart", "runtime.gogo", "runtime.mcall", "runtime.systemstack", "runtime.systemstack_switch",
		"runtime.switchToCrashStack0", "runtime.morestack", "runtime.morestack_noctxt", "runtime.asmcgocall", "runtime.reflectcall",
		"runtime.goexit", "callRet":
		return true
	}
	size, ok := strings.CutPrefix(name, "runtime.call") // call16 to call1073741824
	return ok && strings.Trim(size, "0123456789") == ""
}

// straighten rewrites one function. counter is the upper part of its program counters.
func straighten(body []byte, counter int64, noted calls) ([]byte, error) {
	r, err := read(body, counter, noted)
	if err != nil {
		return nil, err
	}
	r.loops = r.resolve(r.reach())
	r.label()
	t, err := r.order()
	if err != nil {
		return nil, err
	}
	return r.write(t), nil
}
