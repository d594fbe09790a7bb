package measure

import (
	"fmt"
	"slices"
	"strings"

	"github.com/sightline-sec/sightline/testdata/bench"
)

// Head is the first line above the rows of texts.
const Head = "text        scan MB/s   table   token  scan/token   finds/MB  allocs/op  allocs/find"

// Row is one text's line of the table.
func (f Figures) Row(name string) string {
	return fmt.Sprintf("%-10s %10.0f %7.0f %7.0f %10.0f%% %10.0f %10.1f %12.2f",
		name, f.Scan, f.Table, f.Token, 100*f.Scan/f.Token, float64(f.Finds)/(float64(f.Bytes)/1e6), f.AllocsPerOp, f.AllocsPerFind)
}

// Size writes a number of bytes.
func Size(n int) string {
	if n >= 1<<20 {
		return fmt.Sprint(n>>20, " MiB")
	}
	return fmt.Sprint(n>>10, " KiB")
}

// Hostile times every hostile shape at the sizes and says which fall below a quarter
// of the mean, the slowest first.
func Hostile(mean float64, sizes []int, rounds int) []string {
	type shape struct {
		name   string
		speeds []float64
		worst  float64
	}
	var shapes []shape
	slow := 0
	for _, piece := range bench.Hostile() {
		s := shape{name: fmt.Sprintf("%q", piece), worst: mean * 1000}
		for _, size := range sizes {
			f := Run([]string{bench.Repeat(piece, size)}, rounds*max(1, min(8, 1<<20/size)), false)
			s.speeds = append(s.speeds, f.Scan)
			s.worst = min(s.worst, f.Scan)
		}
		if s.worst < mean/4 {
			slow++
		}
		shapes = append(shapes, s)
	}
	slices.SortFunc(shapes, func(a, b shape) int { return int(a.worst*1e3) - int(b.worst*1e3) })
	lines := []string{fmt.Sprintf("mean %.0f MB/s, a quarter of it %.0f; %d of %d shapes are slower than that", mean, mean/4, slow, len(shapes))}
	var names []string
	for _, size := range sizes {
		names = append(names, fmt.Sprintf("%9s", Size(size)))
	}
	lines = append(lines, fmt.Sprintf("%-20s%s   of the mean", "slowest", strings.Join(names, "")))
	for _, s := range shapes[:min(len(shapes), max(slow, 8))] {
		line := fmt.Sprintf("%-20s", s.name)
		for _, speed := range s.speeds {
			line += fmt.Sprintf("%9.0f", speed)
		}
		lines = append(lines, line+fmt.Sprintf("%13.0f%%", 100*s.worst/mean))
	}
	return lines
}

// Largest times the best known hostile shapes at one size.
func Largest(mean float64, size int) string {
	out := fmt.Sprintf("at %s:", Size(size))
	for _, piece := range bench.Hostile()[:11] {
		f := Run([]string{bench.Repeat(piece, size)}, 1, false)
		out += fmt.Sprintf(" %q %.0f (%.0f%%)", piece, f.Scan, 100*f.Scan/mean)
	}
	return out
}
