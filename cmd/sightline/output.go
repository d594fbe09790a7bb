package main

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/indicator/tld"
)

// output is a way to answer. Documents are encoded each by itself, so that many can
// be at once, and written in their order with between between them.
type output struct {
	head, between, tail string
	encode              func(id string, entries []entry) []byte
}

// outputs by the name that --out gives them.
func (c *extractCommand) output() output {
	switch c.Out {
	case "table":
		return output{between: "\n", encode: c.encodeTable}
	case "csv":
		return output{head: "document,type,value,times,start,end,flags,held,registrable\r\n", encode: c.encodeCSV}
	case "json":
		return output{head: "[\n", between: ",\n", tail: "\n]\n", encode: c.encodeJSON}
	}
	return output{encode: c.encodeLine}
}

// found is one indicator of an answer in JSON lines.
type found struct {
	Type  string `json:"type"`
	Value string `json:"value"`
	Held  string `json:"held,omitempty"`
}

type answer struct {
	ID   string  `json:"id"`
	IOCs []found `json:"iocs"`
}

func (c *extractCommand) encodeLine(id string, entries []entry) []byte {
	a := answer{ID: id, IOCs: []found{}}
	for _, e := range c.shown(entries) {
		a.IOCs = append(a.IOCs, found{e.Type.String(), e.Value, e.Held.String()})
	}
	return marshal(a, "")
}

// detail is one indicator of an answer in JSON.
type detail struct {
	Type  string `json:"type"`
	Value string `json:"value"`
	Times int    `json:"times"`
	// Start and End are bytes of the document's text, of the first appearance.
	Start int      `json:"start"`
	End   int      `json:"end"`
	Flags []string `json:"flags,omitempty"`
	Held  string   `json:"held,omitempty"`
	// Registrable is the name that somebody registered, of a domain, URL or address.
	Registrable string `json:"registrable,omitempty"`
}

func (c *extractCommand) encodeJSON(id string, entries []entry) []byte {
	a := struct {
		ID   string   `json:"id"`
		IOCs []detail `json:"iocs"`
	}{id, []detail{}}
	for _, e := range c.shown(entries) {
		a.IOCs = append(a.IOCs, detail{e.Type.String(), e.Value, e.Times, e.Span.Start, e.Span.End, e.Flags.Words(), e.Held.String(), registrable(e.Type, e.Value)})
	}
	return bytes.TrimSuffix(marshal(a, "  "), []byte("\n"))
}

// registrable is the name by which indicators of one owner are told: the public suffix
// and a label more; "" for what has no such name.
func registrable(t indicator.Type, value string) string {
	host := value
	switch t {
	case indicator.Domain:
	case indicator.URL:
		if _, rest, ok := strings.Cut(host, "://"); ok {
			host = rest
		}
		host, _, _ = strings.Cut(host, "/")
		host = host[strings.LastIndexByte(host, '@')+1:]
		if end := strings.IndexAny(host, ":?#"); end >= 0 {
			host = host[:end]
		}
	case indicator.Email, indicator.XMPP:
		host = host[strings.LastIndexByte(host, '@')+1:]
	default:
		return ""
	}
	if _, err := netip.ParseAddr(strings.Trim(host, "[]")); err == nil || strings.HasPrefix(host, "[") {
		return ""
	}
	return tld.Registrable(host)
}

func marshal(v any, indent string) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	_ = encoder.Encode(v) // strings and numbers always encode
	return out.Bytes()
}

func (c *extractCommand) encodeCSV(id string, entries []entry) []byte {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	w.UseCRLF = true // RFC 4180
	for _, e := range c.shown(entries) {
		_ = w.Write([]string{ // a buffer takes everything
			inert(id), e.Type.String(), inert(e.Value), strconv.Itoa(e.Times), strconv.Itoa(e.Span.Start), strconv.Itoa(e.Span.End),
			strings.Join(e.Flags.Words(), "; "), e.Held.String(), registrable(e.Type, e.Value),
		})
	}
	w.Flush()
	return out.Bytes()
}

// inert keeps a spreadsheet from taking a cell for a formula, the way that OWASP
// advises: an apostrophe before the signs that begin one. The text is a stranger's.
// One sign alone is no formula.
func inert(cell string) string {
	if len(cell) > 1 && strings.IndexByte("=+-@\t\r\n", cell[0]) >= 0 {
		return "'" + cell
	}
	return cell
}

func (c *extractCommand) encodeTable(id string, entries []entry) []byte {
	var out bytes.Buffer
	if len(c.Files) > 1 || c.In == "jsonl" {
		out.WriteString(printable(id) + ":\n")
	}
	kept, held := parted(entries)
	if c.Held {
		kept = append(kept, held...)
	}
	if len(kept) > 0 {
		rows := [][]string{{"TYPE", "VALUE", "TIMES", "NOTE"}}
		for _, e := range kept {
			rows = append(rows, c.row(e))
		}
		_ = table(&out, rows)
	}
	return out.Bytes()
}

func (c *extractCommand) row(e entry) []string {
	value := e.Value
	if !c.Plain {
		value = indicator.Defang(e.Type, value)
	}
	note := strings.Join(e.Flags.Words(), ", ")
	if e.Held != indicator.NotHeld {
		note = "held back: " + strings.ReplaceAll(e.Held.String(), "_", " ")
	}
	return []string{e.Type.String(), value, strconv.Itoa(e.Times), note}
}

// shown are the entries to answer, in the order of the document.
func (c *extractCommand) shown(entries []entry) []entry {
	if c.Held {
		return entries
	}
	kept, _ := parted(entries)
	return kept
}

// parted parts what was meant as an indicator from what only looks like one. A private
// address is one: it is answered, with its mark.
func parted(entries []entry) (kept, held []entry) {
	for _, e := range entries {
		if !e.Held.Misread() {
			kept = append(kept, e)
		} else {
			held = append(held, e)
		}
	}
	return kept, held
}

// tally says how many there are, of which types.
func tally(entries []entry, heldShown bool) string {
	kept, held := parted(entries)
	counts := map[string]int{}
	for _, e := range kept {
		counts[e.Type.String()]++
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

func write(w io.Writer, b []byte) error {
	_, err := w.Write(b)
	if errors.Is(err, os.ErrClosed) {
		return nil
	}
	return err
}
