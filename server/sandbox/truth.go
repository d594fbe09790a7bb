package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Within narrows a truth to the cases that a client looks into.
type Within struct {
	// CreatedFrom leaves out older cases; the zero Time leaves out none.
	CreatedFrom time.Time
	// Top keeps only so many cases of those, highest score first, ties by id; 0 keeps all.
	Top int
}

// TruthFor returns the ids of all cases that hold at least one of the values among
// their observables, sorted. Case does not matter. It panics if the database does.
func (s *Sandbox) TruthFor(values []string) []CaseID {
	ids, err := s.TruthWithin(context.Background(), values, Within{})
	if err != nil {
		panic(err)
	}
	return ids
}

// TruthWithin is TruthFor over some of the cases. With CreatedFrom thirty days ago
// and Top 500 it is what a look-up over the API can know.
func (s *Sandbox) TruthWithin(ctx context.Context, values []string, within Within) ([]CaseID, error) {
	lower := make([]string, len(values))
	for i, v := range values {
		lower[i] = strings.ToLower(v)
	}
	list, err := json.Marshal(lower)
	if err != nil {
		return nil, fmt.Errorf("sandbox: truth: %w", err)
	}
	from, top := int64(0), -1 // SQLite: a negative limit is none
	if !within.CreatedFrom.IsZero() {
		from = within.CreatedFrom.UnixMilli()
	}
	if within.Top > 0 {
		top = within.Top
	}
	rows, err := s.db.QueryContext(ctx, `
		WITH looked AS (SELECT id FROM cases WHERE created_at >= ? ORDER BY score DESC, id LIMIT ?)
		SELECT DISTINCT case_id FROM sightings
		WHERE value IN (SELECT value FROM json_each(?)) AND case_id IN looked ORDER BY case_id`, from, top, string(list))
	if err != nil {
		return nil, fmt.Errorf("sandbox: truth: %w", err)
	}
	defer rows.Close()
	ids := []CaseID{}
	for rows.Next() {
		var id CaseID
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("sandbox: truth: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}
