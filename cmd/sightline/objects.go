package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"strings"

	"github.com/mailru/easyjson/jwriter"
)

// Objects of the platforms are printed as tables, JSON or JSON lines.

// outFlags say how objects are printed.
type outFlags struct {
	Fields []string `placeholder:"NAME" help:"Ask for these fields alone, e.g. id,hostname; they are the table's columns too."`
	Out    string   `enum:"auto,table,json,jsonl" default:"auto" help:"How to answer: ${enum}. auto is a table on a terminal and JSON lines elsewhere."`
}

type marshaler interface {
	MarshalEasyJSON(w *jwriter.Writer)
}

// columns are what a table shows of an object when no fields are named.
type columns[T any] struct {
	head []string
	row  func(T) []string
}

// show prints what seq brings, limit objects at most; 0 is all. They are printed as they
// come where that can be done.
func show[T marshaler](ctx context.Context, env environment, out outFlags, limit int, seq iter.Seq2[T, error], shown columns[T]) error {
	p := printer[T]{env: env, out: out, shown: shown}
	walk := env.walk(limit, p.way() != "jsonl")
	for one, err := range seq {
		if err != nil {
			walk.end()
			return errors.Join(p.end(), err)
		}
		if err := p.print(one); err != nil {
			walk.end()
			return err
		}
		walk.step()
		if limit > 0 && p.n == limit || ctx.Err() != nil {
			break
		}
	}
	walk.end()
	if err := errors.Join(p.end(), ctx.Err()); err != nil {
		return err
	}
	if p.n == 0 {
		return errNothing
	}
	return nil
}

// showOne prints one object, as indented JSON unless told otherwise.
func showOne[T marshaler](env environment, out outFlags, one T, shown columns[T]) error {
	if out.Out == "auto" || out.Out == "json" {
		body, err := encodeObject(one, out.Fields)
		if err != nil {
			return err
		}
		return printIndented(env, body)
	}
	p := printer[T]{env: env, out: out, shown: shown}
	return errors.Join(p.print(one), p.end())
}

// each is a list that came whole; an error comes after what there is of it.
func each[T any](items []T, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, item := range items {
			if !yield(item, nil) {
				return
			}
		}
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

// printer prints objects in one of three ways.
type printer[T marshaler] struct {
	env   environment
	out   outFlags
	shown columns[T]
	n     int
	rows  [][]string
	whole []json.RawMessage
}

func (p *printer[T]) way() string {
	switch {
	case p.out.Out != "auto":
		return p.out.Out
	case p.env.terminal:
		return "table"
	}
	return "jsonl"
}

func (p *printer[T]) print(one T) error {
	p.n++
	if p.way() == "table" && len(p.out.Fields) == 0 {
		p.rows = append(p.rows, p.shown.row(one))
		return nil
	}
	body, err := encodeObject(one, p.out.Fields)
	if err != nil {
		return err
	}
	switch p.way() {
	case "table":
		p.rows = append(p.rows, cells(body, p.out.Fields))
	case "json":
		p.whole = append(p.whole, body)
	default:
		_, err = fmt.Fprintf(p.env.stdout, "%s\n", body)
	}
	return err
}

// end prints what had to wait for the last object.
func (p *printer[T]) end() error {
	switch {
	case p.n == 0:
		return nil
	case p.way() == "json":
		body, err := json.Marshal(p.whole)
		if err != nil {
			return err
		}
		return printIndented(p.env, body)
	case p.way() == "table":
		head := p.shown.head
		if len(p.out.Fields) > 0 {
			head = nil
			for _, field := range p.out.Fields {
				head = append(head, strings.ToUpper(field))
			}
		}
		return table(p.env.stdout, append([][]string{head}, p.rows...))
	}
	return nil
}

func printIndented(env environment, body []byte) error {
	var whole any
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.UseNumber()
	if err := decoder.Decode(&whole); err != nil {
		return err
	}
	encoder := json.NewEncoder(env.stdout)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(whole)
}

// encodeObject writes an object as JSON, the named fields alone if any are named:
// what was not asked for is zero, and looks like an answer.
func encodeObject(one marshaler, fields []string) (json.RawMessage, error) {
	var w jwriter.Writer
	one.MarshalEasyJSON(&w)
	body, err := w.BuildBytes()
	if err != nil || len(fields) == 0 {
		return body, err
	}
	var whole map[string]json.RawMessage
	if err := json.Unmarshal(body, &whole); err != nil {
		return nil, err
	}
	var b strings.Builder
	b.WriteByte('{')
	for _, field := range fields {
		if value, ok := whole[field]; ok {
			if b.Len() > 1 {
				b.WriteByte(',')
			}
			b.WriteString(strconv.Quote(field) + ":")
			b.Write(value)
			delete(whole, field) // a name that is given twice
		}
	}
	return json.RawMessage(b.String() + "}"), nil
}

// cells are the values of an object's fields as text.
func cells(body json.RawMessage, fields []string) []string {
	var whole map[string]json.RawMessage
	_ = json.Unmarshal(body, &whole) // it was written a moment ago
	var row []string
	for _, field := range fields {
		var text string
		if json.Unmarshal(whole[field], &text) != nil {
			text = string(whole[field])
		}
		row = append(row, text)
	}
	return row
}
