package wasmflow

import (
	"errors"
	"slices"
)

// tree is the order of a routine's nodes in which its code is written.
type tree struct {
	place    []int   // of each node in reverse postorder; -1 if it is not reached
	parent   []int   // the immediate dominator
	children [][]int // those that it dominates immediately and that are joined, by place
	joined   []bool  // more than one edge leads forward to it
	headed   []bool  // an edge leads back to it
	size     []int   // of what it dominates, in bytes of code
}

// order builds the tree. An edge into the middle of a loop, of which resolve left none, is
// an error.
func (r *routine) order() (*tree, error) {
	t := &tree{
		place: make([]int, len(r.nodes)), parent: make([]int, len(r.nodes)), children: make([][]int, len(r.nodes)),
		joined: make([]bool, len(r.nodes)), headed: make([]bool, len(r.nodes)), size: make([]int, len(r.nodes)),
	}
	var post []int
	for n := range t.place {
		t.place[n], t.parent[n] = -1, -1
	}
	var visit func(n int)
	visit = func(n int) {
		t.place[n] = 0
		exits := r.nodes[n].exits
		for i := len(exits) - 1; i >= 0; i-- {
			if t.place[exits[i].to] < 0 {
				visit(exits[i].to)
			}
		}
		post = append(post, n)
	}
	visit(r.entry)
	slices.Reverse(post)
	for i, n := range post {
		t.place[n] = i
	}
	t.dominate(r, post)
	forward := make([]int, len(r.nodes))
	for _, n := range post {
		for _, e := range r.nodes[n].exits {
			if t.place[e.to] > t.place[n] {
				forward[e.to]++
				if kind := r.nodes[n].kind; kind == enters || kind == dispatches {
					t.joined[e.to] = true
				}
				continue
			}
			t.headed[e.to] = true
			if !t.dominates(e.to, n) {
				return nil, errors.New("a loop has two entries")
			}
		}
	}
	for i := len(post) - 1; i >= 0; i-- {
		n := post[i]
		t.joined[n] = t.joined[n] || forward[n] > 1
		for _, p := range r.nodes[n].parts {
			t.size[n] += len(p.code) + 3
		}
		t.size[n] += 3
	}
	for i := len(post) - 1; i > 0; i-- {
		n := post[i]
		t.size[t.parent[n]] += t.size[n]
	}
	for _, n := range post {
		if t.joined[n] {
			t.children[t.parent[n]] = append(t.children[t.parent[n]], n)
		}
	}
	return t, nil
}

// dominate finds the immediate dominators: the algorithm of Cooper, Harvey and Kennedy.
func (t *tree) dominate(r *routine, order []int) {
	before := make([][]int, len(r.nodes))
	for _, n := range order {
		for _, e := range r.nodes[n].exits {
			before[e.to] = append(before[e.to], n)
		}
	}
	t.parent[r.entry] = r.entry
	for changed := true; changed; {
		changed = false
		for _, n := range order[1:] {
			parent := -1
			for _, p := range before[n] {
				if t.parent[p] < 0 {
					continue
				}
				if parent < 0 {
					parent = p
					continue
				}
				a, b := p, parent
				for a != b {
					for t.place[a] > t.place[b] {
						a = t.parent[a]
					}
					for t.place[b] > t.place[a] {
						b = t.parent[b]
					}
				}
				parent = a
			}
			if t.parent[n] != parent {
				t.parent[n] = parent
				changed = true
			}
		}
	}
}

func (t *tree) dominates(a, b int) bool {
	for t.place[b] > t.place[a] {
		b = t.parent[b]
	}
	return a == b
}
