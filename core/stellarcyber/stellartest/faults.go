package stellartest

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/stellarcyber"
)

// trouble is a fault with the error that it must end in. acted says that the server
// has done what it was asked for.
type trouble struct {
	name  string
	fault fault
	into  func() any
	acted bool
}

func troubles() []trouble {
	status := func() any { return new(*api.StatusError) }
	return []trouble{
		{"401", fault{Kind: "unauthorized"}, func() any { return new(*api.AuthError) }, false},
		{"429", fault{Kind: "rate-limit", Retry: "7"}, func() any { return new(*api.RateLimitError) }, false},
		{"500 with a body", fault{Kind: "server-error"}, status, false},
		{"503 with a body", fault{Kind: "server-error", Status: 503}, status, false},
		{"502 without a body", fault{Kind: "empty-error"}, status, false},
		{"504 without a body", fault{Kind: "empty-error", Status: 504}, status, false},
		{"503 with a page", fault{Kind: "html"}, status, false},
		{"200 with a page", fault{Kind: "html", Status: 200}, func() any { return new(*api.DecodeError) }, false},
		{"cut", fault{Kind: "cut"}, func() any { return new(*api.NetworkError) }, true},
		{"half a body", fault{Kind: "half"}, func() any { return new(*api.NetworkError) }, true},
		{"cut before it acts", fault{Kind: "cut-before"}, func() any { return new(*api.NetworkError) }, false},
		{"tokens that always expire", fault{Kind: "expired-token"}, func() any { return new(*api.AuthError) }, false},
		{"more than is read", fault{Kind: "oversized"}, func() any { return new(*api.BodyTooLargeError) }, true},
		{"wrong types", fault{Kind: "wrong-types"}, func() any { return new(*api.DecodeError) }, false},
	}
}

// reads are the calls that read, by the fault's name of the operation.
func (s *subject) reads(p *stellarcyber.Platform) map[string]func(context.Context) error {
	read := func(ask func(context.Context) (any, error)) func(context.Context) error {
		return func(ctx context.Context) error {
			_, err := ask(ctx)
			return err
		}
	}
	return map[string]func(context.Context) error{
		"cases": read(func(ctx context.Context) (any, error) { return p.Cases(ctx, stellarcyber.CaseQuery{Limit: 5}) }),
		"case":  read(func(ctx context.Context) (any, error) { return p.Case(ctx, sampleCase) }),
		"observables": read(func(ctx context.Context) (any, error) {
			return p.Observables(ctx, sampleCase)
		}),
		"alerts":     read(func(ctx context.Context) (any, error) { return p.Alerts(ctx, sampleCase, 50, 0) }),
		"summary":    read(func(ctx context.Context) (any, error) { return p.Summary(ctx, sampleCase) }),
		"narrative":  read(func(ctx context.Context) (any, error) { return p.Narrative(ctx, sampleCase) }),
		"comments":   read(func(ctx context.Context) (any, error) { return p.Comments(ctx, sampleCase) }),
		"activities": read(func(ctx context.Context) (any, error) { return p.Activities(ctx, sampleCase) }),
		"scores":     read(func(ctx context.Context) (any, error) { return p.Scores(ctx, sampleCase) }),
		"incidents": read(func(ctx context.Context) (any, error) {
			return p.Incidents(ctx, stellarcyber.CaseQuery{Limit: 1})
		}),
		"tenants":    read(func(ctx context.Context) (any, error) { return p.Tenants(ctx) }),
		"users":      read(func(ctx context.Context) (any, error) { return p.Users(ctx) }),
		"connectors": read(func(ctx context.Context) (any, error) { return p.Connectors(ctx, "") }),
		"sensors":    read(func(ctx context.Context) (any, error) { return p.Sensors(ctx) }),
		"search": read(func(ctx context.Context) (any, error) {
			return p.Search(ctx, "aella-ser-*", api.Raw(`{"size":1}`), "")
		}),
		"token": read(func(ctx context.Context) (any, error) { // a new client needs one
			fresh, err := stellarcyber.New(s.config())
			if err != nil {
				return nil, err
			}
			return fresh.Cases(ctx, stellarcyber.CaseQuery{Limit: 1})
		}),
	}
}

// faultsAndReads: every fault at every reading call ends in the right error, in
// time, and the client is well again when it has passed.
func faultsAndReads(t *testing.T, s *subject) {
	p := s.platform(t)
	require.NoError(t, s.reads(p)["case"](within(t)))
	for operation, run := range s.reads(p) {
		for _, trouble := range troubles() {
			trouble.fault.Operation, trouble.fault.Times = operation, -1
			s.strike(t, trouble.fault)
			err := run(within(t))
			require.ErrorAs(t, err, trouble.into(), "%s of %s", trouble.name, operation)
			assert.NotContains(t, err.Error(), s.RefreshToken)
			if limit := (*api.RateLimitError)(nil); trouble.fault.Kind == "rate-limit" {
				require.ErrorAs(t, err, &limit)
				assert.Equal(t, 7*time.Second, limit.Wait)
			}
		}
		s.admin(t, "DELETE", "faults", nil, nil)
		require.NoError(t, run(within(t)), operation)
	}
}

// faultsAndWrites: no write is carried out twice that must not be; and what can be
// repeated is there once, whatever was in its way.
func faultsAndWrites(t *testing.T, s *subject) {
	p := s.platform(t)
	count := func(text string) int {
		s.admin(t, "DELETE", "faults", nil, nil)
		comments, err := p.Comments(within(t), sampleCase)
		require.NoError(t, err)
		n := 0
		for _, one := range comments {
			if strings.HasSuffix(one.Comment, text) {
				n++
			}
		}
		return n
	}
	for _, trouble := range troubles() {
		trouble.fault.Operation, trouble.fault.Times = "comment.add", -1
		text := trouble.name + " at " + time.Now().String()
		s.strike(t, trouble.fault)
		_, err := p.AddComment(within(t), sampleCase, text)
		require.ErrorAs(t, err, trouble.into(), trouble.name)
		want := 0
		if trouble.acted {
			want = 1
		}
		assert.Equal(t, want, count(text), "comments after %s", trouble.name)

		trouble.fault.Operation = "case.update"
		s.strike(t, trouble.fault)
		_, err = p.UpdateCase(within(t), sampleCase, stellarcyber.CaseUpdate{AddTags: []string{"t-" + trouble.fault.Kind}})
		require.ErrorAs(t, err, trouble.into(), trouble.name)
		s.admin(t, "DELETE", "faults", nil, nil)
		changed, err := p.UpdateCase(within(t), sampleCase, stellarcyber.CaseUpdate{AddTags: []string{"t-" + trouble.fault.Kind}})
		require.NoError(t, err)
		n := 0
		for _, tag := range changed.Tags {
			if tag == "t-"+trouble.fault.Kind {
				n++
			}
		}
		assert.Equal(t, 1, n, "tags after %s", trouble.name)
	}
}

// faultsThatPass strikes twice: what may be repeated succeeds at the third try, what
// must not be is not tried again.
func faultsThatPass(t *testing.T, s *subject) {
	p := s.platform(t)
	for _, kind := range []string{"server-error", "empty-error", "html", "half"} {
		s.strike(t, fault{Kind: kind, Operation: "case", Times: 2})
		_, err := p.Case(within(t), sampleCase)
		require.NoError(t, err, kind)
		s.strike(t, fault{Kind: kind, Operation: "case.update", Times: 2})
		_, err = p.UpdateCase(within(t), sampleCase, stellarcyber.CaseUpdate{Severity: stellarcyber.SeverityCritical})
		require.NoError(t, err, kind)
		before := s.calls(t)["comment.add"]
		s.strike(t, fault{Kind: kind, Operation: "comment.add", Times: 1})
		_, err = p.AddComment(within(t), sampleCase, "once")
		require.Error(t, err, kind)
		assert.Equal(t, before+1, s.calls(t)["comment.add"], kind)
	}
	s.strike(t, fault{Kind: "unauthorized", Operation: "comment.add", Times: 1})
	_, err := p.AddComment(within(t), sampleCase, "after a renewal")
	require.NoError(t, err, "what was refused for its token was not carried out")
}

// slowAnswer is waited for, but not for longer than the caller does.
func slowAnswer(t *testing.T, s *subject) {
	p := s.platform(t)
	s.strike(t, fault{Kind: "slow", Operation: "cases", Delay: 200})
	page, err := p.Cases(within(t), stellarcyber.CaseQuery{Limit: 500})
	require.NoError(t, err)
	assert.Len(t, page.Cases, 500)
	s.strike(t, fault{Kind: "slow", Operation: "cases", Delay: 5000})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	began := time.Now()
	_, err = p.Cases(ctx, stellarcyber.CaseQuery{Limit: 5})
	require.ErrorIs(t, err, context.DeadlineExceeded)
	assert.Less(t, time.Since(began), 3*time.Second)
}
