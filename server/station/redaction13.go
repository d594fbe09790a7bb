package station

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"
)

// SetRedaction puts a term into a company's redaction library, with the word that stands
// for it, as in "company" for <company>; an empty word takes the term out.
func (s *Station) SetRedaction(ctx context.Context, company, term, placeholder string) error {
	term = fold(strings.TrimSpace(term))
	if strings.TrimSpace(company) == "" || term == "" {
		return errors.New("station: a redaction has a company and a term")
	}
	id, err := s.company(ctx, company)
	if err != nil {
		return fmt.Errorf("station: set redaction: %w", err)
	}
	if placeholder == "" {
		err = s.exec(ctx, `DELETE FROM redactions WHERE company_id = ?1 AND term = ?2`, id, term)
	} else {
		err = s.exec(ctx, `INSERT INTO redactions (company_id, term, placeholder) VALUES (?1, ?2, ?3)
ON CONFLICT (company_id, term) DO UPDATE SET placeholder = excluded.placeholder`, id, term, placeholder)
	}
	if err != nil {
		return fmt.Errorf("station: set redaction: %w", err)
	}
	return nil
}

// replacement is a term of a redaction library.
type replacement struct{ term, placeholder string }

// redact13 answers POST /1.3/redaction/report: the two texts with every term of the
// company's library replaced. Nothing is stored.
func (s *Station) redact13(ctx context.Context, c *call) (answer, error) {
	var request redaction
	if _, err := c.decode(&request); err != nil {
		return answer{}, err
	}
	var library []replacement
	err := s.each(ctx, func(rows *sql.Rows) error {
		var one replacement
		err := rows.Scan(&one.term, &one.placeholder)
		library = append(library, one)
		return err
		// The longer term first: it may hold a shorter one.
	}, `SELECT term, placeholder FROM redactions WHERE company_id = ?1 ORDER BY length(term) DESC, term`, c.user.company)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(redaction{redact(request.Title, library), redact(request.ReportBody, library)})
}

// redact replaces the terms wherever they stand as words, without regard to the case of
// ASCII letters. Folding keeps the length, so that places in both texts are the same.
func redact(text string, library []replacement) string {
	folded := fold(text)
	var out strings.Builder
	for at := 0; at < len(text); {
		hit := replacement{}
		if at == 0 || !insideWord(text, at) {
			for _, one := range library {
				if strings.HasPrefix(folded[at:], one.term) && !insideWord(text, at+len(one.term)) {
					hit = one
					break
				}
			}
		}
		if hit.term != "" {
			out.WriteString("<" + hit.placeholder + ">")
			at += len(hit.term)
			continue
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		out.WriteString(text[at : at+size])
		at += size
	}
	return out.String()
}

// insideWord reports whether a place is in the middle of a word.
func insideWord(text string, at int) bool {
	letter := func(b byte) bool {
		return b >= 0x80 || b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z'
	}
	return at > 0 && at < len(text) && letter(text[at-1]) && letter(text[at])
}
