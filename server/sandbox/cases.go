package sandbox

import (
	"database/sql"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
)

// listCases answers GET cases. Total counts all matches, before limit and skip.
func (s *Sandbox) listCases(r *http.Request) answer {
	q, err := parseQuery(r.URL.RawQuery)
	if bad := (*badArgument)(nil); errors.As(err, &bad) {
		return failure(http.StatusBadRequest, bad.Error())
	}
	total, page, err := s.find(r.Context(), q)
	if err != nil {
		return s.broken(err)
	}
	if q.summary {
		for i := range page {
			page[i].Summary = summary(page[i])
		}
	}
	type data struct {
		Total int       `json:"total"`
		Cases []caseRow `json:"cases"`
	}
	return success(struct {
		Data data `json:"data"`
	}{data{total, page}})
}

// getCase answers GET cases/{id}.
func (s *Sandbox) getCase(r *http.Request) answer {
	c, err := scan(s.db.QueryRowContext(r.Context(), "SELECT "+columns+" FROM cases WHERE id = ?", r.PathValue("id")))
	if err != nil {
		return s.missing(err)
	}
	return success(struct {
		Data caseRow `json:"data"`
	}{c})
}

// getObservables answers GET cases/{id}/observables: not under "data", unlike the others.
func (s *Sandbox) getObservables(r *http.Request) answer {
	body, err := s.observablesOf(r.Context(), r.PathValue("id"))
	if err != nil {
		return s.missing(err)
	}
	return success(struct {
		Observables json.RawMessage `json:"observables"`
	}{body})
}

// missing is 404 for an unknown case (GUESS).
func (s *Sandbox) missing(err error) answer {
	if errors.Is(err, sql.ErrNoRows) {
		return failure(http.StatusNotFound, "Case not found")
	}
	return s.broken(err)
}

func (s *Sandbox) broken(err error) answer {
	s.options.Log.Error("answering failed", "error", err)
	return failure(http.StatusInternalServerError, "Internal error")
}

func summary(c caseRow) string {
	return "Observed " + strconv.Itoa(c.Size) + " alerts in tenant " + c.TenantName + "\nScore " + strconv.FormatFloat(c.Score, 'f', -1, 64) + ", severity " + c.Severity
}
