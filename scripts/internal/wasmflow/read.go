package wasmflow

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
)

// errShape says that a function is not of the form that the compiler writes. Those of
// the runtime that are written by hand are not, and stay as they are.
var errShape = errors.New("not of the compiler's form")

// localSP is how every function of the compiler begins: the local variable 1 becomes
// the stack pointer, the global variable 0.
var localSP = []byte{opGlobalGet, 0, opLocalSet, 1}

// read reads the body of a function. counter is the upper part of its program counters.
func read(body []byte, counter int64, noted calls) (*routine, error) {
	r := &routine{entries: map[int]int{}}
	at, err := r.readLocals(body)
	if err != nil {
		return nil, err
	}
	if !bytes.HasPrefix(body[at:], localSP) {
		return nil, errShape
	}
	at += len(localSP)
	var code []instruction
	for at < len(body) {
		in, err := decode(body, at)
		if err != nil {
			return nil, err
		}
		code = append(code, in)
		at = in.end
	}
	p := reader{routine: r, body: body, self: counter, noted: noted}
	return r, p.read(code)
}

func (r *routine) readLocals(body []byte) (at int, err error) {
	b := body
	next := func() uint64 {
		n, size := binary.Uvarint(b)
		if size <= 0 {
			err = errShort
			return 0
		}
		b = b[size:]
		return n
	}
	r.groups = next()
	start := len(body) - len(b)
	r.locals = 1
	for range r.groups {
		r.locals += next()
		next() // the type
		if err != nil {
			return 0, err
		}
	}
	at = len(body) - len(b)
	r.declarations = body[start:at]
	return at, err
}

// reader is where reading a routine has come to.
type reader struct {
	*routine
	body  []byte
	self  int64
	noted calls

	table    []int // of the entry: from a program counter to a segment
	segments int   // the number of the last
	loops    bool  // the segments stand in the loop by which they reach one another
	first    []int // each segment's first node
	jumps    []jump
}

// jump is an edge whose end is known as a program counter or as a segment.
type jump struct {
	from, exit int
	segment    int
}

func (p *reader) read(code []instruction) error {
	code, err := p.readHead(code)
	if err != nil {
		return err
	}
	p.entries[0] = p.table[0]
	for segment := 0; segment <= p.segments; segment++ {
		p.first = append(p.first, len(p.nodes))
		if code, err = p.readSegment(code, segment); err != nil {
			return err
		}
	}
	if err := p.readTail(code); err != nil {
		return err
	}
	for _, j := range p.jumps {
		if j.segment > p.segments {
			p.nodes[j.from].exits[j.exit].to = len(p.nodes)
			continue
		}
		p.nodes[j.from].exits[j.exit].to = p.first[j.segment]
	}
	for _, n := range p.nodes {
		n.positive()
	}
	p.trap = len(p.nodes)
	trap := p.add()
	trap.add([]byte{opUnreachable})
	p.shorten()
	p.addEntry()
	return nil
}

// readHead reads what stands before the first segment: the block that is left to
// unwind, the loop, and the table by which the function is entered.
func (p *reader) readHead(code []instruction) ([]instruction, error) {
	blocks, looped := 0, false
	for i, in := range code {
		switch {
		case in.op == opBlock && in.immediate == typeVoid:
			blocks++
		case in.op == opLoop && in.immediate == typeVoid && !looped && blocks <= 1:
			looped, p.loops = true, true
			p.unwinds = blocks == 1
			blocks = 0
		case in.op == opLocalGet && in.immediate == 0 && i+2 < len(code) && code[i+1].op == opBrTable && code[i+2].op == opEnd:
			p.table = code[i+1].table
			p.segments = p.table[len(p.table)-1]
			if slices.Max(p.table) > p.segments || p.table[0] != 0 {
				return nil, errShape
			}
			if !looped {
				p.unwinds = blocks == p.segments+2
			}
			if blocks != p.segments+1 && (looped || blocks != p.segments+2) {
				return nil, errShape
			}
			return code[i+3:], nil
		default:
			return nil, errShape
		}
	}
	return nil, errShape
}

// readTail checks what stands behind the last segment.
func (p *reader) readTail(code []instruction) error {
	var want []byte
	if p.loops {
		want = append(want, opEnd, opUnreachable)
	}
	if p.unwinds {
		want = append(want, opEnd, opI32Const)
	}
	want = append(want, opEnd)
	if len(code) != len(want) {
		return errShape
	}
	for i, in := range code {
		if in.op != want[i] {
			return errShape
		}
	}
	return nil
}

// addEntry adds the node before all: it leads to where the parameter says.
func (p *reader) addEntry() {
	p.entry = len(p.nodes)
	n := &node{kind: enters}
	places := map[int]int{}
	for counter := range p.table {
		segment, ok := p.entries[counter]
		if !ok {
			continue
		}
		to := p.past(p.first[segment])
		if to == p.trap && counter > 0 {
			delete(p.entries, counter)
			continue
		}
		if _, ok := places[to]; !ok {
			places[to] = len(n.exits)
			n.exits = append(n.exits, exit{to: to})
		}
		p.entries[counter] = places[to]
	}
	if len(n.exits) == 1 {
		n.kind = goes
	} else {
		n.exits = append(n.exits, exit{to: p.trap})
	}
	p.nodes = append(p.nodes, n)
}
