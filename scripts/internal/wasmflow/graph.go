package wasmflow

// routine is a function as the compiler means it: nodes of straight code that lead to one
// another.
type routine struct {
	declarations []byte // of the local variables, as they stand in the body
	groups       uint64 // of variables in the declarations
	locals       uint64 // variables, with the parameter
	unwinds      bool   // it calls what may wait: all of it stands in a block to leave then

	nodes   []*node
	entry   int         // the node before all others
	trap    int         // the node that does nothing but trap
	entries map[int]int // which exit of the entry a program counter means
	reached []bool      // whether there is a way to a node from the entry

	loops  []*loop     // those that the label is for
	labels map[int]int // what the label is to tell that a node is meant
}

// node is a piece of straight code and where it leads.
type node struct {
	parts []part
	last  byte // the last instruction in parts
	kind  kind
	exits []exit
	head  *loop // whose entries this node tells apart
}

// kind is how a node is left.
type kind int

const (
	// goes: to the one exit; or, where there is none, its code returns or traps.
	goes kind = iota
	// branches: to the first exit if the value on the stack is not zero, else to the second.
	branches
	// enters: to the exit that the function's parameter tells.
	enters
	// dispatches: to the exit that the label tells.
	dispatches
)

// part is code, or the jump out of the function if what was called waits.
type part struct {
	code   []byte
	unwind bool
	depth  int // of the jump, in blocks of the node's own
}

// exit is an edge. One that sets gives the label the value for a node; noLabel is 0.
type exit struct {
	to   int
	sets bool
	node int
}

const noLabel = -1

func (n *node) add(code []byte) {
	n.last = code[0]
	if k := len(n.parts) - 1; k >= 0 && !n.parts[k].unwind {
		n.parts[k].code = append(n.parts[k].code, code...)
		return
	}
	n.parts = append(n.parts, part{code: append([]byte(nil), code...)})
}

func (n *node) unwind(depth int) {
	n.last = opBrIf
	n.parts = append(n.parts, part{unwind: true, depth: depth})
}

// positive makes the condition of a branch that is its contrary the condition itself.
func (n *node) positive() {
	if n.kind != branches || n.last != opI32Eqz {
		return
	}
	code := &n.parts[len(n.parts)-1].code
	*code = (*code)[:len(*code)-1]
	n.exits[0], n.exits[1] = n.exits[1], n.exits[0]
}

// isTrap reports whether the node does nothing but trap.
func (n *node) isTrap() bool {
	return len(n.exits) == 0 && len(n.parts) == 1 && len(n.parts[0].code) == 1 && n.last == opUnreachable
}

// isEmpty reports whether the node does nothing but lead on.
func (n *node) isEmpty() bool { return n.kind == goes && len(n.exits) == 1 && len(n.parts) == 0 }

// add adds a node that is reached, and returns its index.
func (r *routine) add(n *node) int {
	r.nodes = append(r.nodes, n)
	r.reached = append(r.reached, true)
	return len(r.nodes) - 1
}

// past returns where a node leads that only leads on; all nodes that trap are one.
func (r *routine) past(to int) int {
	for range r.nodes {
		n := r.nodes[to]
		if n.isTrap() {
			return r.trap
		}
		if !n.isEmpty() {
			return to
		}
		to = n.exits[0].to
	}
	return to // round and round: "for {}"
}

// shorten leads every exit past the nodes that only lead on.
func (r *routine) shorten() {
	for _, n := range r.nodes {
		for i := range n.exits {
			n.exits[i].to = r.past(n.exits[i].to)
		}
		if n.kind == branches && n.exits[0].to == n.exits[1].to {
			n.kind, n.exits = goes, n.exits[:1]
			n.add([]byte{opDrop})
		}
	}
}

// reach finds what is reached from the entry.
func (r *routine) reach() []int {
	r.reached = make([]bool, len(r.nodes))
	r.reached[r.entry] = true
	found := []int{r.entry}
	for i := 0; i < len(found); i++ {
		for _, e := range r.nodes[found[i]].exits {
			if !r.reached[e.to] {
				r.reached[e.to] = true
				found = append(found, e.to)
			}
		}
	}
	return found
}
