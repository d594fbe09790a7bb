package stellarcyber

import (
	"context"
	"errors"
	"strings"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
)

// The bounds of an answer with observables. One that is beyond them is an error:
// what was left out would pass for "not known".
const (
	maxDepth       = 16
	maxObservables = 100_000
)

// Observable is a string that stands among a case's observables.
type Observable struct {
	// Kind is the platform's group, e.g. "hosts", "files", "urls"; "" if there is none.
	Kind string
	// Field is the name it stands under inside its kind, e.g. "ip"; "" if there is none.
	Field string
	Value string
}

// Observables are what the platform found in a case's alerts.
type Observables struct {
	values  []Observable
	objects []int
}

// Values returns every string among the observables, in the order of the answer,
// each (kind, field, value) once; names of fields that look like addresses or names
// of hosts are among them, with Field "". Nothing else is known about a value: it
// may be an indicator, a user's name or a whole command line.
func (o Observables) Values() []Observable { return o.values }

// Objects are, for each of Values, the number of the JSON object that it stands in, from
// 1 on; 0 outside of any. What stands in one object is about one thing, e.g. a file's
// hashes.
func (o Observables) Objects() []int { return o.objects }

// Observables returns the observables of a case.
//
// Source: the vendor's page "Case Observables Query" for the path and the kinds
// (hosts, users, processes, files, registry keys, sensors, services, external
// hosts, URLs), clients of its engineers for the envelope. No source shows what is
// inside a kind, so any shape is taken.
//
//api:operation GET /connect/api/v1/cases/{id}/observables
func (c *Client) Observables(ctx context.Context, caseID string) (Observables, error) {
	if caseID == "" {
		return Observables{}, &api.InvalidError{Field: "_id", Problem: "is missing"}
	}
	req := c.get("get observables", nil, "cases", caseID, "observables")
	var answer observablesAnswer
	if err := c.calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return Observables{}, err
	}
	return Observables{answer.Observables.values, answer.Observables.objects}, nil
}

// observablesAnswer is the answer with a case's observables. They stand at the top,
// not under "data" as everything else does.
//
//easyjson:json
type observablesAnswer struct {
	Observables *walk `json:"observables"`
}

func (a *observablesAnswer) check() error {
	if a.Observables == nil {
		return api.Missing("observables")
	}
	return nil
}

var (
	errTooDeep = errors.New("its observables are nested too deep")
	errTooMany = errors.New("it has too many observables")
	errNoKinds = errors.New("its observables are neither an object nor a list")
)

// walk gathers strings from JSON of any shape.
type walk struct {
	values  []Observable
	objects []int // by values
	seen    map[Observable]struct{}
	// object is the one that is being read, opened how many there were.
	object, opened int
}

// UnmarshalEasyJSON walks the value of "observables".
func (w *walk) UnmarshalEasyJSON(in *jlexer.Lexer) {
	*w = walk{seen: map[Observable]struct{}{}}
	switch {
	case in.IsDelim('{'):
		in.Delim('{')
		for !in.IsDelim('}') {
			kind := in.String()
			in.WantColon()
			w.value(in, kind, "", 1)
			in.WantComma()
		}
		in.Delim('}')
	case in.IsDelim('['):
		w.value(in, "", "", 0)
	default:
		in.AddError(errNoKinds)
	}
}

func (w *walk) value(in *jlexer.Lexer, kind, field string, depth int) {
	if depth > maxDepth {
		in.AddError(errTooDeep)
		return
	}
	if !in.Ok() {
		return
	}
	// IsDelim is true after an error too: that ends every loop below.
	switch in.CurrentToken() {
	case jlexer.TokenString:
		w.add(in, Observable{kind, field, in.String()})
	case jlexer.TokenDelim:
		if in.IsDelim('[') {
			in.Delim('[')
			for !in.IsDelim(']') {
				w.value(in, kind, field, depth+1)
				in.WantComma()
			}
			in.Delim(']')
			return
		}
		outer := w.object
		w.opened++
		w.object = w.opened
		in.Delim('{')
		for !in.IsDelim('}') {
			name := in.String()
			in.WantColon()
			if strings.ContainsAny(name, ".:") { // e.g. hosts by their address
				w.add(in, Observable{kind, "", name})
			}
			w.value(in, kind, name, depth+1)
			in.WantComma()
		}
		in.Delim('}')
		w.object = outer
	default:
		in.Skip()
	}
}

func (w *walk) add(in *jlexer.Lexer, found Observable) {
	if _, again := w.seen[found]; again || found.Value == "" {
		return
	}
	if len(w.values) == maxObservables {
		in.AddError(errTooMany)
		return
	}
	w.seen[found] = struct{}{}
	w.values = append(w.values, found)
	w.objects = append(w.objects, w.object)
}
