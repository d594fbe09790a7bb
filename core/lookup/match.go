package lookup

import (
	"strings"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/report"
)

// maxScan is how much of one observable is read, in bytes. The longest are command
// lines and scripts.
const maxScan = 64 << 10

// wanted are the asked indicators, ready to be met in what a platform says.
type wanted struct {
	asked []report.Reference
	// byValue has the positions in asked of each value in lower case. Two types may
	// share a value.
	byValue map[string][]int
}

func newWanted(asked []report.Reference) wanted {
	w := wanted{asked: asked, byValue: make(map[string][]int, len(asked))}
	for i, reference := range asked {
		key := strings.ToLower(reference.Value)
		w.byValue[key] = append(w.byValue[key], i)
	}
	return w
}

// hits is which of the asked indicators one object holds.
type hits struct {
	wanted wanted
	held   []bool
	count  int
}

func (w wanted) newHits() *hits { return &hits{wanted: w, held: make([]bool, len(w.asked))} }

// value notes an observable: as it stands, and as the engine reads it, for a
// platform may write an address in another form or a file's path before its name.
func (h *hits) value(value string) {
	value = strings.TrimSpace(value)
	if value == "" || h.exact(value) {
		return
	}
	h.text(value[:min(len(value), maxScan)])
}

// exact notes a value that is written as it was asked for.
func (h *hits) exact(value string) bool {
	found := h.wanted.byValue[strings.ToLower(value)]
	for _, i := range found {
		if !h.held[i] {
			h.held[i] = true
			h.count++
		}
	}
	return len(found) > 0
}

// text notes every indicator in a text, those held back too: what was asked for
// was chosen by a person.
func (h *hits) text(text string) {
	for _, find := range indicator.Scan(text, indicator.Options{}) {
		h.exact(find.Value)
	}
}

// matched are the asked indicators that were met, in the order of asking.
func (h *hits) matched() []report.Reference {
	references := make([]report.Reference, 0, h.count)
	for i, held := range h.held {
		if held {
			references = append(references, h.wanted.asked[i])
		}
	}
	return references
}
