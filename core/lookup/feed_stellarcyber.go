package lookup

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/core/internal/errtype"
	"github.com/sightline-sec/sightline/core/lookup/index"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

// CaseFeed walks Stellar Cyber's cases: a list call gives 500, and what one holds is
// a call for its observables.
type CaseFeed struct {
	client   *stellarcyber.Client
	identity SourceState
}

// NewCaseFeed returns the feed behind a client.
func NewCaseFeed(client *stellarcyber.Client, identity SourceState) CaseFeed {
	return CaseFeed{client, identity}
}

// Identity implements Feed.
func (c CaseFeed) Identity() SourceState { return c.identity }

// Kind implements Feed.
func (c CaseFeed) Kind() string { return KindCase }

// Limits implements Feed. No source publishes how many calls the platform bears.
func (c CaseFeed) Limits() Limits { return Limits{Page: stellarcyber.MaxLimit, ByChange: true} }

// List implements Feed.
func (c CaseFeed) List(ctx context.Context, q Cursor) (Page, error) {
	query := stellarcyber.CaseQuery{
		Limit: q.Limit, Skip: q.Skip, Sort: "created_at", Order: stellarcyber.Descending,
		CreatedFrom: at(q.From), CreatedTo: at(q.To),
	}
	if q.Changed {
		query.Sort, query.Order = "modified_at", stellarcyber.Ascending
		query.ModifiedFrom, query.ModifiedTo = at(q.From), at(q.To)
		query.CreatedFrom, query.CreatedTo = at(q.CreatedFrom), time.Time{}
	}
	found, err := c.client.Cases(ctx, query)
	if err != nil {
		return Page{}, err
	}
	page := Page{Total: found.Total, Last: q.Skip+len(found.Cases) >= found.Total}
	for _, one := range found.Cases {
		page.Objects = append(page.Objects, c.object(one))
	}
	return page, nil
}

func at(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms)
}

func (c CaseFeed) object(found stellarcyber.Case) index.Object {
	number := ""
	if found.TicketID != 0 {
		number = strconv.FormatInt(found.TicketID, 10)
	}
	return index.Object{
		Source: c.identity.ProfileID, Kind: KindCase, ID: found.ID, Number: number, Title: found.Name,
		Severity: found.Severity, Status: found.Status, Owner: found.AssigneeName, Tenant: found.TenantName,
		Link: c.client.Link(found.ID), Score: found.Score, HasScore: true, Closed: found.Closed != 0,
		CreatedAt: int64(found.CreatedAt), ModifiedAt: int64(found.ModifiedAt), Version: found.Version,
	}
}

// Read implements Feed. That a case which was listed answers 404 is taken for its end
// (GUESS: no source tells what the platform answers for one that was deleted).
func (c CaseFeed) Read(ctx context.Context, object index.Object) ([]index.Sighting, error) {
	observables, err := c.client.Observables(ctx, object.ID)
	var status *api.StatusError
	if errtype.As(err, &status) && status.Status == 404 {
		return nil, ErrVanished
	}
	if err != nil {
		return nil, err
	}
	var s sightings
	for i, observable := range observables.Values() {
		from := len(s.list)
		s.text(observable.Value, index.Observable, object.ModifiedAt)
		for j := from; j < len(s.list); j++ {
			s.list[j].File = observables.Objects()[i]
		}
	}
	s.files()
	return s.list, nil
}

// files leaves File to the hashes that are surely of one file: those that stand in one
// object, each of another kind.
func (s *sightings) files() {
	const kinds = " md5 sha1 sha224 sha256 sha384 sha512 "
	hashes := make(map[int]string) // file → the kinds of its hashes
	for i := range s.list {
		one := &s.list[i]
		kind := " " + one.Key.Type + " "
		if one.File == 0 || !strings.Contains(kinds, kind) {
			one.File = 0
			continue
		}
		if strings.Contains(hashes[one.File], kind) {
			kind = "twice"
		}
		hashes[one.File] += kind
	}
	for i := range s.list {
		if strings.Contains(hashes[s.list[i].File], "twice") {
			s.list[i].File = 0
		}
	}
}

// sightings gathers what an object holds, each indicator once.
type sightings struct {
	list []index.Sighting
	seen map[index.Key]bool
	buf  []indicator.Indicator
}

// text notes every indicator in a text, those held back too: whether one is worth
// anything is for the ranking to say.
func (s *sightings) text(text string, place index.Place, when int64) {
	text = strings.TrimSpace(text)
	s.buf = indicator.Append(s.buf[:0], text[:min(len(text), maxScan)], indicator.Options{})
	for _, found := range s.buf {
		key := index.Key{Type: found.Type.String(), Value: found.Value}
		if s.seen[key] {
			continue
		}
		if s.seen == nil {
			s.seen = make(map[index.Key]bool)
		}
		s.seen[key] = true
		s.list = append(s.list, index.Sighting{Key: key, Place: place, When: when})
	}
}
