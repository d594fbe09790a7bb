package station

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxName is how many characters the name of a library or a workflow has.
const maxName = 120

// excerptBytes is about how long the excerpt of a library is.
const excerptBytes = 100

// libraries returns the company's libraries, or the one of an id, with their entries.
func (s *Station) libraries(ctx context.Context, u user, guid string) (safelistList, error) {
	var list safelistList
	err := s.each(ctx, func(rows *sql.Rows) error {
		one := safelistAnswer{CompanyGUID: u.company, Entries: &safelistEntryList{}}
		err := rows.Scan(&one.GUID, &one.Name, &one.CreatedAt, &one.UpdatedAt, &one.CreatedBy, &one.UpdatedBy)
		list = append(list, one)
		return err
	}, `SELECT guid, name, created, updated, created_by, updated_by FROM safelists WHERE company_id = ?1 AND (?2 = '' OR guid = ?2)
ORDER BY name, created, guid`, u.company, guid)
	if err != nil {
		return nil, err
	}
	err = s.each(ctx, func(rows *sql.Rows) error {
		var library string
		var entry safelistEntry
		if err := rows.Scan(&library, &entry.GUID, &entry.Entity, &entry.Type, &entry.CreatedBy, &entry.CreatedAt); err != nil {
			return err
		}
		for i := range list {
			if list[i].GUID == library {
				*list[i].Entries = append(*list[i].Entries, entry)
				if len(list[i].Excerpt) < excerptBytes {
					list[i].Excerpt = strings.TrimPrefix(list[i].Excerpt+", "+entry.Entity, ", ")
				}
			}
		}
		return nil
	}, `SELECT library, guid, entity, type, created_by, created FROM safelisted WHERE company_id = ?1 AND library <> '' AND (?2 = '' OR library = ?2)
ORDER BY folded, type`, u.company, guid)
	return list, err
}

// safelists20 answers GET /2.0/safelist-libraries without entries.
func (s *Station) safelists20(ctx context.Context, c *call) (answer, error) {
	list, err := s.libraries(ctx, c.user, "")
	if err != nil {
		return answer{}, err
	}
	for i := range list {
		list[i].Entries = nil
	}
	return jsonAnswer(list)
}

// library returns the library that the path names, with its entries.
func (s *Station) library(ctx context.Context, c *call) (safelistAnswer, error) {
	list, err := s.libraries(ctx, c.user, c.PathValue("guid"))
	if err != nil {
		return safelistAnswer{}, err
	}
	if len(list) == 0 {
		return safelistAnswer{}, notFound("There is no safelist library of that guid.")
	}
	return list[0], nil
}

// safelist20 answers GET /2.0/safelist-libraries/{guid}.
func (s *Station) safelist20(ctx context.Context, c *call) (answer, error) {
	found, err := s.library(ctx, c)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(found)
}

// createSafelist20 answers POST /2.0/safelist-libraries.
func (s *Station) createSafelist20(ctx context.Context, c *call) (answer, error) {
	var request safelistRequest
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	name := strings.TrimSpace(unmarked(request.Name))
	if name == "" || utf8.RuneCountInString(name) > maxName {
		return answer{}, badRequest("A library has a name of at most 120 characters.")
	}
	id, err := s.newID()
	if err != nil {
		return answer{}, err
	}
	now := s.millis()
	err = s.exec(ctx, `INSERT INTO safelists (guid, company_id, name, created, created_by, updated, updated_by) VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?5)`,
		id, c.user.company, name, now, c.user.id)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(safelistAnswer{
		GUID: id, Name: name, CompanyGUID: c.user.company, CreatedAt: now, UpdatedAt: now, CreatedBy: c.user.id, UpdatedBy: c.user.id,
	})
}

// addToSafelist20 answers PATCH /2.0/safelist-libraries/{guid}: the entries are added to
// those that are there.
func (s *Station) addToSafelist20(ctx context.Context, c *call) (answer, error) {
	var request safelistRequest
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	if len(request.Entries) > maxValues {
		return answer{}, tooLarge("The call adds more than 10,000 entries.")
	}
	found, err := s.library(ctx, c)
	if err != nil {
		return answer{}, err
	}
	types := append(observableTypes(), indicatorTypes()...)
	var rows safelistedRows
	for _, entry := range request.Entries {
		entity := strings.TrimSpace(unmarked(entry.Entity))
		switch {
		case entity == "":
			return answer{}, badRequest("An entry has an entity.")
		case checkEntity(entity) != nil:
			return answer{}, checkEntity(entity)
		case !slices.Contains(types, entry.Type):
			return answer{}, badRequest("There is no type " + entry.Type + ".")
		}
		rows = append(rows, s.safelistRow(c.user, found.GUID, entry.Type, entity))
	}
	if err := s.storeSafelisted(ctx, c.user, found.GUID, rows); err != nil {
		return answer{}, err
	}
	if err := s.touchSafelist(ctx, c); err != nil {
		return answer{}, err
	}
	return s.safelist20(ctx, c)
}

func (s *Station) touchSafelist(ctx context.Context, c *call) error {
	return s.exec(ctx, `UPDATE safelists SET updated = max(updated, ?3), updated_by = ?4 WHERE company_id = ?1 AND guid = ?2`,
		c.user.company, c.PathValue("guid"), s.millis(), c.user.id)
}

// removeFromSafelist20 answers DELETE /2.0/safelist-libraries/{guid}/{entryGuid} with nothing.
func (s *Station) removeFromSafelist20(ctx context.Context, c *call) (answer, error) {
	_, removed, err := one[string](ctx, s, `DELETE FROM safelisted WHERE company_id = ?1 AND library = ?2 AND library <> '' AND guid = ?3 RETURNING guid`,
		c.user.company, c.PathValue("guid"), c.PathValue("entryGuid"))
	switch {
	case err != nil:
		return answer{}, err
	case !removed:
		return answer{}, notFound("The library has no entry of that guid.")
	}
	return answer{}, s.touchSafelist(ctx, c)
}

// deleteSafelist20 answers DELETE /2.0/safelist-libraries/{guid} with nothing; the entries
// go along.
func (s *Station) deleteSafelist20(ctx context.Context, c *call) (answer, error) {
	_, removed, err := one[string](ctx, s, `DELETE FROM safelists WHERE company_id = ?1 AND guid = ?2 RETURNING guid`, c.user.company, c.PathValue("guid"))
	if err == nil && !removed {
		err = notFound("There is no safelist library of that guid.")
	}
	return answer{}, err
}

// extractSafelist20 answers POST /2.0/safelist-libraries/extract: what could become entries.
// Nothing is stored, and nothing is held back: known-good values are what is meant.
func (s *Station) extractSafelist20(_ context.Context, c *call) (answer, error) {
	var request safelistRequest
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	return jsonAnswer(recognise(request.Text).entities())
}
