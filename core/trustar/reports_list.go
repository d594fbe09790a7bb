package trustar

import (
	"context"
	"iter"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// ReportQuery says which reports to list. Times are about the last update; From is a
// day before To and To is now where they are 0.
type ReportQuery struct {
	Range
	// EnclaveIDs are those to look in; nil is all that are readable.
	EnclaveIDs []string
	// Distribution is DistributionEnclave, DistributionCommunity or "" for both.
	Distribution string
	// Tags are names that a report must have, all of them; 1.2 takes one. ExcludedTags,
	// of which it must have none, are for 1.3 alone.
	Tags         []string
	ExcludedTags []string
	// SubmittedBy is "ME", "OTHERS" or "" for both; for 1.2 alone.
	SubmittedBy string
}

const (
	day = Timestamp(24 * time.Hour / time.Millisecond)

	// maxListed ends a walk whose server goes on for ever; a page has 25 reports.
	maxListed = 100_000
)

func (q ReportQuery) encode(version string) (api.Query, error) {
	var query api.Query
	if err := q.check(0); err != nil {
		return nil, err
	}
	query.AddNonEmpty("distributionType", q.Distribution)
	if err := checkTagNames(append(append([]string(nil), q.Tags...), q.ExcludedTags...)...); err != nil {
		return nil, err
	}
	if version == Version12 {
		switch {
		case len(q.Tags) > 1:
			return nil, invalid("tag", "may be one alone in API 1.2")
		case len(q.ExcludedTags) > 0:
			return nil, invalid("excludedTags", "is nothing that API 1.2 has")
		}
		query.AddNonEmpty("submittedBy", q.SubmittedBy)
		err := addAll(&query, "enclaveIds", q.EnclaveIDs)
		if err == nil {
			err = addAll(&query, "tag", q.Tags)
		}
		return query, err
	}
	if q.SubmittedBy != "" {
		return nil, invalid("submittedBy", "is for API 1.2 alone")
	}
	return query, filter{EnclaveIDs: q.EnclaveIDs, Tags: q.Tags, ExcludedTags: q.ExcludedTags}.addTo(&query)
}

// reportList12 is a page of reports in 1.2.
//
//easyjson:json
type reportList12 struct {
	More *bool `json:"moreResults"`
	Data struct {
		Reports []report `json:"reports"`
	} `json:"data"`
}

func (l *reportList12) check() error {
	if l.Data.Reports == nil {
		return api.Missing("reports")
	}
	page := reportPage{Items: l.Data.Reports}
	return page.check()
}

// List iterates over the reports that were updated in a span of time, the latest first,
// bodies included. The server shows the latest of a span alone, 25 by default, and cuts
// a span to its last two weeks (a day by another source): List asks again for what is
// older, until it has come to From. A report that is updated while it runs may be
// missed or come twice.
//
// Source: the vendor's Python SDK, whose walk this is, and its page "Get Reports" for
// 1.2.
//
//api:operation GET /1.2/reports
//api:operation GET /1.3/reports
func (s Reports) List(ctx context.Context, q ReportQuery) iter.Seq2[Report, error] {
	if s.c.version == Version20 {
		return none[Report](s.c.lacks("list reports", versions12And13))
	}
	filters, err := q.encode(s.c.version)
	if err != nil {
		return none[Report](err)
	}
	if q.To == 0 {
		q.To = At(s.c.now())
	}
	if q.From == 0 {
		q.From = max(q.To-day, 1)
	}
	if err := q.check(0); err != nil {
		return none[Report](err)
	}
	w := reportWalk{s: s, filters: filters, from: q.From, to: q.To, unit: 1}
	if s.c.version == Version12 {
		w.unit = 1000
	}
	return api.Pages(q.To, func(to Timestamp) (api.Page[Timestamp, Report], error) { return w.page(ctx, to) })
}

// reportWalk is one run of List.
type reportWalk struct {
	s       Reports
	filters api.Query
	from    Timestamp
	to      Timestamp
	unit    Timestamp // of a request's times, in milliseconds
	pages   int
	// seen are the ids of the last page: a report at its end begins the next one.
	seen map[string]struct{}
}

// ask gets the latest reports of a span for fits; more is what the server says.
func (w *reportWalk) ask(ctx context.Context, to Timestamp, fits func(found []report, more bool) error) error {
	query := append(api.Query(nil), w.filters...)
	Range{w.from, to}.addTo(&query, w.s.c.version)
	req, err := w.s.request(w.s.either(), "GET", "list reports", query, "reports")
	if err != nil {
		return err
	}
	said := func(flag *bool) bool { return flag != nil && *flag }
	if w.s.c.version == Version12 {
		var page reportList12
		return w.s.into(ctx, req, &page, func() error { return fits(page.Data.Reports, said(page.More)) })
	}
	var page reportPage
	return w.s.into(ctx, req, &page, func() error { return fits(page.Items, said(page.HasNext)) })
}

var (
	errNoOrder    error = words("a report lies outside the time asked for, or has none")
	errNoProgress error = words("more reports have the same time than the server shows at once")
	errEndless    error = words("the list does not end")
)

func (w *reportWalk) page(ctx context.Context, to Timestamp) (page api.Page[Timestamp, Report], err error) {
	w.pages++
	err = w.ask(ctx, to, func(found []report, more bool) error {
		if w.pages > maxListed {
			return errEndless
		}
		last, oldest := w.seen, to
		w.seen = make(map[string]struct{}, len(found))
		for i := range found {
			// Rounded seconds reach beyond to.
			if at := found[i].Updated; at <= 0 || at > to+w.unit {
				return errNoOrder
			}
			oldest = min(oldest, found[i].Updated)
			w.seen[found[i].ID] = struct{}{}
			if _, again := last[found[i].ID]; !again && found[i].Updated >= w.from && found[i].Updated <= w.to {
				page.Items = append(page.Items, found[i].public())
			}
		}
		switch {
		case len(found) == 0:
			page.Next = to - day // as the vendor's SDK does: the server may look back no further
		case len(page.Items) > 0 && (oldest < to || more):
			page.Next = oldest
		case more && len(page.Items) == 0:
			return errNoProgress
		default:
			page.Next = oldest - w.unit
		}
		page.More = page.Next >= w.from
		return nil
	})
	return page, err
}
