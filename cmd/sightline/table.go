package main

import (
	"fmt"
	"io"
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

// split parts what may be acted on from what is held back.
func split(finds []app.Find) (kept, held []app.Find) {
	for _, f := range finds {
		if f.Indicator.Held == indicator.NotHeld {
			kept = append(kept, f)
		} else {
			held = append(held, f)
		}
	}
	return kept, held
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
