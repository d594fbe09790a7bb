package wasmflow

import (
	"fmt"

	"github.com/sightline-sec/sightline/scripts/internal/leb128"
)

// readSegment reads one segment, and what ends it unless it is the last.
func (p *reader) readSegment(code []instruction, segment int) ([]instruction, error) {
	last := segment == p.segments
	n := p.add()
	depth, open := 0, true // blocks within the segment; whether what comes is reached
	counter := int64(-1)   // where the next call returns to, once that is on Go's stack
	for i := 0; i < len(code); i++ {
		in := code[i]
		switch in.op {
		case opEnd:
			if depth > 0 {
				depth--
				break
			}
			if open {
				p.lead(n, segment+1)
			}
			if last {
				return code[i:], nil
			}
			return code[i+1:], nil
		case opIf:
			if depth == 0 && open && i+4 < len(code) && p.isJump(code[i+1:i+4], segment, 1) && code[i+4].op == opEnd {
				p.lead(n, p.table[code[i+1].immediate])
				next := p.add()
				n.kind = branches
				n.exits = append(n.exits, exit{to: len(p.nodes) - 1})
				n = next
				i += 4
				continue
			}
			depth++
		case opBlock, opLoop:
			depth++
		case opI32Const:
			if depth == 0 && open && i+2 < len(code) && p.isJump(code[i:i+3], segment, 0) {
				p.lead(n, p.table[in.immediate])
				open = false
				i += 2
				continue
			}
		case opBr, opBrIf:
			if int(in.immediate) < depth {
				break // within the segment
			}
			unwind := p.segments - segment + depth // the segments behind this one are blocks around it
			if p.loops {
				unwind++
			}
			if !p.unwinds || int(in.immediate) != unwind || in.op != opBrIf {
				return nil, fmt.Errorf("%w: a jump to a depth of %d at %d", errShape, in.immediate, in.start)
			}
			if open {
				n.unwind(depth)
			}
			continue
		case opBrTable:
			return nil, errShape
		case opI64Const:
			if in.immediate>>16 == p.self {
				counter = in.immediate & 0xffff
			}
		case opCall, opCallIndirect:
			if open && in.op == opCall && p.noted.unwinding[in.immediate] && p.isUnwinding(code[i+1:]) {
				n.add(p.body[in.start:in.end])
				n.add([]byte{opReturn})
				open = depth > 0
				i += 3
				continue
			}
			if open && counter >= 0 {
				p.enter(int(counter), in)
			}
			counter = -1
		}
		if !open {
			continue
		}
		if in.op == opReturn && depth == 0 {
			p.foldReturn(n, code[:i])
		}
		n.add(p.body[in.start:in.end])
		if depth == 0 && (in.op == opReturn || in.op == opUnreachable) {
			open = false
		}
	}
	return nil, errShort
}

// isJump reports whether three instructions lead to another segment: they set the
// parameter to a program counter and go to the beginning of the loop.
func (p *reader) isJump(code []instruction, segment, depth int) bool {
	return p.loops && code[0].op == opI32Const && code[1].op == opLocalSet && code[1].immediate == 0 &&
		code[2].op == opBr && int(code[2].immediate) == p.segments-segment+depth &&
		0 <= code[0].immediate && int(code[0].immediate) < len(p.table)
}

// isUnwinding reports whether code is what follows a call: the stack pointer is read again,
// and the function left if the stack is to be unwound.
func (p *reader) isUnwinding(code []instruction) bool {
	return len(code) >= 3 && code[0].op == opGlobalGet && code[1].op == opLocalSet && code[2].op == opBrIf
}

// enter notes where the function goes on after a call.
func (p *reader) enter(counter int, call instruction) {
	if counter >= len(p.table) {
		return
	}
	p.entries[counter] = p.table[counter]
	if call.op == opCall && call.immediate == p.noted.deferreturn && counter > 0 {
		// Whoever recovers goes on at the call itself.
		p.entries[counter-1] = p.table[counter-1]
	}
}

func (p *reader) add() *node {
	n := &node{}
	p.nodes = append(p.nodes, n)
	return n
}

// lead adds an exit of the node to a segment.
func (p *reader) lead(n *node, segment int) {
	from := len(p.nodes) - 1
	p.jumps = append(p.jumps, jump{from, len(n.exits), segment})
	n.exits = append(n.exits, exit{})
}

// popSP is how the compiler adds to the stack pointer: to the local variable, and to the
// global one.
var popSP = []byte{opLocalGet, opI32Const, opI32Add, opLocalTee, opGlobalSet}

// foldReturn makes one addition of the two before a return: that of the frame, and that
// of the return address.
func (p *reader) foldReturn(n *node, code []instruction) {
	at := len(code) - 2*len(popSP) - 1
	if at < 0 || code[len(code)-1].op != opI32Const {
		return
	}
	for i, in := range code[at : len(code)-1] {
		if in.op != popSP[i%len(popSP)] {
			return
		}
	}
	tail := &n.parts[len(n.parts)-1].code
	size := code[len(code)-1].end - code[at].start
	if size > len(*tail) {
		return
	}
	folded := leb128.Append([]byte{opLocalGet, 1, opI32Const}, code[at+1].immediate+code[at+6].immediate)
	folded = append(folded, opI32Add, opGlobalSet, 0)
	folded = append(folded, p.body[code[len(code)-1].start:code[len(code)-1].end]...)
	*tail = append((*tail)[:len(*tail)-size], folded...)
}
