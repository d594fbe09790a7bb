package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// searchRequest is as much of Elasticsearch's language as clients of cases use: all
// alerts, those with some ids, those of a tenant.
type searchRequest struct {
	Size  *int `json:"size"`
	From  int  `json:"from"`
	Query struct {
		IDs struct {
			Values []string `json:"values"`
		} `json:"ids"`
		Term     map[string]json.RawMessage `json:"term"`
		MatchAll *struct{}                  `json:"match_all"`
	} `json:"query"`
}

// defaultHits is how many hits Elasticsearch gives without a size.
const defaultHits = 10

// search answers data/{index}/_search. The request stands in the body, also of a
// GET, or in the argument source, as Elasticsearch has it for clients that cannot
// send a body with GET (that the platform passes it on is a GUESS).
func (s *Sandbox) search(r *http.Request) answer {
	var asked searchRequest
	body, err := readBody(r)
	if err != nil {
		return failure(http.StatusBadRequest, "The body cannot be read")
	}
	if len(body) == 0 {
		body = []byte(orElse(r.URL.Query().Get("source"), "{}"))
	}
	if json.Unmarshal(body, &asked) != nil {
		return failure(http.StatusBadRequest, "parsing_exception")
	}
	tenant := ""
	for name, value := range asked.Query.Term {
		if name != "tenantid" || json.Unmarshal(value, &tenant) != nil {
			return failure(http.StatusBadRequest, "parsing_exception: this server searches by ids and tenantid alone")
		}
	}
	return s.hits(hitsOf{r.PathValue("index"), asked.Query.IDs.Values, orElse(scopeOf(r), tenant), asked.From, size(asked.Size), r.URL.Query().Has("scroll")})
}

func size(asked *int) int {
	if asked == nil {
		return defaultHits
	}
	return min(max(*asked, 0), 1000)
}

// hitsOf is a search under way; a scroll's id holds it.
type hitsOf struct {
	Index  string
	IDs    []string
	Tenant string
	From   int
	Size   int
	Scroll bool
}

// scroll answers data/_search/scroll: the next hits of a search with ?scroll=.
func (s *Sandbox) scroll(r *http.Request) answer {
	var asked struct {
		ID string `json:"scroll_id"`
	}
	body, err := readBody(r)
	if err == nil && len(body) > 0 {
		err = json.Unmarshal(body, &asked)
	}
	text, err2 := base64.RawURLEncoding.DecodeString(orElse(asked.ID, r.URL.Query().Get("scroll_id")))
	var next hitsOf
	if err != nil || err2 != nil || json.Unmarshal(text, &next) != nil {
		return failure(http.StatusNotFound, "search_context_missing_exception")
	}
	return s.hits(next)
}

// hits are alerts in the order of their cases.
func (s *Sandbox) hits(of hitsOf) answer {
	c := s.cases
	c.mu.RLock()
	defer c.mu.RUnlock()
	prefix, wild := strings.CutSuffix(of.Index, "*")
	found := []alertRow{}
	total := 0
	var row caseRow
	// An alert costs to make: whole cases outside the page are only counted.
	every := wild && prefix == "aella-ser-" && len(of.IDs) == 0
	for at := range c.rows {
		if !c.view(at, &row) || of.Tenant != "" && row.CustID != of.Tenant {
			continue
		}
		if every && (total+row.Size <= of.From || len(found) == of.Size) {
			total += row.Size
			continue
		}
		for n := range row.Size {
			a := c.alert(alertPlace{at, n})
			if len(of.IDs) > 0 && !slices.Contains(of.IDs, a.ID) || a.Index != of.Index && !(wild && strings.HasPrefix(a.Index, prefix)) {
				continue
			}
			total++
			if total > of.From && len(found) < of.Size {
				found = append(found, a)
			}
		}
		if len(of.IDs) > 0 && total == len(of.IDs) {
			break
		}
	}
	type totals struct {
		Value    int    `json:"value"`
		Relation string `json:"relation"`
	}
	result := struct {
		ScrollID string `json:"_scroll_id,omitempty"`
		Took     int    `json:"took"`
		TimedOut bool   `json:"timed_out"`
		Hits     struct {
			Total totals     `json:"total"`
			Hits  []alertRow `json:"hits"`
		} `json:"hits"`
	}{Took: 1}
	result.Hits.Total, result.Hits.Hits = totals{total, "eq"}, found
	if of.Scroll {
		of.From += len(found)
		text, _ := json.Marshal(of) // strings and numbers always encode
		result.ScrollID = base64.RawURLEncoding.EncodeToString(text)
	}
	return success(result)
}
