package index

// Purge writes every segment anew of which something is dead, so that nothing of what
// was removed is left once the changes are stored. Merging does so by and by; a user
// who empties a source is told that it is done.
func (x *Index) Purge() {
	x.freeze()
	x.merging = nil // what it has merged so far may be of what was removed
	x.drop()
	for _, s := range x.bySize() {
		if s.deadCount == 0 {
			continue
		}
		x.merging = newMerging([]*segment{s})
		for !x.merging.step(1 << 20) {
		}
		x.endMerge()
	}
}
