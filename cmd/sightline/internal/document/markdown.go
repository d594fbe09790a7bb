package document

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// fromMarkdown reads CommonMark with tables. Emphasis is not parsed: the stars and
// underscores of h**p and h__p are the author's disguise, not his typography. Nor
// are backslashes and character references undone, for the same reason: the engine
// knows them as disguises. The target of a link follows its text, where it differs.
func fromMarkdown(data []byte) (title, out string) {
	var w writer
	title = "" // of the first heading
	_ = ast.Walk(markdownParser().Parse(text.NewReader(data)), func(node ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := node.(type) {
		case *ast.Heading:
			w.block()
			if entering && title == "" {
				title = strings.Join(strings.Fields(string(n.Lines().Value(data))), " ")
			}
		case *ast.Text:
			if entering {
				w.text(string(n.Segment.Value(data)))
				if n.SoftLineBreak() || n.HardLineBreak() {
					w.block()
				}
			}
		case *ast.String:
			if entering {
				w.text(string(n.Value))
			}
		case *ast.FencedCodeBlock, *ast.CodeBlock:
			if entering {
				w.block()
				w.pre++
				w.text(strings.TrimSuffix(string(n.Lines().Value(data)), "\n"))
				w.pre--
				w.block()
			}
			return ast.WalkSkipChildren, nil
		case *ast.HTMLBlock:
			if entering {
				html := n.Lines().Value(data)
				if n.HasClosure() {
					html = append(bytes.Clone(html), n.ClosureLine.Value(data)...)
				}
				_, plain := fromHTML(html)
				w.block()
				w.pre++
				w.text(plain)
				w.pre--
				w.block()
			}
			return ast.WalkSkipChildren, nil
		case *ast.RawHTML:
			return ast.WalkSkipChildren, nil
		case *ast.AutoLink:
			if entering {
				w.text(string(n.Label(data)))
			}
		case *ast.Link:
			if !entering {
				w.target(string(n.Destination))
			}
		case *ast.Image:
			if !entering {
				w.target(string(n.Destination))
			}
		case *east.TableCell:
			if entering && node.PreviousSibling() != nil {
				w.gap = "\t"
			}
		default:
			if node.Type() == ast.TypeBlock || node.Kind() == east.KindTableRow {
				w.block()
			}
		}
		return ast.WalkContinue, nil
	})
	return title, strings.TrimSpace(w.out.String())
}

// target writes where a link leads, after its text.
func (w *writer) target(destination string) {
	if destination == "" || strings.HasSuffix(w.out.String(), destination) {
		return
	}
	w.space()
	w.text("<" + destination + ">")
}

func markdownParser() parser.Parser {
	p := parser.NewParser(
		parser.WithBlockParsers(parser.DefaultBlockParsers()...),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewCodeSpanParser(), 100),
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
		),
		parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
	)
	goldmark.New(goldmark.WithParser(p), goldmark.WithExtensions(extension.Table))
	return p
}
