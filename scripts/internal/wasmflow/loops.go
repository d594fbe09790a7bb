package wasmflow

import "slices"

// loop is a set of nodes that reach one another and that code outside reaches at more
// than one of them: a loop in which something is called, for the function may be resumed
// there. WebAssembly has no such loops. So a new node becomes the one that is entered, and
// tells by a label where to go.
type loop struct {
	entries []int // the first is the one that the code itself enters, at the label 0
	inner   []*loop
	low     int // the labels of the entries, those of inner loops too, begin here
	high    int
}

// resolve gives every loop one entry. It returns the loops that got a node for it.
func (r *routine) resolve(nodes []int) []*loop {
	in := map[int]bool{}
	for _, n := range nodes {
		in[n] = true
	}
	var found []*loop
	for _, component := range r.components(nodes, in) {
		found = append(found, r.resolveLoop(component)...)
	}
	return found
}

func (r *routine) resolveLoop(component []int) []*loop {
	in := map[int]bool{}
	for _, n := range component {
		in[n] = true
	}
	// natural are entries from code, others those from which the function is resumed.
	entered := map[int]bool{}
	natural := -1
	for from, n := range r.nodes {
		if in[from] || !r.reached[from] {
			continue
		}
		for _, e := range n.exits {
			if !in[e.to] {
				continue
			}
			entered[e.to] = true
			if n.kind != enters && n.kind != dispatches && (natural < 0 || e.to < natural) {
				natural = e.to
			}
		}
	}
	entries := make([]int, 0, len(entered))
	for _, n := range component {
		if entered[n] {
			entries = append(entries, n)
		}
	}
	slices.Sort(entries)
	if natural < 0 {
		natural = entries[0]
	}
	if len(entries) == 1 {
		return r.resolve(without(component, natural))
	}
	l := &loop{entries: []int{natural}}
	h := &node{kind: dispatches, head: l}
	for _, e := range entries {
		if e != natural {
			l.entries = append(l.entries, e)
		}
	}
	for _, e := range l.entries {
		h.exits = append(h.exits, exit{to: e})
	}
	size := len(r.nodes)
	header := r.add(h)
	for from := range size {
		if !r.reached[from] {
			continue
		}
		n := r.nodes[from]
		for i := range n.exits {
			e := &n.exits[i]
			switch {
			case in[from] && e.to == natural:
				*e = exit{to: header, sets: true, node: noLabel}
			case in[from] || !entered[e.to]:
			case n.kind == dispatches || e.to == natural:
				e.to = header // the label is what it has to be
			case n.kind == enters:
				e.to = r.add(&node{exits: []exit{{to: header, sets: true, node: e.to}}})
			default:
				*e = exit{to: header, sets: true, node: e.to}
			}
		}
	}
	l.inner = r.resolve(component)
	return []*loop{l}
}

func without(nodes []int, one int) []int {
	return slices.DeleteFunc(slices.Clone(nodes), func(n int) bool { return n == one })
}

// components returns the sets of nodes, among those that are in, that reach one another:
// Tarjan's algorithm.
func (r *routine) components(nodes []int, in map[int]bool) [][]int {
	var found [][]int
	var stack []int
	index, low, on := map[int]int{}, map[int]int{}, map[int]bool{}
	var visit func(n int)
	visit = func(n int) {
		index[n] = len(index) + 1
		low[n] = index[n]
		stack = append(stack, n)
		on[n] = true
		itself := false
		for _, e := range r.nodes[n].exits {
			if !in[e.to] {
				continue
			}
			itself = itself || e.to == n
			if index[e.to] == 0 {
				visit(e.to)
				low[n] = min(low[n], low[e.to])
			} else if on[e.to] {
				low[n] = min(low[n], index[e.to])
			}
		}
		if low[n] != index[n] {
			return
		}
		at := slices.Index(stack, n)
		component := slices.Clone(stack[at:])
		stack = stack[:at]
		for _, m := range component {
			on[m] = false
		}
		if len(component) > 1 || itself {
			found = append(found, component)
		}
	}
	for _, n := range nodes {
		if index[n] == 0 {
			visit(n)
		}
	}
	return found
}

// label numbers the nodes that exits give the label for: those of one loop, and of the
// loops in it, follow one another.
func (r *routine) label() {
	named := map[int]bool{}
	for _, n := range r.nodes {
		for _, e := range n.exits {
			if e.sets && e.node != noLabel {
				named[e.node] = true
			}
		}
	}
	r.labels = map[int]int{}
	next := 1
	var walk func(loops []*loop)
	walk = func(loops []*loop) {
		for _, l := range loops {
			l.low = next
			walk(l.inner)
			for _, e := range l.entries {
				if named[e] && r.labels[e] == 0 {
					r.labels[e] = next
					next++
				}
			}
			l.high = next
		}
	}
	walk(r.loops)
}
