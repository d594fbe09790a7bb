package main

import "github.com/sightline-sec/sightline/core/indicator"

// entry is an indicator of a document, however often it stands there.
type entry struct {
	// Indicator is its first appearance.
	indicator.Indicator
	// Times it stands in the document.
	Times int
}

// ledger keeps each indicator of a document once, in the order of first appearance.
// One that is held back in one place and not in another is not held back. Its size
// goes with the number of different indicators, not with the document.
type ledger struct {
	entries []entry
	index   map[identity]int
}

type identity struct {
	kind  indicator.Type
	value string
}

func (l *ledger) add(found indicator.Indicator) {
	id := identity{found.Type, found.Value}
	i, again := l.index[id]
	if !again {
		if l.index == nil {
			l.index = make(map[identity]int)
		}
		l.index[id] = len(l.entries)
		l.entries = append(l.entries, entry{found, 1})
		return
	}
	e := &l.entries[i]
	e.Times++
	e.Steps |= found.Steps
	e.Flags |= found.Flags
	if found.Held == indicator.NotHeld {
		e.Held = indicator.NotHeld
	}
}

// scan returns the entries of a text.
func scan(text string, options indicator.Options) []entry {
	var l ledger
	for _, found := range indicator.Scan(text, options) {
		l.add(found)
	}
	return l.entries
}
