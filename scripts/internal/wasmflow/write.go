package wasmflow

import (
	"bytes"
	"encoding/binary"

	"github.com/sightline-sec/sightline/scripts/internal/leb128"
)

// writer writes a routine: each node in the place to which most of its edges fall, the
// others jump (Ramsey, Beyond Relooper, 2022).
type writer struct {
	*routine
	*tree
	out      []byte
	variable uint64 // the local one that holds the label
	open     []int  // for each block that is open, the node to which a jump out of it leads
}

const nowhere = -1

func (r *routine) write(t *tree) []byte {
	w := &writer{routine: r, tree: t, variable: r.locals}
	groups, declarations := r.groups, r.declarations
	if len(r.loops) > 0 {
		groups++
		declarations = append(bytes.Clone(declarations), 1, typeI32)
	}
	w.unsigned(groups)
	w.emit(declarations...)
	w.emit(localSP...)
	if r.unwinds {
		w.emit(opBlock, typeVoid)
	}
	w.node(r.entry, nowhere)
	if r.unwinds {
		w.emit(opEnd, opI32Const, 1, opEnd)
		return w.out
	}
	w.emit(opUnreachable, opEnd)
	return w.out
}

func (w *writer) emit(b ...byte) { w.out = append(w.out, b...) }

func (w *writer) unsigned(n uint64) { w.out = binary.AppendUvarint(w.out, n) }

// node writes a node and all that it dominates. Code that runs past the end arrives at
// next.
func (w *writer) node(n, next int) {
	if !w.headed[n] {
		w.within(n, w.children[n], next)
		return
	}
	w.emit(opLoop, typeVoid)
	w.open = append(w.open, n)
	w.within(n, w.children[n], next)
	w.open = w.open[:len(w.open)-1]
	w.emit(opEnd)
}

func (w *writer) within(n int, joined []int, next int) {
	if k := len(joined) - 1; k >= 0 {
		last := joined[k]
		w.emit(opBlock, typeVoid)
		w.open = append(w.open, last)
		w.within(n, joined[:k], last)
		w.open = w.open[:len(w.open)-1]
		w.emit(opEnd)
		w.node(last, next)
		return
	}
	for _, p := range w.nodes[n].parts {
		w.emit(p.code...)
		if p.unwind {
			w.emit(opBrIf)
			w.unsigned(uint64(len(w.open) + p.depth))
		}
	}
	w.leave(n, next)
}

func (w *writer) leave(n, next int) {
	exits := w.nodes[n].exits
	switch w.nodes[n].kind {
	case goes:
		if len(exits) > 0 {
			w.follow(n, exits[0], next)
		}
	case branches:
		w.choose(n, exits[0], exits[1], next)
	case enters:
		w.enter(n)
	case dispatches:
		w.dispatch(n)
	}
}

// jumps reports whether an exit is a jump: what it leads to stands elsewhere.
func (w *writer) jumps(n int, e exit) bool { return w.joined[e.to] || w.place[e.to] <= w.place[n] }

// follow writes the way to where an exit leads.
func (w *writer) follow(n int, e exit, next int) {
	w.set(e)
	switch {
	case !w.jumps(n, e):
		w.node(e.to, next)
	case e.to != next:
		w.jump(opBr, e.to)
	}
}

func (w *writer) set(e exit) {
	if !e.sets {
		return
	}
	w.emit(opI32Const)
	if e.node == noLabel {
		w.emit(0)
	} else {
		w.out = leb128.Append(w.out, int64(w.labels[e.node]))
	}
	w.emit(opLocalSet)
	w.unsigned(w.variable)
}

func (w *writer) jump(op byte, to int) {
	w.emit(op)
	w.unsigned(w.far(to))
}

// far is how many blocks out the one that leads to a node is.
func (w *writer) far(to int) uint64 {
	for i := len(w.open) - 1; i >= 0; i-- {
		if w.open[i] == to {
			return uint64(len(w.open) - 1 - i)
		}
	}
	panic("wasmflow: a jump to a block that is not open")
}

// choose writes the way to the one exit if the value on the stack is not zero, else to
// the other.
func (w *writer) choose(n int, yes, no exit, next int) {
	// A branch is one instruction where it jumps and sets no label but none.
	branches := func(e exit) bool { return w.jumps(n, e) && (!e.sets || e.node == noLabel) }
	falls := w.jumps(n, yes) && yes.to == next && !yes.sets // yes needs no instruction at all
	switch {
	case branches(yes) && !(falls && branches(no)):
		w.set(yes) // to no label: it is none after every dispatch
		w.jump(opBrIf, yes.to)
		w.follow(n, no, next)
	case branches(no):
		w.set(no)
		w.emit(opI32Eqz)
		w.jump(opBrIf, no.to)
		w.follow(n, yes, next)
	default:
		inner, outer := yes, no
		if w.size[no.to] < w.size[yes.to] {
			w.emit(opI32Eqz)
			inner, outer = no, yes
		}
		w.emit(opIf, typeVoid)
		w.open = append(w.open, nowhere)
		w.follow(n, inner, nowhere)
		w.open = w.open[:len(w.open)-1]
		w.emit(opEnd)
		w.follow(n, outer, next)
	}
}

func (w *writer) enter(n int) {
	e := w.nodes[n]
	w.emit(opLocalGet, 0, opI32Eqz, opBrIf)
	w.unsigned(w.far(e.exits[0].to))
	w.emit(opLocalGet, 0, opBrTable)
	last := 0
	for counter := range w.entries {
		last = max(last, counter)
	}
	w.unsigned(uint64(last) + 1)
	for counter := 0; counter <= last; counter++ {
		to := w.trap
		if at, ok := w.entries[counter]; ok {
			to = e.exits[at].to
		}
		w.unsigned(w.far(to))
	}
	w.unsigned(w.far(w.trap))
}

func (w *writer) dispatch(n int) {
	d := w.nodes[n]
	table := make([]int, d.head.high-d.head.low)
	for i := range table {
		table[i] = d.exits[0].to
	}
	for i, e := range d.head.entries {
		if label := w.labels[e]; label > 0 {
			table[label-d.head.low] = d.exits[i].to
		}
	}
	w.emit(opLocalGet)
	w.unsigned(w.variable)
	w.emit(opI32Eqz, opBrIf)
	w.unsigned(w.far(d.exits[0].to))
	w.emit(opLocalGet)
	w.unsigned(w.variable)
	if d.head.low > 0 {
		w.emit(opI32Const)
		w.out = leb128.Append(w.out, int64(d.head.low))
		w.emit(opI32Sub)
	}
	w.emit(opBrTable)
	w.unsigned(uint64(len(table)))
	for _, to := range table {
		w.unsigned(w.far(to))
	}
	w.unsigned(w.far(d.exits[0].to))
}
