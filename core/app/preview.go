package app

import (
	"context"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/report"
)

// Find is one indicator of a page with every place where it stands.
type Find struct {
	// Indicator is its first appearance.
	Indicator indicator.Indicator
	// Passage is the index of the passage of the first appearance.
	Passage int
	// Places are all appearances, the first included, in the page's order.
	Places []Place
}

// Place is where an indicator stands, in bytes of a passage.
type Place struct {
	Passage int
	Span    indicator.Span
}

// Key names the find within one preview, as report.Reference.Key does.
func (f Find) Key() string {
	return report.Reference{Type: f.Indicator.Type.String(), Value: f.Indicator.Value}.Key()
}

// Preview finds the indicators of a page's text, each once, in the order of their
// first appearance. One that is held back in one place and not in another is not
// held back. It fails only when ctx ends.
func (a *App) Preview(ctx context.Context, passages []string) ([]Find, error) {
	type identity struct {
		kind  indicator.Type
		value string
	}
	var (
		finds []Find
		known = make(map[identity]int)
		buf   []indicator.Indicator
	)
	for p, passage := range passages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		buf = indicator.Append(buf[:0], passage, indicator.Options{})
		for _, found := range buf {
			id := identity{found.Type, found.Value}
			i, again := known[id]
			if !again {
				i = len(finds)
				known[id] = i
				finds = append(finds, Find{Indicator: found, Passage: p})
			}
			find := &finds[i]
			find.Places = append(find.Places, Place{p, found.Span})
			find.Indicator.Steps |= found.Steps
			find.Indicator.Flags |= found.Flags
			if found.Held == indicator.NotHeld {
				find.Indicator.Held = indicator.NotHeld
			}
		}
	}
	return finds, nil
}
