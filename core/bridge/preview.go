package bridge

import (
	"context"
	"strings"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/internal/sorting"
)

const (
	maxOriginal = 256 // bytes of PreviewIndicator.Original
	maxContext  = 80  // characters of Before and of After
)

// preview finds the indicators of a page's text.
func (b *Bridge) preview(ctx context.Context, req *PreviewRequest) (*PreviewResponse, error) {
	passages := texts(req.Passages)
	finds, err := b.app.Preview(ctx, passages)
	if err != nil {
		return nil, err
	}
	resp := &PreviewResponse{Indicators: make([]PreviewIndicator, len(finds))}
	for _, passage := range passages {
		resp.Bytes += len(passage)
	}
	counts := make(map[indicator.Type]int)
	for i, find := range finds {
		resp.Indicators[i] = previewIndicator(find, passages[find.Passage])
		if find.Indicator.Held == indicator.NotHeld {
			resp.Total++
			counts[find.Indicator.Type]++
		} else {
			resp.Held++
		}
	}
	setSpans(resp.Indicators, finds, passages)
	kinds := make([]TypeCount, 0, len(counts))
	for t, n := range counts {
		kinds = append(kinds, TypeCount{Type: t.String(), Label: t.Label(), Count: n})
	}
	for _, i := range sorting.Order(len(kinds), func(i, j int) bool {
		a, b := kinds[i], kinds[j]
		return a.Count > b.Count || a.Count == b.Count && a.Type < b.Type
	}) {
		resp.Counts = append(resp.Counts, kinds[i])
	}
	return resp, nil
}

func texts(passages []Passage) []string {
	texts := make([]string, len(passages))
	for i, passage := range passages {
		texts[i] = passage.Text
	}
	return texts
}

func previewIndicator(find app.Find, passage string) PreviewIndicator {
	found := find.Indicator
	return PreviewIndicator{
		Key:      find.Key(),
		Type:     found.Type.String(),
		Label:    found.Type.Label(),
		Value:    found.Value,
		Defanged: indicator.Defang(found.Type, found.Value),
		TruSTAR:  found.Type.TruSTAR(),
		Original: firstBytes(passage[found.Span.Start:found.Span.End], maxOriginal),
		Before:   before(passage[:found.Span.Start]),
		After:    after(passage[found.Span.End:]),
		Steps:    found.Steps.Words(),
		Flags:    found.Flags.Words(),
		Held:     found.Held.String(), HeldWords: found.Held.Words(),
	}
}

// setSpans writes every find's places in UTF-16 code units, walking each passage once.
func setSpans(indicators []PreviewIndicator, finds []app.Find, passages []string) {
	type place struct {
		app.Place
		find int
	}
	total := 0
	for _, find := range finds {
		total += len(find.Places)
	}
	places := make([]place, 0, total)
	for i, find := range finds {
		indicators[i].Spans = make([]int, 0, 3*len(find.Places))
		for _, p := range find.Places {
			places = append(places, place{p, i})
		}
	}
	at, current := position{}, -1
	for _, i := range sorting.Order(len(places), func(i, j int) bool {
		a, b := &places[i], &places[j]
		return a.Passage < b.Passage || a.Passage == b.Passage && a.Span.Start < b.Span.Start
	}) {
		p := &places[i]
		if p.Passage != current {
			current = p.Passage
			at = position{text: passages[current]}
		}
		start := at.at(p.Span.Start)
		indicators[p.find].Spans = append(indicators[p.find].Spans, p.Passage, start, at.at(p.Span.End))
	}
}

// before is the end of the text before a find, on one line.
func before(text string) string {
	start := len(text)
	for n := 0; n < maxContext && start > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(text[:start])
		start -= size
	}
	return line(text[start:])
}

// after is the beginning of the text after a find, on one line.
func after(text string) string {
	end := 0
	for n := 0; n < maxContext && end < len(text); n++ {
		_, size := utf8.DecodeRuneInString(text[end:])
		end += size
	}
	return line(text[:end])
}

// line makes one line of a few words: breaks, tabs and controls become spaces.
func line(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, text)
}

// firstBytes cuts at a character.
func firstBytes(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	return text[:limit]
}
