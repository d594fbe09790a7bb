package lookup

import (
	"context"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/core/internal/sorting"
	"github.com/sightline-sec/sightline/core/lookup/index"
	"github.com/sightline-sec/sightline/core/report"
)

// maxCandidates is how many objects of the index one look-up reads, those that share
// the rarest first.
const maxCandidates = 256

// Indexed answers for a platform out of the index: nothing is asked of the platform.
type Indexed struct {
	library *Library
	filler  *Filler
	now     func() time.Time
}

// NewIndexed returns the source behind a filler.
func NewIndexed(library *Library, filler *Filler, now func() time.Time) Indexed {
	return Indexed{library, filler, now}
}

// Identity implements Source.
func (s Indexed) Identity() SourceState { return s.filler.feed.Identity() }

// Find implements Source.
func (s Indexed) Find(_ context.Context, asked []report.Reference) Finding {
	state, progress := s.filler.State(), s.filler.Progress()
	f := Finding{
		Results: s.results(asked), Answered: make([]bool, len(asked)), State: StateAnswered,
		AsOf: state.AsOf, Checked: progress.Done, Total: progress.Total,
	}
	f.Index, f.Words = coverage(&state, progress, s.now().UnixMilli())
	covers := f.Index == IndexFresh
	if !covers {
		f.State = StatePartial
	}
	for i := range f.Answered {
		f.Answered[i] = covers
	}
	return f
}

// coverage says how far an index covers its platform, in one of the Index constants
// and in words, "" when it covers all.
func coverage(s *FillState, p FillProgress, now int64) (kind, words string) {
	age := now - s.AsOf
	note := func(as, more string) {
		if kind = as; words != "" {
			words += " "
		}
		words += more
	}
	if len(s.Failed) > 0 {
		note(IndexPartial, count(len(s.Failed), "object")+" could not be read.")
	}
	switch {
	case s.AsOf == 0:
		note(IndexFilling, "The index is being filled: "+strconv.Itoa(p.Done)+" of "+strconv.Itoa(p.Total)+", newest first.")
	case s.Cut:
		note(IndexPartial, "It has the newest "+strconv.Itoa(p.Done)+" alone.")
	case s.CoveredFrom > 1:
		note(IndexPartial, "It has those of the last "+count(int((now-s.CoveredFrom+day-1)/day), "day")+" alone.")
	}
	if s.AsOf > 0 && (age < 0 || age > freshFor.Milliseconds()) {
		note(IndexStale, "The index is of "+ago(age)+".")
	}
	switch {
	case kind == "" && s.complete():
		return IndexFresh, ""
	case kind == "":
		note(IndexPartial, "")
	}
	if s.Words != "" {
		note(kind, s.Words)
	}
	return kind, words
}

// ago is an age in the largest unit that fits.
func ago(ms int64) string {
	switch {
	case ms < 0:
		return "a time that has not come: check the clock"
	case ms < 2*60*minute:
		return count(int(ms/minute), "minute") + " ago"
	case ms < 2*day:
		return count(int(ms/(60*minute)), "hour") + " ago"
	}
	return count(int(ms/day), "day") + " ago"
}

// candidate is an object that the index names.
type candidate struct {
	handle  index.Handle
	weight  int
	matches []Match
}

// results are the profile's objects that share something.
func (s Indexed) results(asked []report.Reference) []Result {
	var found []Result
	keys := keysOf(asked)
	source := s.Identity()
	s.library.Do(func(x *index.Index) {
		hits := x.Find(nil, keys)
		total := max(x.Stats().Objects, fewObjects)
		chosen := choose(hits, asked, total)
		handles := make([]index.Handle, 0, len(chosen))
		at := make(map[index.Handle]int, len(chosen))
		for i, c := range chosen {
			at[c.handle] = i
			handles = append(handles, c.handle)
		}
		for _, hit := range x.Among(nil, keys, handles) {
			c := chosen[at[hit.Object]]
			c.matches = append(c.matches, Match{
				Indicator: asked[hit.Key], Kind: matchKind(hit.Match), Place: placeName(hit.Place), When: hit.When,
			})
		}
		for _, c := range chosen {
			if object, ok := x.At(c.handle); ok && object.Source == source.ProfileID {
				found = append(found, resultOf(object, source.Platform, c.matches))
			}
		}
	})
	return found
}

// choose are the objects that share the rarest, by what the hits alone tell.
func choose(hits []index.Hit, asked []report.Reference, total int) []*candidate {
	const kinds = int(index.Parent) + 1
	held := make([]int, len(asked)*kinds) // by indicator and kind of match
	for _, hit := range hits {
		held[hit.Key*kinds+int(hit.Match)]++
	}
	weights := make([]int, len(held))
	for i, count := range held {
		if count > 0 {
			reference := asked[i/kinds]
			m := Match{Indicator: reference, Kind: matchKind(index.Match(i % kinds)), Count: count}
			weights[i] = weigh(m, common(reference), total)
		}
	}
	byHandle := make(map[index.Handle]*candidate)
	var all []*candidate
	for _, hit := range hits {
		c := byHandle[hit.Object]
		if c == nil {
			c = &candidate{handle: hit.Object}
			byHandle[hit.Object] = c
			all = append(all, c)
		}
		c.weight += weights[hit.Key*kinds+int(hit.Match)]
	}
	chosen := make([]*candidate, 0, min(len(all), maxCandidates))
	for _, i := range sorting.Order(len(all), func(i, j int) bool { return all[i].weight > all[j].weight }) {
		if len(chosen) == maxCandidates {
			break
		}
		chosen = append(chosen, all[i])
	}
	return chosen
}

// matchKind is the message's word for a match.
func matchKind(m index.Match) string {
	switch m {
	case index.Exact:
		return MatchExact
	case index.SameFile:
		return MatchSameFile
	case index.SameURL:
		return MatchSameURL
	case index.Host:
		return MatchHost
	case index.OnHost:
		return MatchOnHost
	case index.SameHost:
		return MatchSameHost
	case index.Range:
		return MatchRange
	}
	return MatchParent
}

// placeName is the message's word for where an indicator was seen, the best place
// where it was seen in several.
func placeName(p index.Place) string {
	switch {
	case p&index.Observable != 0:
		return ""
	case p&index.Alert != 0:
		return "alert"
	case p&index.Event != 0:
		return "event"
	case p&index.Title != 0:
		return "title"
	case p&index.Comment != 0:
		return "comment"
	}
	return ""
}

func resultOf(o index.Object, platform string, matches []Match) Result {
	r := Result{
		Kind: o.Kind, ProfileID: o.Source, Platform: platform, ID: o.ID, Number: o.Number, Title: o.Title,
		Severity: o.Severity, Status: o.Status, Owner: o.Owner, Tenant: o.Tenant, Score: o.Score, HasScore: o.HasScore,
		Closed: o.Closed, CreatedAt: o.CreatedAt, ModifiedAt: o.ModifiedAt, Link: o.Link, Matches: matches,
	}
	for _, m := range matches {
		if m.Kind == MatchExact || m.Kind == MatchSameFile {
			r.Matched = append(r.Matched, m.Indicator)
		}
	}
	return r
}
