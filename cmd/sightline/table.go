package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"unicode"

	"github.com/sightline-sec/sightline/core/app"
	"github.com/sightline-sec/sightline/core/indicator"
)

// table lays rows out in columns; the first row is the head.
func table(w io.Writer, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		for i := range row {
			row[i] = printable(row[i])
		}
		fmt.Fprintln(t, strings.TrimRight(strings.Join(row, "\t"), "\t "))
	}
	return t.Flush()
}

// findsTable lists finds in the order of the text.
func findsTable(w io.Writer, finds []app.Find, plain bool) error {
	if len(finds) == 0 {
		return nil
	}
	rows := [][]string{{"TYPE", "VALUE", "TIMES", "NOTE"}}
	for _, f := range finds {
		i := f.Indicator
		value := i.Value
		if !plain {
			value = indicator.Defang(i.Type, i.Value)
		}
		note := strings.Join(i.Flags.Words(), ", ")
		if i.Held != indicator.NotHeld {
			note = "held back: " + strings.ReplaceAll(i.Held.String(), "_", " ")
		}
		rows = append(rows, []string{i.Type.String(), value, strconv.Itoa(len(f.Places)), note})
	}
	return table(w, rows)
}

// tally says how many there are, of which types.
func tally(finds []app.Find, heldShown bool) string {
	kept, held := split(finds)
	counts := map[string]int{}
	for _, f := range kept {
		counts[f.Indicator.Type.String()]++
	}
	var types []string
	for name := range counts {
		types = append(types, name)
	}
	slices.SortFunc(types, func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
	for i, name := range types {
		types[i] = strconv.Itoa(counts[name]) + " " + name
	}
	out := count(len(kept), "indicator")
	if len(types) > 0 {
		out += ": " + strings.Join(types, ", ")
	}
	if len(held) > 0 {
		out += "; " + strconv.Itoa(len(held)) + " held back"
		if !heldShown {
			out += " (--held shows them)"
		}
	}
	return out
}

func count(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return strconv.Itoa(n) + " " + of + "s"
}

// printable takes away what a terminal would obey: the text is a stranger's.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '\uFFFD'
	}, s)
}
