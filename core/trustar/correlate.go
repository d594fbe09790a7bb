package trustar

import (
	"context"
	"errors"
	"iter"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
)

const (
	// maxCorrelated is how many values the vendor advises to ask for at once.
	maxCorrelated = 25
	// maxCorrelatedQuery bounds the encoded values of one request in bytes, since
	// servers refuse long addresses (414).
	maxCorrelatedQuery = 4 << 10
	// correlatedPage is the default size of the vendor's pages; no maximum is known.
	correlatedPage = 25
	// maxDivisions bounds the calls that a look-up makes to find out which values
	// are refused: an account has 60 calls a minute.
	maxDivisions = 12
)

// reportPage is one page of reports.
//
//easyjson:json
type reportPage struct {
	pageHead
	Items []report `json:"items"`
}

func (p *reportPage) check() error {
	if p.Items == nil {
		return api.Missing("items")
	}
	for i := range p.Items {
		if err := p.Items[i].check(); err != nil {
			return err
		}
	}
	return nil
}

// idList is 1.2's answer.
//
//easyjson:json
type idList []string

func (l *idList) check() error {
	if *l == nil {
		return api.Missing("list")
	}
	for _, id := range *l {
		if id == "" {
			return api.Missing("id for one of its reports")
		}
	}
	return nil
}

// Correlated returns the readable reports that hold any of the values, each once.
// A report that correlates but cannot be read in full (1.2) has its ID alone.
//
// The real service fails a whole call for one value that it does not like: URLs
// and domains, and values it has never seen. Therefore URLs and domains are asked
// for apart from the rest, and a refused batch is divided to find the values at
// fault. An *UncheckedError names values that could not be asked about; it is not
// the end: the iteration goes on with the other values. Any other error ends it.
func (c *Client) Correlated(ctx context.Context, values []string) iter.Seq2[Report, error] {
	return func(yield func(Report, error) bool) {
		batches, unasked := batch(values)
		if len(unasked) > 0 {
			cause := &api.InvalidError{Field: "indicators", Problem: "values that hold a comma or are very long cannot be asked for"}
			if !yield(Report{}, &UncheckedError{Values: unasked, Cause: cause}) {
				return
			}
		}
		k := correlation{client: c, ctx: ctx, yield: yield, seen: map[string]struct{}{}, divisions: maxDivisions}
		for _, values := range batches {
			if !k.ask(values) {
				return
			}
		}
	}
}

// correlation is one run of Correlated. Its methods return false to end it.
type correlation struct {
	client    *Client
	ctx       context.Context
	yield     func(Report, error) bool
	seen      map[string]struct{}
	divisions int
}

func (k *correlation) ask(values []string) bool {
	if k.client.version == Version12 {
		return k.ask12(values)
	}
	return k.ask13(values)
}

// ask13 asks for pages of reports.
//
// Source: the vendor's page "Find Correlated Reports" of version 1.3.
//
//api:operation GET /1.3/reports/correlated
func (k *correlation) ask13(values []string) bool {
	for number, more := 0, true; more; number++ {
		query := pageQuery(number, correlatedPage)
		for _, value := range values {
			query.Add("indicators", value)
		}
		req := k.client.get("find correlated reports", query, "reports", "correlated")
		var page reportPage
		err := k.client.reports.DoInto(k.ctx, req, page.UnmarshalEasyJSON, page.check, func() (err error) {
			more, err = page.more(number, correlatedPage, len(page.Items))
			return err
		})
		if err != nil {
			return k.failed(req, values, err)
		}
		for i := range page.Items {
			if !k.found(page.Items[i].public()) {
				return false
			}
		}
	}
	return true
}

// ask12 asks for ids, and for each report by its id.
//
// Source: the vendor's page "Find Correlated Reports" of version 1.2.
//
//api:operation GET /1.2/reports/correlate
func (k *correlation) ask12(values []string) bool {
	query := api.Query{{Name: "q", Value: strings.Join(values, ",")}}
	req := k.client.get("find correlated reports", query, "reports", "correlate")
	var ids idList
	if err := k.client.reports.DoInto(k.ctx, req, ids.UnmarshalEasyJSON, ids.check, nil); err != nil {
		return k.failed(req, values, err)
	}
	for _, id := range ids {
		if _, seen := k.seen[id]; seen {
			continue
		}
		result, err := k.client.Report(k.ctx, id)
		if unreadable(err) {
			result, err = Report{ID: id}, nil // it correlates all the same
		}
		if err != nil {
			k.yield(Report{}, err)
			return false
		}
		if !k.found(result) {
			return false
		}
	}
	return true
}

func unreadable(err error) bool {
	var status *api.StatusError
	return errors.Is(err, ErrNotFound) || (errtype.As(err, &status) && status.Status == 403)
}

func (k *correlation) found(r Report) bool {
	if _, seen := k.seen[r.ID]; seen {
		return true
	}
	k.seen[r.ID] = struct{}{}
	return k.yield(r, nil)
}

// failed divides a batch that was refused for its values; any other error ends the run.
func (k *correlation) failed(req *api.Request, values []string, err error) bool {
	status, ok := refusal(req, err)
	if !ok || (status.Status != 400 && status.Status != 414 && status.Status != 422) {
		k.yield(Report{}, err)
		return false
	}
	if len(values) == 1 || k.divisions < 2 {
		return k.yield(Report{}, &UncheckedError{Values: values, Cause: err})
	}
	k.divisions -= 2
	half := len(values) / 2
	return k.ask(values[:half]) && k.ask(values[half:])
}

// batch divides distinct values among requests, URLs and domains last. Lists in
// addresses are divided at commas, so a value with a comma would be asked for in
// two halves, neither of which anybody knows.
func batch(values []string) (batches [][]string, unasked []string) {
	seen := make(map[string]struct{}, len(values))
	var plain, named []string
	for _, value := range values {
		if _, again := seen[value]; again || value == "" {
			continue
		}
		seen[value] = struct{}{}
		switch {
		case strings.Contains(value, ",") || encodedSize(value) > maxCorrelatedQuery:
			unasked = append(unasked, value)
		case namesHost(value):
			named = append(named, value)
		default:
			plain = append(plain, value)
		}
	}
	return append(divide(plain), divide(named)...), unasked
}

func divide(values []string) (batches [][]string) {
	start, size := 0, 0
	for i, value := range values {
		n := encodedSize(value)
		if i-start == maxCorrelated || size+n > maxCorrelatedQuery {
			batches = append(batches, values[start:i:i])
			start, size = i, 0
		}
		size += n
	}
	if start < len(values) {
		batches = append(batches, values[start:])
	}
	return batches
}

func encodedSize(value string) int {
	return len("&") + len(api.Query{{Name: "indicators", Value: value}}.Encode())
}

// namesHost reports whether a value looks like a URL or a domain, as far as that
// decides which values are asked for together: a file name may pass for a domain.
func namesHost(value string) bool {
	if strings.Contains(value, "://") {
		return true
	}
	host, _, _ := strings.Cut(value, "/")
	if strings.ContainsAny(host, "@\\ ") {
		return false
	}
	dot := strings.LastIndexByte(host, '.')
	if dot < 0 || dot+1 == len(host) {
		return false
	}
	c := host[dot+1]
	return c >= 0x80 || ('a' <= c|0x20 && c|0x20 <= 'z') // not the last part of an IPv4 address
}
