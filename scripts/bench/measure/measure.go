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

// Run times the engine and the loops in turn, rounds times, and keeps the best of
// each: other work on the machine slows some rounds, never speeds one up.
func Run(docs []string, rounds int, loops bool) Figures {
	var f Figures
	for _, d := range docs {
		f.Bytes += len(d)
	}
	var out []indicator.Indicator
	scan := func() {
		f.Finds = 0
		for _, d := range docs {
			out = indicator.Append(out[:0], d, indicator.Options{})
			f.Finds += len(out)
		}
	}
	table := func() {
		for _, d := range docs {
			Sink += tableLoop(d)
		}
	}
	token := func() {
		for _, d := range docs {
			Sink += tokenLoop(d)
		}
	}
	scan() // grows what is grown once
	best := [3]time.Duration{time.Hour, time.Hour, time.Hour}
	for range rounds {
		best[0] = min(best[0], clock(scan))
		if loops {
			best[1] = min(best[1], clock(table))
			best[2] = min(best[2], clock(token))
		}
	}
	speed := func(d time.Duration) float64 { return float64(f.Bytes) / 1e6 / max(d, time.Microsecond).Seconds() }
	f.Scan = speed(best[0])
	if loops {
		f.Table, f.Token = speed(best[1]), speed(best[2])
	}
	allocs := mallocs(scan)
	f.AllocsPerOp = float64(allocs) / float64(len(docs))
	f.AllocsPerFind = float64(allocs) / float64(max(f.Finds, 1))
	return f
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
