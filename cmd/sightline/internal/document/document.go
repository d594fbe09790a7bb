// Package document turns what an analyst has on disk into text to scan: plain text,
// HTML and Markdown. Text comes out as a browser would let one select it: a line for each
// block, a tab between the cells of a table.
//
// Input is UTF-8, or UTF-16 with a byte order mark. Bytes that are neither are
// passed on as they are: the engine copes.
package document

import (
	"bytes"
	"path"
	"strings"
)

// Format is how a document is written.
type Format string

// The formats.
const (
	Text Format = "text"
	HTML Format = "html"
	// Markdown is CommonMark with tables.
	Markdown Format = "markdown"
	// Lines is JSON lines, {"id","text"} each.
	Lines Format = "jsonl"
)

// Document is text with a name.
type Document struct {
	// Name is the file's, "-" for standard input.
	Name string
	// Title of an HTML page, "" where there is none.
	Title string
	Text  string
}

// Detect says how data is written, going by its beginning and then by its name.
func Detect(name string, data []byte) Format {
	head := strings.ToLower(string(bytes.TrimLeft(data[:min(len(data), 1024)], " \t\r\n")))
	switch {
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"):
		return HTML
	case strings.HasPrefix(head, "{") && strings.Contains(head, `"text"`):
		return Lines
	}
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml":
		return HTML
	case ".md", ".markdown":
		return Markdown
	case ".jsonl", ".ndjson":
		return Lines
	}
	return Text
}

// Read returns the document in data. Format Lines is not for here.
func Read(name string, data []byte, format Format) Document {
	switch format {
	case HTML:
		title, text := fromHTML(data)
		return Document{Name: name, Title: title, Text: text}
	case Markdown:
		title, text := fromMarkdown(data)
		return Document{Name: name, Title: title, Text: text}
	}
	return Document{Name: name, Text: string(data)}
}
