package station

import (
	"context"
	"database/sql"
	"strings"
)

// whitelist is the library of a company's own whitelist.
const whitelist = ""

// whitelist13 answers GET /1.3/whitelist.
func (s *Station) whitelist13(ctx context.Context, c *call) (answer, error) {
	page, err := c.window(25, 1000)
	if err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, nil)
	return s.typedPage(ctx, q, page, `SELECT type, entity, NULL, NULL, count(*) OVER () FROM safelisted
WHERE company_id = ?3 AND library = '' AND ?1 <> '' AND ?2 <> '' ORDER BY folded, type`, false)
}

// addToWhitelist13 answers POST /1.3/whitelist with what was recognised and is on the list
// now; the rest is left out.
func (s *Station) addToWhitelist13(ctx context.Context, c *call) (answer, error) {
	var terms idList
	if _, err := c.decode(&terms); err != nil {
		return answer{}, err
	}
	if err := checkValues(terms); err != nil {
		return answer{}, err
	}
	if err := checkEntity(terms...); err != nil {
		return answer{}, err
	}
	var list indicatorList13
	var rows safelistedRows
	for _, term := range terms {
		for _, one := range recognise(term).known13() {
			item := indicator13{GUID: guid13(one.Type, one.Value), Type: one.Type, Value: one.Value}
			rows = append(rows, s.safelistRow(c.user, whitelist, one.Type, one.Value))
			list = append(list, item)
		}
	}
	if err := s.storeSafelisted(ctx, c.user, whitelist, rows); err != nil {
		return answer{}, err
	}
	return jsonAnswer(list)
}

// safelistRow is an entry of a library, whose id follows from what it is.
func (s *Station) safelistRow(u user, library, entityType, entity string) safelistedRow {
	folded := fold(entity)
	return safelistedRow{nameID("safelisted", u.company, library, entityType, folded), folded, entityType, entity}
}

func (s *Station) storeSafelisted(ctx context.Context, u user, library string, rows safelistedRows) error {
	return inParts(rows, func(part safelistedRows) error {
		text, err := encode(part)
		if err != nil {
			return err
		}
		return s.exec(ctx, `INSERT INTO safelisted (guid, company_id, library, folded, type, entity, created, created_by)
SELECT json_extract(value, '$.g'), ?2, ?3, json_extract(value, '$.f'), json_extract(value, '$.t'), json_extract(value, '$.e'), ?4, ?5
FROM json_each(?1) WHERE 1 ON CONFLICT DO NOTHING`, string(text), u.company, library, s.millis(), u.id)
	})
}

func (r safelistedRow) size() int { return 150 + 6*(len(r.Folded)+len(r.Entity)) }

// removeFromWhitelist13 answers DELETE /1.3/whitelist with nothing; what is not on the list
// is not found (GUESS).
func (s *Station) removeFromWhitelist13(ctx context.Context, c *call) (answer, error) {
	value := strings.TrimSpace(c.query.Get("value"))
	if value == "" {
		return answer{}, badRequest("value is missing: what to take off the whitelist.")
	}
	removed := 0
	err := s.each(ctx, func(rows *sql.Rows) error { removed++; return nil },
		`DELETE FROM safelisted WHERE company_id = ?1 AND library = '' AND folded = ?2 AND (?3 = '' OR type = ?3) RETURNING guid`,
		c.user.company, fold(value), strings.ToUpper(c.query.Get("indicatorType")))
	if err == nil && removed == 0 {
		err = notFound("The whitelist does not have this.")
	}
	return answer{}, err
}
