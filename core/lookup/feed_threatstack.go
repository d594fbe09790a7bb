package lookup

import (
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/lookup/index"
	"github.com/sightline-sec/sightline/core/threatstack"
)

const (
	// alertsAMinute keeps below the 200 calls a minute that version 2 allows an
	// organization; a step of the fill may take more than one call.
	alertsAMinute = 120
	// alertPage is the page of version 1 that the vendor's client asks for.
	alertPage = 100
	// agentsFor is how long the list of agents is believed.
	agentsFor = 30 * time.Minute
	// maxEventDepth bounds how deep an event is read.
	maxEventDepth = 16
)

// AlertFeed walks Threat Stack's alerts, by the time of their creation: neither
// version lists by the time of change. What an alert holds is a call for its events;
// the host that it is about is known from the list of agents.
type AlertFeed struct {
	identity SourceState
	calls    alertCalls
	now      func() time.Time

	mu     sync.Mutex
	agents map[string][]string // what is known of a host, by each of its ids
	asked  time.Time
}

// alertCalls is what the versions of the API have in common.
type alertCalls interface {
	list(ctx context.Context, q Cursor) (Page, error)
	// events gives each JSON value that tells of an alert.
	events(ctx context.Context, id string) ([]api.Raw, error)
	agents(ctx context.Context, found func(ids, names []string)) error
}

// NewAlertFeed returns the feed behind a client of version 1.
func NewAlertFeed(client *threatstack.Client, identity SourceState, now func() time.Time) *AlertFeed {
	return &AlertFeed{identity: identity, calls: alertsV1{client, identity.ProfileID}, now: now}
}

// NewAlertFeedV2 returns the feed behind a client of version 2.
func NewAlertFeedV2(client *threatstack.ClientV2, identity SourceState, now func() time.Time) *AlertFeed {
	return &AlertFeed{identity: identity, calls: &alertsV2{client: client, source: identity.ProfileID}, now: now}
}

// Identity implements Feed.
func (f *AlertFeed) Identity() SourceState { return f.identity }

// Kind implements Feed.
func (f *AlertFeed) Kind() string { return KindAlert }

// Limits implements Feed.
func (f *AlertFeed) Limits() Limits { return Limits{Page: alertPage, PerMinute: alertsAMinute} }

// List implements Feed.
func (f *AlertFeed) List(ctx context.Context, q Cursor) (Page, error) { return f.calls.list(ctx, q) }

// Read implements Feed.
func (f *AlertFeed) Read(ctx context.Context, object index.Object) ([]index.Sighting, error) {
	events, err := f.calls.events(ctx, object.ID)
	if err != nil {
		return nil, err
	}
	hosts, err := f.hosts(ctx, object.Owner)
	if err != nil {
		return nil, err
	}
	var s sightings
	for _, name := range hosts {
		s.text(name, index.Observable, object.CreatedAt)
	}
	for _, event := range events {
		in := jlexer.Lexer{Data: event}
		eachString(&in, 0, func(text string) { s.text(text, index.Event, object.CreatedAt) })
		if err := in.Error(); err != nil {
			return nil, err
		}
	}
	s.text(object.Title, index.Title, object.CreatedAt)
	return s.list, nil
}

// hosts are the names and addresses of an agent's host. The list of agents is asked
// for once for all alerts.
func (f *AlertFeed) hosts(ctx context.Context, agent string) ([]string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if age := f.now().Sub(f.asked); f.agents == nil || age < 0 || age > agentsFor {
		agents := make(map[string][]string)
		err := f.calls.agents(ctx, func(ids, names []string) {
			for _, id := range ids {
				agents[id] = names
			}
		})
		if err != nil {
			return nil, err
		}
		f.agents, f.asked = agents, f.now()
	}
	return f.agents[agent], nil
}

// eachString gives the strings of a JSON value of any shape.
func eachString(in *jlexer.Lexer, depth int, found func(string)) {
	switch {
	case depth > maxEventDepth:
		in.SkipRecursive()
	case in.IsDelim('{'):
		for in.Delim('{'); in.Ok() && !in.IsDelim('}'); in.WantComma() {
			in.Skip()
			in.WantColon()
			eachString(in, depth+1, found)
		}
		in.Delim('}')
	case in.IsDelim('['):
		for in.Delim('['); in.Ok() && !in.IsDelim(']'); in.WantComma() {
			eachString(in, depth+1, found)
		}
		in.Delim(']')
	case in.CurrentToken() == jlexer.TokenString:
		found(in.String())
	default:
		in.Skip()
	}
}

// alert is an object of the index; its owner is the agent that told of it.
func alert(source, id, title, agent string, severity int, dismissed bool, created, changed, version int64) index.Object {
	o := index.Object{
		Source: source, Kind: KindAlert, ID: id, Title: title, Owner: agent, Status: threatstack.Active,
		Closed: dismissed, CreatedAt: created, ModifiedAt: max(changed, created), Version: version << 1,
	}
	if severity > 0 {
		o.Severity = strconv.Itoa(severity)
	}
	if dismissed {
		o.Status = threatstack.Dismissed
		o.Version |= 1
	}
	return o
}

func bound(ms int64) threatstack.Time {
	if ms == 0 {
		return threatstack.Time{}
	}
	return threatstack.At(time.UnixMilli(ms))
}

// alertsV1 are the alerts of version 1.
type alertsV1 struct {
	client *threatstack.Client
	source string
}

func (a alertsV1) list(ctx context.Context, q Cursor) (Page, error) {
	found, err := a.client.Alerts.List(ctx, threatstack.ListOptions{
		Start: bound(q.From), End: bound(q.To), Page: q.Skip / alertPage, Count: alertPage,
	})
	if err != nil {
		return Page{}, err
	}
	var page Page
	for i := range found {
		one := &found[i]
		page.Objects = append(page.Objects, alert(
			a.source, one.ID, one.Title, one.AgentID, one.Severity, one.Dismissed,
			int64(one.CreatedAt), milliseconds(one.LastUpdatedAt), int64(one.Count)))
	}
	// The platform does not count, and a short page may be its own limit.
	page.Total, page.Last = q.Skip+len(found), len(found) == 0
	return page, nil
}

func milliseconds(d threatstack.DateTime) int64 {
	if t := d.Time(); !t.IsZero() {
		return t.UnixMilli()
	}
	return 0
}

func (a alertsV1) events(ctx context.Context, id string) ([]api.Raw, error) {
	found, ok, err := a.client.Alerts.Get(ctx, id)
	switch {
	case err != nil:
		return nil, err
	case !ok:
		return nil, ErrVanished
	}
	return present(found.LatestEvents), nil
}

func (a alertsV1) agents(ctx context.Context, found func(ids, names []string)) error {
	for agent, err := range a.client.Agents.All(ctx, threatstack.ListOptions{Start: bound(1)}) {
		if err != nil {
			return err
		}
		found([]string{agent.ID, agent.AgentID}, []string{agent.Hostname, agent.IPAddress})
	}
	return nil
}

func present(raw api.Raw) []api.Raw {
	if len(raw) == 0 {
		return nil
	}
	return []api.Raw{raw}
}

// alertsV2 are the alerts of version 2. Those that are active and those that were
// dismissed are two lists, which go on by tokens: they are read side by side.
type alertsV2 struct {
	client *threatstack.ClientV2
	source string

	mu    sync.Mutex
	at    Cursor // the one that the lists answer next
	lists [2]alertStream
	// taken are what a call that failed had taken off the lists.
	taken []index.Object
}

type alertStream struct {
	status string
	token  string
	done   bool
	ready  []threatstack.AlertV2
}

func (a *alertsV2) list(ctx context.Context, q Cursor) (Page, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if q != a.at {
		if q.Skip > 0 {
			return Page{}, ErrLostPlace
		}
		a.lists = [2]alertStream{{status: threatstack.Active}, {status: threatstack.Dismissed}}
		a.at, a.taken = q, nil
	}
	query := threatstack.AlertQuery{From: bound(q.From)}
	if q.To > 0 {
		query.Until = bound((q.To + 999) / 1000 * 1000) // it is sent in whole seconds
	}
	page := Page{Objects: a.taken}
	for len(page.Objects) < alertPage {
		for i := range a.lists {
			if err := a.fetch(ctx, query, &a.lists[i]); err != nil {
				a.taken = page.Objects
				return Page{}, err
			}
		}
		newest := -1
		for i, list := range a.lists {
			if len(list.ready) > 0 && (newest < 0 || list.ready[0].CreatedAt > a.lists[newest].ready[0].CreatedAt) {
				newest = i
			}
		}
		if newest < 0 {
			page.Last = true
			break
		}
		one := &a.lists[newest].ready[0]
		a.lists[newest].ready = a.lists[newest].ready[1:]
		page.Objects = append(page.Objects, alert(
			a.source, one.ID, one.Title, one.AgentID, one.Severity, one.IsDismissed,
			milliseconds(one.CreatedAt), milliseconds(one.DismissedAt), 0))
	}
	a.taken = nil
	page.Total = q.Skip + len(page.Objects)
	a.at.Skip += len(page.Objects)
	if a.at.To == 0 && len(page.Objects) > 0 {
		a.at.To = page.Objects[0].CreatedAt
	}
	return page, nil
}

// fetch gets the next page of a list that has run dry.
func (a *alertsV2) fetch(ctx context.Context, query threatstack.AlertQuery, list *alertStream) error {
	query.Status = list.status
	for len(list.ready) == 0 && !list.done {
		page, err := a.client.Alerts.List(ctx, query, list.token)
		if err != nil {
			return err
		}
		list.ready, list.token, list.done = page.Items, page.Next, page.Next == ""
	}
	return nil
}

func (a *alertsV2) events(ctx context.Context, id string) ([]api.Raw, error) {
	return a.client.Alerts.Events(ctx, id)
}

func (a *alertsV2) agents(ctx context.Context, found func(ids, names []string)) error {
	for _, status := range [...]string{threatstack.Online, threatstack.Offline} {
		for agent, err := range a.client.Agents.All(ctx, threatstack.AgentQuery{Status: status}) {
			if err != nil {
				return err
			}
			names := append([]string{agent.Hostname}, agent.IPAddresses.Public...)
			found([]string{agent.ID, agent.InstanceID}, append(names, agent.IPAddresses.Private...))
		}
	}
	return nil
}
