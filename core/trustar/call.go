package trustar

import (
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
)

// writeTimeout is the exchange's own: what changes something may take longer than
// what a person looks up.
const writeTimeout = api.DefaultTimeout

// decodable is what a server's bytes are decoded into. Files that the extension links do
// without it, see api.Decode.
type decodable interface {
	UnmarshalEasyJSON(in *jlexer.Lexer)
	check() error
}

// body is what a request carries.
type body interface{ MarshalEasyJSON(w *jwriter.Writer) }

// service is what the sections of the API share.
type service struct{ c *Client }

// request builds a call that one version of the API has. It fails with
// *api.UnsupportedError in the others, and with *api.InvalidError for an empty part
// of the path: that would be another call.
func (s service) request(version, method, operation string, query api.Query, path ...string) (*api.Request, error) {
	if s.c.version != version {
		return nil, s.c.lacks(operation, version)
	}
	for _, element := range path {
		if element == "" {
			return nil, invalid("id", "is missing")
		}
	}
	req := s.c.get(operation, query, path...)
	req.Method = method
	if method != "GET" {
		req.Timeout = writeTimeout
	}
	return req, nil
}

// either is the version to ask for a call that both 1.2 and 1.3 have.
func (s service) either() string {
	if s.c.version == Version20 {
		return versions12And13
	}
	return s.c.version
}

// lacks is the error of a call that another version has.
func (c *Client) lacks(operation, has string) error {
	return &api.UnsupportedError{Operation: "trustar: " + operation, Version: c.version, Has: has}
}

func invalid(field, problem string) error { return &api.InvalidError{Field: field, Problem: problem} }

// carry gives req a body of JSON.
func carry(req *api.Request, content body) error {
	w := jwriter.Writer{NoEscapeHTML: true}
	content.MarshalEasyJSON(&w)
	data, err := w.BuildBytes()
	if err != nil {
		return err
	}
	req.Body = data
	req.Header.Set("Content-Type", "application/json")
	return nil
}

// into sends req and decodes its answer, which must also satisfy fits; nil takes any.
func (s service) into(ctx context.Context, req *api.Request, a decodable, fits func() error) error {
	return asNotFound(req, s.c.calls.DoInto(ctx, req, a.UnmarshalEasyJSON, a.check, fits))
}

// act sends what is answered by nothing that is of use.
func (s service) act(ctx context.Context, req *api.Request) error {
	_, err := s.text(ctx, req, nil)
	return err
}

// text sends what is answered by plain text, trimmed; it may be empty, and must also
// satisfy fits; nil takes any. A page, or an error that calls itself a success, is none.
func (s service) text(ctx context.Context, req *api.Request, fits func(string) error) (string, error) {
	resp, err := s.c.calls.Do(ctx, req)
	if err != nil {
		return "", asNotFound(req, err)
	}
	text := strings.TrimSpace(string(resp.Body))
	switch {
	case !utf8.ValidString(text):
		err = errors.New("it is not UTF-8")
	case strings.HasPrefix(text, "<"):
		err = errors.New("it is a page")
	case saysNo(text):
		err = errors.New("it says that it is an error")
	case fits != nil:
		err = fits(text)
	}
	if err != nil {
		return "", api.DecodeFailure(req, resp, err)
	}
	return text, nil
}

// errorBody is the body of a refusal, which some servers send with a good status.
//
//easyjson:json
type errorBody struct {
	Status int    `json:"status"`
	Error  string `json:"error"`
}

func saysNo(text string) bool {
	if !strings.HasPrefix(text, "{") {
		return false
	}
	var said errorBody
	in := jlexer.Lexer{Data: []byte(text)}
	said.UnmarshalEasyJSON(&in)
	return in.Error() != nil || said.Status >= 400 || said.Error != ""
}

// Ref names a report: by the server's id, or by the submitter's.
type Ref struct {
	id       string
	external bool
}

// ByID names a report by the id that the server gave it.
func ByID(id string) Ref { return Ref{id: id} }

// ByExternalID names a report by the id that its submitter gave it.
func ByExternalID(id string) Ref { return Ref{id: id, external: true} }

// query says which id it is; the server's own is the default of every call.
func (r Ref) query() api.Query {
	if r.external {
		return api.Query{{Name: "idType", Value: "external"}}
	}
	return nil
}

// fits reports whether an answer is about the report.
func (r Ref) fits(found Report) error {
	if !r.external {
		return sameID(r.id)(found)
	}
	if found.ExternalID != "" && found.ExternalID != r.id {
		return errOther
	}
	return nil
}

// addAll repeats a parameter for each value. An empty one would ask for something else.
func addAll(query *api.Query, name string, values []string) error {
	for _, value := range values {
		if value == "" {
			return invalid(name, "has an empty value")
		}
		query.Add(name, value)
	}
	return nil
}
