package station

import (
	"context"
	"strconv"
	"strings"
)

const (
	// maxExport is how many indicators an export has.
	maxExport = 100_000
	// exportPart is how many of them are described at a time.
	exportPart = 1000
)

// startExport13 answers POST /1.3/indicators/metadata/bulk-export with the job's id. The
// search is kept and carried out when the data are fetched, so that the job is complete
// at once: a Worker has no time after its answer.
func (s *Station) startExport13(ctx context.Context, c *call) (answer, error) {
	asked, err := s.searchQuery(ctx, c, dayMillis, "tags", "excludedTags")
	if err != nil {
		return answer{}, err
	}
	text, err := encode(asked)
	if err != nil {
		return answer{}, err
	}
	id, err := s.newID()
	if err != nil {
		return answer{}, err
	}
	now := s.millis()
	if err := s.exec(ctx, `DELETE FROM exports WHERE created < ?1`, now-dayMillis); err != nil {
		return answer{}, err
	}
	if err := s.exec(ctx, `INSERT INTO exports (guid, user_id, query, created) VALUES (?1, ?2, ?3, ?4)`, id, c.user.id, string(text), now); err != nil {
		return answer{}, err
	}
	return jsonAnswer(guidAnswer{id})
}

// export returns a job of the user's own.
func (s *Station) export(ctx context.Context, c *call) (exportQuery, error) {
	var asked exportQuery
	text, found, err := one[string](ctx, s, `SELECT query FROM exports WHERE guid = ?1 AND user_id = ?2`, c.PathValue("guid"), c.user.id)
	switch {
	case err != nil:
		return asked, err
	case !found:
		return asked, notFound("There is no export of that id; exports are kept for a day.")
	}
	return asked, decodeStored(text, &asked)
}

// exportStatus13 answers GET /1.3/indicators/metadata/bulk-export/{guid}/status.
func (s *Station) exportStatus13(ctx context.Context, c *call) (answer, error) {
	if _, err := s.export(ctx, c); err != nil {
		return answer{}, err
	}
	return jsonAnswer(statusAnswer{"COMPLETE"})
}

// exportData13 answers GET /1.3/indicators/metadata/bulk-export/{guid}/data.csv. The
// vendor's columns are not documented: these are the fields of the metadata (GUESS).
func (s *Station) exportData13(ctx context.Context, c *call) (answer, error) {
	asked, err := s.export(ctx, c)
	if err != nil {
		return answer{}, err
	}
	if err := s.readable(ctx, c.user, asked.Enclaves); err != nil {
		return answer{}, err
	}
	q := newQuery(c.user, asked.Enclaves)
	found, total, err := s.typedRows(ctx, q, window{0, maxExport}, searchStatement(q, asked), false)
	if err != nil {
		return answer{}, err
	}
	if total > maxExport {
		return answer{}, tooLarge("The export has " + strconv.Itoa(total) + " indicators, at most 100,000 are allowed: search a shorter time.")
	}
	var out strings.Builder
	out.WriteString("guid,indicatorType,value,priorityLevel,firstSeen,lastSeen,sightings,noteCount,source,notes,tags,enclaveIds\r\n")
	for len(found) > 0 {
		part := found[:min(len(found), exportPart)]
		found = found[len(part):]
		values := make([]string, len(part))
		for i, one := range part {
			values[i] = fold(one.Value)
		}
		known, err := s.factsOf(ctx, c.user, asked.Enclaves, distinct(values))
		if err != nil {
			return answer{}, err
		}
		byID := map[string]*facts{}
		for i := range known {
			byID[guid13(known[i].indicatorType, known[i].folded)] = &known[i]
		}
		for _, one := range part {
			if f := byID[guid13(one.Type, fold(one.Value))]; f != nil {
				writeRow(&out, f)
			}
		}
	}
	return answer{contentType: "text/csv; charset=utf-8", body: []byte(out.String())}, nil
}

func writeRow(out *strings.Builder, f *facts) {
	names := make([]string, len(f.tags))
	for i, tag := range f.tags {
		names[i] = tag.Name
	}
	for i, cell := range []string{
		guid13(f.indicatorType, f.value), f.indicatorType, f.value, priorityNotFound, strconv.FormatInt(f.first, 10), strconv.FormatInt(f.last, 10),
		strconv.FormatInt(f.sightings, 10), strconv.Itoa(len(f.notes)), f.source, strings.Join(f.notes, "; "),
		strings.Join(names, ";"), strings.Join(f.enclaves, ";"),
	} {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(csvCell(cell))
	}
	out.WriteString("\r\n")
}

// csvCell quotes a cell as RFC 4180 has it, and takes from spreadsheets the formula that
// somebody may have written into a note.
func csvCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
		text = "'" + text
	}
	if strings.ContainsAny(text, "\",\r\n") {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}
