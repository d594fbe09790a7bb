package stellarcyber

import (
	"context"
	"errors"
	"strings"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
)

// Hits are the events that a search found.
type Hits struct {
	// Total is how many match, -1 where the platform does not say.
	Total int
	Hits  []Alert
	// ScrollID asks for the next hits, "" where the search was not a scroll.
	ScrollID string
}

// Search asks the platform's Elasticsearch for events. index may hold a *, e.g.
// "aella-ser-*"; body is a request in Elasticsearch's language; keep is for how long
// the result can be scrolled, e.g. "1m", "" for not.
//
// Source: clients of the vendor's engineers for the path. They send the body with
// GET, which no browser does: it goes into the argument source, as Elasticsearch
// has it for such clients. That the platform passes it on is a GUESS.
//
//api:operation GET /connect/api/data/{index}/_search
func (c *Platform) Search(ctx context.Context, index string, body api.Raw, keep string) (Hits, error) {
	if index == "" || strings.ContainsAny(index, "/\\") {
		return Hits{}, &api.InvalidError{Field: "index", Problem: "must be the name of an index"}
	}
	if len(body) == 0 || body[0] != '{' {
		return Hits{}, &api.InvalidError{Field: "body", Problem: "must be a JSON object"}
	}
	query := api.Query{{Name: "source", Value: string(body)}, {Name: "source_content_type", Value: "application/json"}}
	query.AddNonEmpty("scroll", keep)
	return c.hits(ctx, "search", query, "data", index, "_search")
}

// Scroll returns the next hits of a search; none when there are no more.
//
// Source: clients of the vendor's engineers for the path; see Search for the rest.
//
//api:operation GET /connect/api/data/_search/scroll
func (c *Platform) Scroll(ctx context.Context, scrollID, keep string) (Hits, error) {
	if scrollID == "" {
		return Hits{}, &api.InvalidError{Field: "scroll_id", Problem: "is missing"}
	}
	query := api.Query{{Name: "scroll_id", Value: scrollID}}
	query.AddNonEmpty("scroll", keep)
	return c.hits(ctx, "scroll", query, "data", "_search", "scroll")
}

func (c *Platform) hits(ctx context.Context, operation string, query api.Query, path ...string) (Hits, error) {
	req := c.get(operation, nil)
	req.URL = query.AppendTo(c.unversioned(path...))
	var answer hitsAnswer
	if err := c.calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return Hits{}, err
	}
	return Hits{answer.Hits.Total.count(), answer.Hits.Hits, answer.ScrollID}, nil
}

//easyjson:json
type hitsAnswer struct {
	ScrollID string    `json:"_scroll_id"`
	TimedOut bool      `json:"timed_out"`
	Hits     *hitsData `json:"hits"`
}

//easyjson:json
type hitsData struct {
	Total hitsTotal `json:"total"`
	Hits  []Alert   `json:"hits"`
}

func (a *hitsAnswer) check() error {
	switch {
	case a.TimedOut:
		return errors.New("the search ran out of time")
	case a.Hits == nil:
		return api.Missing("hits")
	case a.Hits.Hits == nil:
		return api.Missing("hits.hits")
	}
	return checkAlerts(a.Hits.Hits)
}

// hitsTotal is a number, or an object with a number, by Elasticsearch's release.
type hitsTotal struct{ api.Raw }

func (t hitsTotal) count() int {
	in := jlexer.Lexer{Data: t.Raw}
	count := -1
	if in.CurrentToken() == jlexer.TokenNumber {
		count = in.Int()
	} else {
		eachField(&in, "", 0, func(name string, in *jlexer.Lexer) {
			if name == "value" && in.CurrentToken() == jlexer.TokenNumber {
				count = in.Int()
				return
			}
			in.SkipRecursive()
		})
	}
	if !in.Ok() {
		return -1
	}
	return max(count, -1)
}
