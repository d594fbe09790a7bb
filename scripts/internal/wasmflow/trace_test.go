package wasmflow

import (
	"fmt"

	"github.com/sightline-sec/sightline/scripts/internal/leb128"
)

// tracer walks through a body as an engine would, but computes nothing: what a condition
// is, a hash of all that was executed before says. So two bodies that execute the same
// instructions in the same order, whatever the values, leave the same trace.
type tracer struct {
	noted calls
	body  []byte
	code  []instruction
	close []int // of a block: the index of its end
	known map[int64]int64
	trace []string
	past  uint64 // the hash of the trace
}

const traceMax = 300

// trace enters a body at a program counter. label is the variable that may hold a label.
func trace(body []byte, counter, label int64, noted calls, seed byte) ([]string, error) {
	r := &routine{}
	at, err := r.readLocals(body)
	if err != nil {
		return nil, err
	}
	t := &tracer{past: uint64(seed), noted: noted, body: body, known: map[int64]int64{0: counter, label: 0}}
	for at < len(body) {
		in, err := decode(body, at)
		if err != nil {
			return nil, err
		}
		t.code = append(t.code, in)
		at = in.end
	}
	t.close = make([]int, len(t.code))
	var open []int
	for i, in := range t.code {
		switch in.op {
		case opBlock, opLoop, opIf:
			open = append(open, i)
		case opEnd:
			if len(open) > 0 {
				t.close[open[len(open)-1]] = i
				open = open[:len(open)-1]
			}
		}
	}
	return t.run()
}

// run follows the code. The variables that are known hold constants.
func (t *tracer) run() ([]string, error) {
	var open []int
	jump := func(i, depth int) (int, bool) {
		at := len(open) - 1 - depth
		if at < 0 {
			return 0, false
		}
		if t.code[open[at]].op == opLoop {
			open = open[:at+1]
			return open[at], true
		}
		to := t.close[open[at]]
		open = open[:at]
		return to, true
	}
	for i := 0; i < len(t.code) && len(t.trace) < traceMax; i++ {
		in := t.code[i]
		switch in.op {
		case opBlock:
			open = append(open, i)
		case opLoop:
			if len(open) == 0 || open[len(open)-1] != i {
				open = append(open, i)
			}
		case opEnd:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case opIf:
			open = append(open, i)
			if !t.condition(i) {
				open = open[:len(open)-1]
				i = t.close[i]
			}
		case opBr, opBrIf:
			if in.op == opBrIf && !t.condition(i) {
				continue
			}
			var ok bool
			if i, ok = jump(i, int(in.immediate)); !ok {
				return nil, fmt.Errorf("a jump out of the function at %d", in.start)
			}
			if t.code[i].op == opLoop {
				i-- // to enter it again
			}
		case opBrTable:
			value := t.known[t.variable(i)]
			if t.code[i-1].op == opI32Sub {
				value -= t.code[i-2].immediate
			}
			depth := in.table[len(in.table)-1]
			if value >= 0 && int(value) < len(in.table)-1 {
				depth = in.table[value]
			}
			i, _ = jump(i, depth)
			if t.code[i].op == opLoop {
				i--
			}
		case opReturn, opUnreachable:
			t.note(i)
			return t.folded(), nil
		case opI32Const:
			next := t.code[i+1]
			if _, ok := t.known[next.immediate]; ok && next.op == opLocalSet {
				t.known[next.immediate] = in.immediate
				i++
			} else if next.op != opI32Sub || t.code[i+2].op != opBrTable {
				t.note(i)
			}
		case opI32Eqz, opLocalGet, opI32Sub:
			if !t.leadsOn(i) {
				t.note(i)
			}
		case opCall:
			t.note(i)
			if t.noted.unwinding[in.immediate] {
				return t.folded(), nil
			}
		case opDrop:
		default:
			t.note(i)
		}
	}
	return t.folded(), nil
}

// leadsOn reports whether an instruction only prepares a jump.
func (t *tracer) leadsOn(i int) bool {
	in, next := t.code[i], t.code[i+1]
	control := func(op byte) bool { return op == opBrIf || op == opIf || op == opBrTable }
	switch in.op {
	case opI32Eqz:
		return control(next.op)
	case opI32Sub:
		return next.op == opBrTable
	}
	if _, ok := t.known[in.immediate]; !ok {
		return false
	}
	return control(next.op) || next.op == opI32Eqz && control(t.code[i+2].op) || next.op == opI32Const && t.code[i+2].op == opI32Sub && t.code[i+3].op == opBrTable
}

// variable is the one that a table's index comes from.
func (t *tracer) variable(i int) int64 {
	for ; t.code[i].op != opLocalGet; i-- {
	}
	return t.code[i].immediate
}

// condition is what a jump depends on.
func (t *tracer) condition(i int) bool {
	negated := t.code[i-1].op == opI32Eqz
	if negated {
		i--
	}
	if before := t.code[i-1]; before.op == opLocalGet {
		if value, ok := t.known[before.immediate]; ok && negated {
			return value == 0
		}
	}
	odds := uint64(2)
	if before := t.code[i-1]; before.op == opLocalSet && before.immediate == 1 {
		odds = 16 // what was called waits
	}
	return (t.past*0x9e3779b97f4a7c15>>33%odds == 0) != negated
}

func (t *tracer) note(i int) {
	in := t.code[i]
	event := t.body[in.start:in.end]
	for _, c := range event {
		t.past = (t.past ^ uint64(c)) * 0x100000001b3
	}
	t.trace = append(t.trace, string(event))
}

// folded is the trace with additions to the stack pointer that follow one another as one.
func (t *tracer) folded() []string {
	add := []string{"\x20\x01", "", "\x6a", "\x22\x01", "\x24\x00"}
	var out []string
	pending := int64(-1)
	for i := 0; i < len(t.trace); {
		k, j := int64(0), i
		for _, want := range add {
			if j < len(t.trace) && want == "\x22\x01" && t.trace[j] != want {
				continue // nothing reads the local one any more
			}
			if j >= len(t.trace) || want != "" && t.trace[j] != want || want == "" && t.trace[j][0] != opI32Const {
				j = -1
				break
			}
			if want == "" {
				k, _ = leb128.Int([]byte(t.trace[j][1:]))
			}
			j++
		}
		if j < 0 {
			if pending >= 0 {
				out = append(out, fmt.Sprint("SP += ", pending))
				pending = -1
			}
			out = append(out, t.trace[i])
			i++
			continue
		}
		pending = max(pending, 0) + k
		i = j
	}
	return out
}
