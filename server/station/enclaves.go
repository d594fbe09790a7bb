package station

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The kinds of an enclave that a station creates.
const (
	EnclaveInternal  = "INTERNAL"
	EnclaveOpen      = "OPEN"
	EnclaveClosed    = "CLOSED"
	EnclaveResearch  = "RESEARCH"
	EnclaveOther     = "OTHER"
	enclaveCommunity = "COMMUNITY"
)

// NewEnclave names an enclave to be created.
type NewEnclave struct {
	// Company that owns it; a company has one enclave of a name.
	Company string
	Name    string
	// Type is one of the kinds; "" means EnclaveInternal.
	Type string
	// Template is TemplatePhishing for an enclave of phishing submissions, "" for any other.
	Template string
}

// Permissions are what a user may do in an enclave.
type Permissions struct{ Read, Create, Update bool }

// CreateEnclave creates an enclave, or returns the one of that name. Nobody may
// do anything in it until Grant.
func (s *Station) CreateEnclave(ctx context.Context, given NewEnclave) (Enclave, error) {
	if given.Type == "" {
		given.Type = EnclaveInternal
	}
	if given.Template == "" {
		given.Template = templatePrivate
	}
	kinds := []string{EnclaveInternal, EnclaveOpen, EnclaveClosed, EnclaveResearch, EnclaveOther}
	switch {
	case strings.TrimSpace(given.Company) == "" || strings.TrimSpace(given.Name) == "":
		return Enclave{}, errors.New("station: an enclave has a company and a name")
	case given.Template != templatePrivate && given.Template != TemplatePhishing:
		return Enclave{}, errors.New("station: an enclave's template is " + TemplatePhishing + " or none")
	case !slices.Contains(kinds, given.Type):
		return Enclave{}, errors.New("station: an enclave's type is one of " + strings.Join(kinds, ", "))
	}
	company, err := s.company(ctx, given.Company)
	if err != nil {
		return Enclave{}, fmt.Errorf("station: create enclave: %w", err)
	}
	id, err := s.newID()
	if err != nil {
		return Enclave{}, fmt.Errorf("station: create enclave: %w", err)
	}
	err = s.exec(ctx, `INSERT INTO enclaves (id, company_id, name, type, created, template) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING`,
		id, company, given.Name, given.Type, s.millis(), given.Template)
	if err != nil {
		return Enclave{}, fmt.Errorf("station: create enclave: %w", err)
	}
	created := Enclave{Name: given.Name}
	err = s.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&created.ID, &created.Type, &created.Template)
	}, `SELECT id, type, template FROM enclaves WHERE company_id = ?1 AND name = ?2`, company, given.Name)
	if err != nil {
		return Enclave{}, fmt.Errorf("station: create enclave: %w", err)
	}
	return created, nil
}

// Grant sets what a user may do in an enclave, in place of what was granted before.
func (s *Station) Grant(ctx context.Context, userID, enclaveID string, p Permissions) error {
	granted, _, err := one[string](ctx, s, `INSERT INTO grants (user_id, enclave_id, can_read, can_create, can_update)
SELECT u.id, e.id, ?3, ?4, ?5 FROM users u, enclaves e WHERE u.id = ?1 AND e.id = ?2
ON CONFLICT (user_id, enclave_id) DO UPDATE SET
	can_read = excluded.can_read, can_create = excluded.can_create, can_update = excluded.can_update
RETURNING enclave_id`, userID, enclaveID, number(p.Read), number(p.Create), number(p.Update))
	if err != nil {
		return fmt.Errorf("station: grant: %w", err)
	}
	if granted == "" {
		return errors.New("station: grant: there is no such user or no such enclave")
	}
	return nil
}

// number stores a truth value.
func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// enclavesOf returns all enclaves in which the user may do something, Community
// included, ordered by name.
func (s *Station) enclavesOf(ctx context.Context, u user) (enclaveList, error) {
	var list enclaveList
	err := s.each(ctx, func(rows *sql.Rows) error {
		var e Enclave
		if err := rows.Scan(&e.ID, &e.Name, &e.Type, &e.Template, &e.Read, &e.Create, &e.Update); err != nil {
			return err
		}
		list = append(list, e)
		return nil
	}, `SELECT e.id, e.name, e.type, e.template,
	e.type = 'COMMUNITY' OR g.can_read = 1, e.type = 'COMMUNITY' OR g.can_create = 1, coalesce(g.can_update, 0)
FROM enclaves e LEFT JOIN grants g ON g.enclave_id = e.id AND g.user_id = ?1
WHERE e.type = 'COMMUNITY' OR g.can_read + g.can_create + g.can_update > 0
ORDER BY e.name, e.id`, u.id)
	return list, err
}

// readable checks a filter of enclave ids. Passing over one that may not be read
// would make "nothing found" a lie, so it is refused (GUESS: the vendor's answer is
// not known).
func (s *Station) readable(ctx context.Context, u user, ids []string) error {
	if len(ids) == 0 {
		return nil
	}
	known, err := s.enclavesOf(ctx, u)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(known, func(e Enclave) bool { return e.ID == id && e.Read }) {
			return forbidden("You may not read enclave " + id + ", or there is none of that id.")
		}
	}
	return nil
}

// enclaves answers GET /1.3/enclaves and GET /2.0/enclaves: all of the caller's, in one list.
func (s *Station) enclaves(ctx context.Context, c *call) (answer, error) {
	list, err := s.enclavesOf(ctx, c.user)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(list)
}
