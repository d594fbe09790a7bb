package index_test

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/lookup/index"
)

// oracle is what the index should be: a map of objects with their sightings, searched
// one by one.
type oracle struct {
	objects map[[3]string]held
}

type held struct {
	object index.Object
	seen   []index.Sighting
}

func name(o index.Object) [3]string { return [3]string{o.Source, o.Kind, o.ID} }

// answer is a hit by what it means.
type answer struct {
	key    int
	object [3]string
	place  index.Place
	when   int64
	match  index.Match
}

func compareAnswers(a, b answer) int {
	return cmp.Or(
		cmp.Compare(a.key, b.key), slices.Compare(a.object[:], b.object[:]), cmp.Compare(a.match, b.match),
		cmp.Compare(a.place, b.place), cmp.Compare(a.when, b.when),
	)
}

func (o oracle) find(keys []index.Key) (answers []answer) {
	for i, asked := range keys {
		aliases := o.aliases(asked)
		for _, h := range o.objects {
			best, nearest := answer{key: i, object: name(h.object)}, math.MaxInt
			for _, s := range h.seen {
				match, ok := matchOf(asked, s.Key, aliases)
				rank := 1000*int(match) + distance(match, s.Key)
				if !ok || rank > nearest {
					continue
				}
				if rank < nearest {
					best.match, best.place, best.when, nearest = match, 0, 0, rank
				}
				best.place |= s.Place
				best.when = max(best.when, s.When)
			}
			if nearest != math.MaxInt {
				answers = append(answers, best.comparable())
			}
		}
	}
	slices.SortFunc(answers, compareAnswers)
	return answers
}

// comparable leaves out what depends on which other hash of a file is met first.
func (a answer) comparable() answer {
	if a.match == index.SameFile {
		a.place, a.when = 0, 0
	}
	return a
}

// distance tells the nearer of two partial matches of one kind.
func distance(match index.Match, has index.Key) int {
	switch match {
	case index.SameURL:
		return min(1, len(has.Value)-len(base(has.Value))) // without a query, or with some
	case index.Range:
		return 128 - netip.MustParsePrefix(has.Value).Bits()
	case index.Parent:
		return 253 - len(has.Value)
	}
	return 0
}

func (o oracle) count(asked index.Key) (n int) {
	for _, h := range o.objects {
		if slices.ContainsFunc(h.seen, func(s index.Sighting) bool { return same(asked, s.Key) }) {
			n++
		}
	}
	return n
}

// aliases are the other hashes of a file that objects tell of.
func (o oracle) aliases(asked index.Key) (all []index.Key) {
	for _, h := range o.objects {
		for _, a := range h.seen {
			for _, b := range h.seen {
				if a.File != 0 && a.File == b.File && same(asked, a.Key) && !same(a.Key, b.Key) && isHash(a.Key) && isHash(b.Key) {
					all = append(all, b.Key)
				}
			}
		}
	}
	return all
}

func isHash(k index.Key) bool { return k.Type == "md5" || k.Type == "sha256" }

func same(a, b index.Key) bool { return a.Type == b.Type && strings.EqualFold(a.Value, b.Value) }

func matchOf(asked, has index.Key, aliases []index.Key) (index.Match, bool) {
	if same(asked, has) {
		return index.Exact, true
	}
	for _, alias := range aliases {
		if same(alias, has) {
			return index.SameFile, true
		}
	}
	askedHost, hasHost := strings.ToLower(asked.Value), ""
	if has.Type == "url" {
		u, _ := url.Parse(strings.ToLower(has.Value))
		hasHost = u.Hostname()
	}
	if asked.Type == "url" {
		u, _ := url.Parse(strings.ToLower(asked.Value))
		askedHost = u.Hostname()
		if has.Type == "url" && base(asked.Value) == base(has.Value) {
			return index.SameURL, true
		}
		if (has.Type == "domain" || has.Type == "ipv4") && strings.EqualFold(has.Value, askedHost) {
			return index.Host, true
		}
		if hasHost == askedHost {
			return index.SameHost, true
		}
	} else if hasHost != "" && hasHost == askedHost && (asked.Type == "domain" || asked.Type == "ipv4") {
		return index.OnHost, true
	}
	if has.Type == "cidr" && (asked.Type == "url" || asked.Type == "ipv4") {
		if ip, err := netip.ParseAddr(askedHost); err == nil && netip.MustParsePrefix(has.Value).Contains(ip) {
			return index.Range, true
		}
	}
	if has.Type == "cidr" && asked.Type == "cidr" {
		wide, narrow := netip.MustParsePrefix(has.Value), netip.MustParsePrefix(asked.Value)
		return index.Range, wide.Bits() < narrow.Bits() && wide.Contains(narrow.Addr())
	}
	if has.Type == "domain" && (asked.Type == "url" || asked.Type == "domain") {
		value := strings.ToLower(has.Value)
		if strings.HasSuffix(askedHost, "."+value) && strings.Contains(value, ".") && value != "co.uk" {
			return index.Parent, true
		}
	}
	return 0, false
}

func base(value string) string {
	value = strings.ToLower(value)
	if i := strings.IndexAny(value, "?#"); i >= 0 {
		return value[:i]
	}
	return value
}

// vocabulary is small, so that indicators meet.
func vocabulary() (keys []index.Key) {
	for i := range 6 {
		keys = append(keys,
			index.Key{Type: "ipv4", Value: fmt.Sprintf("192.0.2.%d", i)},
			index.Key{Type: "domain", Value: []string{"evil.example", "a.evil.example", "B.a.evil.example", "shop.co.uk", "x.shop.co.uk", "co.uk"}[i]},
			index.Key{Type: "url", Value: fmt.Sprintf("http://%s/%d?q=%d", []string{"evil.example", "a.evil.example", "192.0.2.3"}[i%3], i%2, i)},
			index.Key{Type: "url", Value: fmt.Sprintf("https://%s/%d", []string{"x.shop.co.uk", "co.uk", "192.0.2.200:8080"}[i%3], i%2)},
			index.Key{Type: "url", Value: fmt.Sprintf("http://%s/%d", []string{"evil.example", "a.evil.example", "192.0.2.3"}[i%3], i%2)},
			index.Key{Type: "cidr", Value: []string{"192.0.2.0/24", "192.0.2.0/29", "192.0.0.0/16", "192.0.2.128/25", "0.0.0.0/0", "192.0.2.3/32"}[i]},
			index.Key{Type: "md5", Value: fmt.Sprintf("%032x", i)},
			index.Key{Type: "sha256", Value: fmt.Sprintf("%064X", i)},
			index.Key{Type: "file_name", Value: fmt.Sprintf("Invoice-%d.exe", i)},
			index.Key{Type: "mutex", Value: fmt.Sprintf("Global\\%d %s", i, strings.Repeat("long ", 20))},
		)
	}
	return keys
}

// disk is storage that holds what was committed.
type disk struct {
	manifest []byte
	segments map[string][]byte
}

func (d *disk) commit(c index.Changes) {
	for _, s := range c.Written {
		d.segments[s.Name] = slices.Clone(s.Data)
	}
	if c.Manifest != nil {
		d.manifest = slices.Clone(c.Manifest)
	}
	for _, name := range c.Deleted {
		delete(d.segments, name)
	}
}

func (d *disk) read(name string) ([]byte, error) {
	if data, ok := d.segments[name]; ok {
		return slices.Clone(data), nil
	}
	return nil, errors.New("no such segment")
}

// history runs any sequence of operations on the index and on the oracle, by whatever
// choose draws, and compares them now and then and at the end.
func history(t require.TestingT, steps int, choose func(n int) int) {
	words := vocabulary()
	x, truth := index.New(), oracle{map[[3]string]held{}}
	store := disk{segments: map[string][]byte{}}
	committed := maps.Clone(truth.objects)

	object := func() index.Object {
		o := index.Object{
			Source: fmt.Sprint("p", choose(2)), Kind: []string{"case", "alert"}[choose(2)], ID: fmt.Sprintf("%024x", choose(40)),
			Number: fmt.Sprint(choose(9)), Title: fmt.Sprint("Beacon ", choose(4)), Status: "New", Score: float64(choose(200)) / 2, HasScore: choose(2) == 0,
			Closed: choose(3) == 0, CreatedAt: int64(choose(5)) * 1000, ModifiedAt: int64(choose(100)), Version: int64(choose(3)) - 1,
		}
		o.Link = []string{"", "https://h/" + o.ID, "https://h/" + o.Number + "/x", "https://h/"}[choose(4)]
		return o
	}
	for range steps {
		switch choose(12) {
		case 0, 1, 2, 3, 4:
			for range 1 + choose(8) {
				h := held{object: object()}
				for range choose(8) {
					h.seen = append(h.seen, index.Sighting{
						Key: words[choose(len(words))], Place: index.Place(1 << choose(5)), When: int64(choose(4)) * 500, File: choose(3),
					})
				}
				x.Put(h.object, h.seen)
				truth.objects[name(h.object)] = h
			}
		case 5:
			o := object()
			_, known := truth.objects[name(o)]
			require.Equal(t, known, x.Remove(o.Source, o.Kind, o.ID))
			delete(truth.objects, name(o))
		case 6:
			if choose(8) > 0 {
				continue
			}
			source, before := fmt.Sprint("p", choose(2)), len(truth.objects)
			maps.DeleteFunc(truth.objects, func(n [3]string, _ held) bool { return n[0] == source })
			require.Equal(t, before-len(truth.objects), x.RemoveSource(source))
		case 7, 8:
			for range choose(6) {
				x.Merge(1 + choose(40))
			}
		case 9: // a commit, with changes while it is being written
			changes := x.Changes()
			before := maps.Clone(truth.objects)
			if choose(2) == 0 {
				o := object()
				x.Put(o, nil)
				truth.objects[name(o)] = held{object: o}
				x.Merge(1 + choose(200))
			}
			store.commit(changes)
			x.Committed(changes)
			committed = before
		case 10: // death
			var damage *index.Damage
			x, damage = index.Open(store.manifest, store.read)
			require.Nil(t, damage)
			truth.objects = maps.Clone(committed)
		case 11:
			o := object()
			h, known := truth.objects[name(o)]
			got, ok := x.Object(o.Source, o.Kind, o.ID)
			require.Equal(t, known, ok)
			require.Equal(t, h.object, got)
			continue
		}
		if choose(5) == 0 {
			compare(t, x, truth, words)
		}
	}
	compare(t, x, truth, words)
}

func compare(t require.TestingT, x *index.Index, truth oracle, words []index.Key) {
	require.NoError(t, x.Verify())
	require.Equal(t, len(truth.objects), x.Stats().Objects)
	all := truth.find(words)
	found := answersOf(t, x, x.Find(nil, words))
	for i := range words {
		want, got := ofKey(all, i), ofKey(found, i)
		if len(want) <= index.MostPartial {
			require.Equal(t, want, got)
			continue
		}
		// Some are left out, and what is left out as one match may be named as a lesser one.
		require.GreaterOrEqual(t, len(got), index.MostPartial)
		for _, a := range got {
			j := slices.IndexFunc(want, func(w answer) bool { return w.object == a.object })
			require.GreaterOrEqual(t, j, 0)
			require.GreaterOrEqual(t, a.match, want[j].match)
		}
	}
	var handles []index.Handle
	for handle := range x.Objects("") {
		handles = append(handles, handle)
	}
	require.Equal(t, all, answersOf(t, x, x.Among(nil, words, handles)))
	handles = handles[:0]
	for handle, o := range x.Objects("p1") {
		require.Equal(t, "p1", o.Source)
		require.Equal(t, truth.objects[name(o)].object, o)
		handles = append(handles, handle)
	}
	var ofOne []answer
	for _, a := range all {
		if a.object[0] == "p1" {
			ofOne = append(ofOne, a)
		}
	}
	require.Equal(t, ofOne, answersOf(t, x, x.Among(nil, words, handles)))
	for _, word := range words {
		require.Equal(t, truth.count(word), x.Count(word))
	}
}

func ofKey(answers []answer, key int) (of []answer) {
	for _, a := range answers {
		if a.key == key {
			of = append(of, a)
		}
	}
	return of
}

func answersOf(t require.TestingT, x *index.Index, hits []index.Hit) (answers []answer) {
	for _, hit := range hits {
		o, ok := x.At(hit.Object)
		require.True(t, ok)
		answers = append(answers, answer{hit.Key, name(o), hit.Place, hit.When, hit.Match}.comparable())
	}
	slices.SortFunc(answers, compareAnswers)
	return answers
}

func TestAnyHistoryAnswersAsTheOracle(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			random := rand.New(rand.NewPCG(seed, 1))
			history(t, 50, random.IntN)
		})
	}
}

func FuzzHistory(f *testing.F) {
	f.Add([]byte("a fill, a change, a merge, a commit, a death"), uint8(20))
	f.Fuzz(func(t *testing.T, choices []byte, steps uint8) {
		history(t, int(steps)%40, func(n int) int {
			if len(choices) == 0 {
				return 0
			}
			c := int(choices[0])
			choices = choices[1:]
			return c % n
		})
	})
}
