package station

import (
	"context"
	"database/sql"
	"net/http"
	"slices"
	"strconv"
)

// taken is the condition that no other report of the company has an external id: in
// all of it, or in the enclaves of a JSON list alone.
func taken(id, company, external, companyWide, enclaves string) string {
	return `EXISTS (SELECT 1 FROM reports o WHERE o.external_id = ` + external + ` AND o.company_id = ` + company + ` AND o.id <> ` + id + `
	AND (` + companyWide + ` = 1 OR EXISTS (SELECT 1 FROM report_enclaves oe WHERE oe.report_id = o.id
		AND oe.enclave_id IN (SELECT value FROM json_each(` + enclaves + `)))))`
}

// stored is a submission as the database has it.
type stored struct{ enclaves, tags, indicators string }

// stow finds the indicators of a submission and writes its lists as JSON.
func (sub *submission) stow() (stored, error) {
	if sub.kind != kindIndicators {
		sub.indicators = extract(sub.body)
	}
	if len(sub.indicators) > maxIndicators {
		return stored{}, tooLarge("The report has " + strconv.Itoa(len(sub.indicators)) + " indicators; at most 2,000 are allowed.")
	}
	indicators, err := encode(sub.indicators)
	if err != nil {
		return stored{}, err
	}
	lists := stored{enclaves: jsonList(sub.enclaves), tags: jsonList(sub.tags), indicators: string(indicators)}
	if len(sub.title)+len(sub.body)+len(lists.enclaves)+len(lists.tags)+len(lists.indicators) > maxStored {
		return stored{}, tooLarge("The report is larger than " + strconv.Itoa(maxStored) + " bytes, its indicators included.")
	}
	return lists, nil
}

// file stores a submission and returns the report. It is safe to repeat: under one
// external id there is one report, under one idempotency key a user has one.
func (s *Station) file(ctx context.Context, u user, sub submission, now int64) (report, error) {
	if err := s.mayCreate(ctx, u, sub.enclaves); err != nil {
		return report{}, err
	}
	lists, err := sub.stow()
	if err != nil {
		return report{}, err
	}
	id, err := s.newID()
	if err != nil {
		return report{}, err
	}
	_, inserted, err := one[string](ctx, s, `INSERT INTO reports (id, company_id, user_id, external_id, title, body, external_url,
	time_began, created, updated, distribution, enclaves, indicators, idempotency_key, fingerprint, kind, tags, copied_from)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17
WHERE NOT `+taken("?1", "?2", "?4", "?18", "?11")+`
ON CONFLICT DO NOTHING RETURNING id`,
		id, u.company, u.id, orNull(sub.externalID), sub.title, sub.body, orNull(sub.externalURL),
		sub.timeBegan, now, sub.distribution, lists.enclaves, lists.indicators, orNull(sub.idempotencyKey), sub.fingerprint,
		sub.kind, lists.tags, orNull(sub.copiedFrom), number(sub.companyWide))
	if err != nil {
		return report{}, err
	}
	if !inserted {
		return s.replay(ctx, u, sub)
	}
	return report{id: id, externalID: sub.externalID, indicators: sub.indicators, version: 1, kind: sub.kind}, nil
}

// replay answers a submission that is already there: the stored answer where the
// same request was sent again under its key, else why it is refused.
func (s *Station) replay(ctx context.Context, u user, sub submission) (report, error) {
	var (
		stored                  report
		fingerprint, indicators string
	)
	err := s.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&stored.id, &stored.externalID, &fingerprint, &indicators, &stored.version)
	}, `SELECT id, coalesce(external_id, ''), fingerprint, indicators, version FROM reports WHERE user_id = ?1 AND idempotency_key = ?2`,
		u.id, sub.idempotencyKey)
	switch {
	case err != nil:
		return report{}, err
	case stored.id == "":
		return report{}, errDuplicate
	case fingerprint != sub.fingerprint:
		return report{}, &fault{http.StatusUnprocessableEntity, "Another report was submitted under this Idempotency-Key."}
	}
	return stored, decodeStored(indicators, &stored.indicators)
}

// mayCreate refuses enclaves that the user may not submit to.
func (s *Station) mayCreate(ctx context.Context, u user, ids []string) error {
	return s.mayDo(ctx, u, ids, "submit to", func(e Enclave) bool { return e.Create })
}

// mayUpdate refuses enclaves in which the user may not change what is there.
func (s *Station) mayUpdate(ctx context.Context, u user, ids []string) error {
	return s.mayDo(ctx, u, ids, "update", func(e Enclave) bool { return e.Update })
}

func (s *Station) mayDo(ctx context.Context, u user, ids []string, what string, allowed func(Enclave) bool) error {
	known, err := s.enclavesOf(ctx, u)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !slices.ContainsFunc(known, func(e Enclave) bool { return e.ID == id && allowed(e) }) {
			return forbidden("You may not " + what + " enclave " + id + ", or there is none of that id.")
		}
	}
	return nil
}

// edits is how often a change is tried against others at the same time.
const edits = 16

// edit changes a report: it is read, changed, and written if it is still as it was
// read, from the beginning if it is not.
func (s *Station) edit(ctx context.Context, u user, find func() (report, error), change func(report) (submission, error)) (report, error) {
	for range edits {
		found, err := find()
		if err != nil {
			return report{}, err
		}
		if err := s.requireChange(ctx, u, found); err != nil {
			return report{}, err
		}
		sub, err := change(found)
		if err != nil {
			return report{}, err
		}
		var added []string
		for _, id := range sub.enclaves {
			if !slices.Contains(found.enclaveIDs, id) {
				added = append(added, id)
			}
		}
		if err := s.mayCreate(ctx, u, added); err != nil {
			return report{}, err
		}
		lists, err := sub.stow()
		if err != nil {
			return report{}, err
		}
		_, written, err := one[int64](ctx, s, `UPDATE reports SET title = ?4, body = ?5, external_url = ?6, time_began = ?7, updated = ?8,
	distribution = ?9, enclaves = ?10, indicators = ?11, tags = ?12, external_id = ?13, version = version + 1
WHERE id = ?1 AND version = ?2 AND NOT `+taken("?1", "reports.company_id", "?13", "?14", "?10")+` AND ?3 <> '' RETURNING version`,
			found.id, found.version, u.company, sub.title, sub.body, orNull(sub.externalURL), sub.timeBegan, max(s.millis(), found.updated),
			sub.distribution, lists.enclaves, lists.indicators, lists.tags, orNull(sub.externalID), number(sub.companyWide))
		if err != nil {
			return report{}, err
		}
		if written {
			found.version, found.externalID, found.indicators = found.version+1, sub.externalID, sub.indicators
			return found, nil
		}
		_, same, err := one[int64](ctx, s, `SELECT version FROM reports WHERE id = ?1 AND version = ?2`, found.id, found.version)
		if err != nil {
			return report{}, err
		}
		if same {
			return report{}, errDuplicate
		}
	}
	return report{}, &fault{http.StatusServiceUnavailable, "Others changed the report at the same time. Nothing was changed; try again."}
}

// again is a stored report as a submission, for changes of a part of it.
func (r report) again() submission {
	return submission{
		title: r.title, body: r.body, externalID: r.externalID, externalURL: r.externalURL, distribution: r.distribution, kind: r.kind,
		enclaves: r.enclaveIDs, tags: r.tags, indicators: r.indicators, timeBegan: r.timeBegan,
	}
}
