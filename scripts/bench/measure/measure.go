// Package measure times the engine beside the loops that bound it, natively and as
// wasm: the same text, the same program, the same minute.
package measure

import (
	"runtime"
	"time"

	"github.com/sightline-sec/sightline/core/indicator"
)

// Figures are what one text gave. Speeds are in MB/s, 1 MB being 1,000,000 bytes.
type Figures struct {
	Bytes int     `json:"bytes"`
	Scan  float64 `json:"scan"`
	// Table is the speed of a loop that looks every byte up in a table of 256 and adds.
	Table float64 `json:"table"`
	// Token is the speed of a loop with two states that finds where words begin and end.
	Token float64 `json:"token"`
	// Finds in one pass, and allocations for each pass and find.
	Finds         int     `json:"finds"`
	AllocsPerOp   float64 `json:"allocsPerOp"`
	AllocsPerFind float64 `json:"allocsPerFind"`
}

// Sink keeps the loops from being optimised away.
var Sink uint64

// Documents parts a text into documents of size bytes; 0 leaves it whole.
func Documents(text string, size int) []string {
	if size == 0 {
		return []string{text}
	}
	var docs []string
	for len(text) > size {
		docs = append(docs, text[:size])
		text = text[size:]
	}
	return append(docs, text)
}

// groupSize is how much text is timed together, in bytes: enough for the clock of a
// browser, and little enough that some rounds go undisturbed.
const groupSize = 1 << 20

// Run times the engine and the loops in turn, rounds times for each group of
// documents, and adds up the best of each: other work on the machine slows some
// rounds, and never speeds one up.
func Run(docs []string, rounds int, loops bool) Figures {
	var f Figures
	var out []indicator.Indicator
	finds := 0
	scan := func(docs []string) {
		for _, d := range docs {
			out = indicator.Append(out[:0], d, indicator.Options{})
			finds += len(out)
		}
	}
	works := []func([]string){scan}
	if loops {
		works = append(works,
			func(docs []string) {
				for _, d := range docs {
					Sink += tableLoop(d)
				}
			},
			func(docs []string) {
				for _, d := range docs {
					Sink += tokenLoop(d)
				}
			})
	}
	scan(docs[:1]) // grows what is grown once
	var total [3]time.Duration
	for _, group := range groups(docs) {
		for _, d := range group {
			f.Bytes += len(d)
		}
		best := [3]time.Duration{time.Hour, time.Hour, time.Hour}
		for range rounds {
			for i, work := range works {
				best[i] = min(best[i], clock(func() { work(group) }))
			}
		}
		for i := range works {
			total[i] += best[i]
		}
	}
	speed := func(d time.Duration) float64 { return float64(f.Bytes) / 1e6 / max(d, time.Microsecond).Seconds() }
	f.Scan = speed(total[0])
	if loops {
		f.Table, f.Token = speed(total[1]), speed(total[2])
	}
	finds = 0
	allocs := mallocs(func() { scan(docs) })
	f.Finds = finds
	f.AllocsPerOp = float64(allocs) / float64(len(docs))
	f.AllocsPerFind = float64(allocs) / float64(max(finds, 1))
	return f
}

// groups parts documents into groups of about groupSize.
func groups(docs []string) [][]string {
	var out [][]string
	size := groupSize
	for i, d := range docs {
		if size >= groupSize {
			out, size = append(out, nil), 0
		}
		out[len(out)-1] = append(out[len(out)-1], docs[i])
		size += len(d)
	}
	return out
}

func mallocs(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.Mallocs - before.Mallocs
}

// kinds says for each byte whether it ends a word.
var kinds = func() (k [256]uint8) {
	for i := range k {
		if i > ' ' && i != 0x7f {
			k[i] = 1
		}
	}
	return k
}()

func tableLoop(text string) (sum uint64) {
	for i := 0; i < len(text); i++ {
		sum += uint64(kinds[text[i]])
	}
	return sum
}

func tokenLoop(text string) (tokens uint64) {
	for i := 0; i < len(text); {
		if kinds[text[i]] == 0 {
			i++
			continue
		}
		for i < len(text) && kinds[text[i]] != 0 {
			i++
		}
		tokens++
	}
	return tokens
}
