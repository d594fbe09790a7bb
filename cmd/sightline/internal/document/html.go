package document

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// fromHTML reads the tokens and builds no tree, so that depth costs nothing.
// Scripts, styles and templates are left out, but not the templates of declarative
// shadow roots: a page shows those.
func fromHTML(data []byte) (title, text string) {
	tokens := html.NewTokenizer(bytes.NewReader(data))
	var w writer
	var heading strings.Builder
	var inTitle bool
	hidden := 0 // open templates that are not shown
	var templates []bool
	for {
		switch tokens.Next() {
		case html.ErrorToken: // the end; a reader over bytes has no other error
			return strings.Join(strings.Fields(heading.String()), " "), strings.TrimSpace(w.out.String())
		case html.TextToken:
			switch {
			case inTitle:
				heading.Write(tokens.Text())
			case hidden == 0:
				w.text(string(tokens.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := tokens.TagName()
			switch tag := atom.Lookup(name); tag {
			case atom.Script, atom.Style, atom.Noscript, atom.Iframe, atom.Noembed, atom.Noframes:
				skip(tokens) // their content is one text token
			case atom.Title:
				inTitle = w.out.Len() == 0 && heading.Len() == 0 // an SVG may hold others
			case atom.Template:
				shown := isShadowRoot(tokens, more)
				templates = append(templates, shown)
				if !shown {
					hidden++
				}
			case atom.Pre, atom.Textarea:
				w.block()
				w.pre++
			default:
				w.boundary(tag)
			}
		case html.EndTagToken:
			name, _ := tokens.TagName()
			switch tag := atom.Lookup(name); tag {
			case atom.Title:
				inTitle = false
			case atom.Template:
				if n := len(templates); n > 0 {
					if !templates[n-1] {
						hidden--
					}
					templates = templates[:n-1]
				}
			case atom.Pre, atom.Textarea:
				w.pre = max(w.pre-1, 0)
				w.block()
			case atom.Td, atom.Th, atom.Br: // said when they began
			default:
				w.boundary(tag)
			}
		}
	}
}

func isShadowRoot(tokens *html.Tokenizer, more bool) bool {
	for more {
		var key []byte
		key, _, more = tokens.TagAttr()
		if string(key) == "shadowrootmode" {
			return true
		}
	}
	return false
}

// skip drops the text of an element whose content the tokenizer does not parse.
func skip(tokens *html.Tokenizer) {
	if tokens.Next() == html.TextToken {
		tokens.Next() // its end tag
	}
}

// writer lays text out in lines and cells.
type writer struct {
	out strings.Builder
	// pre counts open elements that keep white space.
	pre int
	// gap is what stands before the next text: "", " ", "\t" or "\n".
	gap string
}

func (w *writer) text(s string) {
	if w.pre > 0 {
		w.flush()
		w.out.WriteString(s)
		return
	}
	for i, field := range strings.FieldsFunc(s, isSpace) {
		if i > 0 || isSpace(rune(s[0])) {
			w.space()
		}
		w.flush()
		w.out.WriteString(field)
	}
	if s != "" && isSpace(rune(s[len(s)-1])) {
		w.space()
	}
}

// isSpace is HTML's white space; a no-break space is text.
func isSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

func (w *writer) space() {
	if w.gap == "" {
		w.gap = " "
	}
}

func (w *writer) block() { w.gap = "\n" }

func (w *writer) flush() {
	if w.out.Len() > 0 {
		w.out.WriteString(w.gap)
	}
	w.gap = ""
}

// boundary notes what an element does to the line that it stands in.
func (w *writer) boundary(tag atom.Atom) {
	switch tag {
	case atom.Td, atom.Th:
		if w.gap != "\n" {
			w.gap = "\t"
		}
	case atom.Br, atom.P, atom.Div, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Li, atom.Dl, atom.Dt, atom.Dd,
		atom.Table, atom.Tr, atom.Thead, atom.Tbody, atom.Tfoot, atom.Caption, atom.Section, atom.Article, atom.Aside, atom.Header, atom.Footer,
		atom.Nav, atom.Main, atom.Blockquote, atom.Figure, atom.Figcaption, atom.Hr, atom.Form, atom.Fieldset, atom.Legend, atom.Address,
		atom.Details, atom.Summary, atom.Option, atom.Select, atom.Button, atom.Body, atom.Html, atom.Head:
		w.block()
	}
}
