package matrix

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/api/httptransport"
	"github.com/sightline-sec/sightline/core/trustar"
	"github.com/sightline-sec/sightline/server/internal/faults"
)

// outcome is what a client tells its caller.
type outcome string

const (
	done      outcome = "done"
	duplicate outcome = "already there"     // trustar.ErrDuplicate: done by an earlier attempt
	refused   outcome = "refused"           // *api.AuthError
	limited   outcome = "too many requests" // *api.RateLimitError
	status    outcome = "status"            // *api.StatusError
	network   outcome = "no answer"         // *api.NetworkError
	timeout   outcome = "no answer in time" // the same, for its time
	garbled   outcome = "not understood"    // *api.DecodeError
	large     outcome = "too large"         // *api.BodyTooLargeError
	gaveUp    outcome = "caller gave up"    // the context's error
	other     outcome = "another error"
)

func outcomeOf(err error) outcome {
	var net *api.NetworkError
	switch {
	case err == nil:
		return done
	case errors.Is(err, trustar.ErrDuplicate):
		return duplicate
	case errors.As(err, &net) && net.Timeout:
		return timeout
	case errors.As(err, &net):
		return network
	case errors.Is(err, context.DeadlineExceeded):
		return gaveUp
	case errors.As(err, new(*api.AuthError)):
		return refused
	case errors.As(err, new(*api.RateLimitError)):
		return limited
	case errors.As(err, new(*api.DecodeError)):
		return garbled
	case errors.As(err, new(*api.BodyTooLargeError)):
		return large
	case errors.As(err, new(*api.StatusError)):
		return status
	}
	return other
}

// patient is a client that waits for a limit to pass; all others wait a moment only.
const patient = 1500 * time.Millisecond

// row is a fault with what a client makes of it.
type row struct {
	name  string
	fault faults.Fault
	// maxWait and timeout are the client's, deadline is the caller's.
	maxWait, timeout, deadline time.Duration
	// safe is for what may be repeated, and for token calls; once for what may not;
	// again, if not "", for reports, and for deletions that the server had carried out.
	safe, once, again outcome
	// renew is for platforms with tokens where the fault is that of a data call.
	renew outcome
	// wait is what a limit must say.
	wait time.Duration
}

func rows() []row {
	hour := time.Now().Add(time.Hour).UTC().Format(http.TimeFormat)
	always := func(f faults.Fault) faults.Fault { f.Times = -1; return f }
	one := func(kind faults.Kind) faults.Fault { return faults.Fault{Kind: kind} }
	slow := func(ms int) faults.Fault { return faults.Fault{Kind: faults.Slow, DelayMilliseconds: ms} }
	skew := func(days int) faults.Fault { return faults.Fault{Kind: faults.ClockSkew, SkewSeconds: days * 86400} }
	out := []row{
		{name: "401 always", fault: always(one(faults.Unauthorized)), safe: refused},
		{name: "token expired once", fault: one(faults.ExpiredToken), safe: refused, renew: done},
		{name: "token expired always", fault: always(one(faults.ExpiredToken)), safe: refused},
		{name: "429 once, waited for", fault: faults.Fault{Kind: faults.RateLimit, RetryAfter: "1"}, maxWait: patient, safe: done, once: limited, wait: time.Second},
		{name: "429 once, body says when", fault: faults.Fault{Kind: faults.RateLimit, WaitTime: 900}, maxWait: patient, safe: done, once: limited, wait: time.Second},
		{name: "429 twice, waited for once", fault: faults.Fault{Kind: faults.RateLimit, RetryAfter: "1", Times: 2}, safe: limited, wait: time.Second},
		{name: "429, in an hour", fault: always(faults.Fault{Kind: faults.RateLimit, RetryAfter: hour}), maxWait: patient, safe: limited, wait: time.Hour},
		{name: "429, body says in an hour", fault: always(faults.Fault{Kind: faults.RateLimit, WaitTime: 3_600_000}), safe: limited, wait: time.Hour},
		{name: "429 without a word", fault: always(one(faults.RateLimit)), safe: limited, wait: time.Minute},
		{name: "200 with a page", fault: faults.Fault{Kind: faults.HTML, Status: 200, Times: -1}, safe: garbled},
		{name: "200 with a page once", fault: faults.Fault{Kind: faults.HTML, Status: 200}, safe: garbled},
		{name: "wrong types", fault: one(faults.WrongTypes), safe: garbled},
		{name: "oversized", fault: one(faults.Oversized), safe: large},
		{name: "slow", fault: always(slow(40)), safe: done},
		{name: "slower than the client waits", fault: always(slow(3000)), timeout: 60 * time.Millisecond, safe: timeout},
		{name: "slower than the client waits, once", fault: slow(15_000), timeout: 2 * time.Second, safe: done, once: timeout, again: duplicate},
		{name: "slower than the caller waits", fault: always(slow(20_000)), deadline: 100 * time.Millisecond, safe: gaveUp},
		{name: "clock two days ahead", fault: always(skew(2)), safe: done},
		{name: "clock two days behind", fault: always(skew(-2)), safe: done},
	}
	// What a server says of itself when it fails, and what a network does.
	for _, f := range []struct {
		name  string
		fault faults.Fault
		ends  outcome
	}{
		{"500", one(faults.ServerError), status},
		{"503 with a body", faults.Fault{Kind: faults.ServerError, Status: 503, RetryAfter: "0"}, status},
		{"502 without a body", one(faults.EmptyError), status},
		{"504 without a body", faults.Fault{Kind: faults.EmptyError, Status: 504}, status},
		{"503 with a page", one(faults.HTML), status},
		{"cut before it acts", one(faults.CutBefore), network},
		{"cut after it has acted", one(faults.Cut), network},
		{"half a body", one(faults.Half), network},
	} {
		acts := outcome("")
		if !f.fault.Kind.Replaces() {
			acts = duplicate
		}
		out = append(out,
			row{name: f.name + " once", fault: f.fault, safe: done, once: f.ends, again: acts},
			row{name: f.name + " always", fault: always(f.fault), safe: f.ends},
		)
	}
	for i := range out {
		if out[i].maxWait == 0 {
			out[i].maxWait = time.Millisecond
		}
		if out[i].once == "" {
			out[i].once = out[i].safe
		}
		if out[i].deadline == 0 {
			out[i].deadline = 20 * time.Second
		}
	}
	return out
}

// wants returns what the client must say.
func (r row) wants(p *platform, o op, target string) outcome {
	switch {
	case target == tokenCall:
		return r.safe
	case r.renew != "" && p.hasToken:
		return r.renew
	case o.again == never && r.fault.Kind != faults.ClockSkew:
		return r.once
	case o.again == sameID && r.again != "":
		return r.again
	case o.again == deletion && r.again != "":
		return status // 404: it is gone, by whose doing the platform does not tell
	}
	return r.safe
}

var cases, writes, acknowledged, unknown atomic.Int64

func TestMain(m *testing.M) {
	flag.Parse()
	// The cases wait more than they work, each for its own server.
	if err := flag.Set("test.parallel", "48"); err != nil {
		panic(err)
	}
	code := m.Run()
	fmt.Printf("fault matrix: %d cases, %d of them writes: %d acknowledged, %d unknown, none with two effects\n",
		cases.Load(), writes.Load(), acknowledged.Load(), unknown.Load())
	os.Exit(code)
}

// Every kind of fault has a row, one that passes and one that lasts where that differs.
func TestEveryFaultHasARow(t *testing.T) {
	t.Parallel()
	for _, kind := range faults.Kinds() {
		assert.True(t, slices.ContainsFunc(rows(), func(r row) bool { return r.fault.Kind == kind }), kind)
	}
	names := map[string]bool{}
	for _, r := range rows() {
		assert.False(t, names[r.name], "%s is there twice", r.name)
		names[r.name] = true
		assert.NotEmpty(t, r.safe, r.name)
	}
}

// TestMatrix is every fault at every platform.
func TestMatrix(t *testing.T) {
	t.Parallel()
	for _, start := range []func(*testing.T) *platform{
		func(t *testing.T) *platform { return trustarOver(t, trustar.Version12) },
		func(t *testing.T) *platform { return trustarOver(t, trustar.Version13) },
		stellarCyber, threatStack1, threatStack2,
	} {
		p := start(t)
		transport := httptransport.New(httptransport.Config{})
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			for _, r := range rows() {
				for _, o := range p.ops {
					for _, target := range []string{dataCall, tokenCall} {
						if target == tokenCall && (!p.hasToken || r.fault.Kind == faults.ExpiredToken || r.fault.Kind == faults.ClockSkew) {
							continue
						}
						t.Run(r.name+" "+target+" "+o.name, func(t *testing.T) {
							t.Parallel()
							try(t, transport, p, o, r, target)
						})
					}
				}
			}
		})
	}
}

// try is one case.
func try(t *testing.T, transport api.Transport, p *platform, o op, r row, target string) {
	key := fmt.Sprintf("case%d", cases.Add(1))
	if o.prepare != nil {
		require.NoError(t, o.prepare(t.Context(), quiet(), key))
	}
	fault := r.fault
	fault.Operation = key + " " + target
	require.NoError(t, p.set.Inject(fault))
	if fault.Kind == faults.ClockSkew { // a server has one clock
		fault.Operation = key + " " + tokenCall
		require.NoError(t, p.set.Inject(fault))
	}
	ctx, cancel := context.WithTimeout(t.Context(), r.deadline)
	defer cancel()
	began := time.Now()
	err := o.run(ctx, way{labelled{transport, key, r.timeout}, r.maxWait}, key)
	took := time.Since(began)

	said, want := outcomeOf(err), r.wants(p, o, target)
	if r.timeout > 0 && r.again != "" && said == done {
		want = done // the client gave up before the server had acted
	}
	assert.Equal(t, want, said, "%v", err)
	assert.Less(t, took, 10*time.Second, "a hang")
	var limit *api.RateLimitError
	if errors.As(err, &limit) {
		assert.InDelta(t, r.wait.Seconds(), limit.Wait.Seconds(), 60)
	}
	if err != nil {
		assert.NotContains(t, err.Error(), "<", "markup is no message")
	}
	if o.effects == nil {
		assert.Zero(t, p.acts(key))
		return
	}
	writes.Add(1)
	// The two ledgers: what the client was told, and what the server did.
	effects, err := o.effects(t.Context(), key)
	require.NoError(t, err)
	switch said {
	case done, duplicate:
		acknowledged.Add(1)
		assert.Equal(t, 1, effects, "acknowledged")
	case refused, limited:
		assert.Zero(t, effects, "refused")
	default:
		unknown.Add(1)
		assert.LessOrEqual(t, effects, 1, "unknown")
	}
	if target == tokenCall && said != done || fault.Kind.Replaces() && fault.Times < 0 {
		assert.Zero(t, effects, "the server was never asked")
	}
	if o.again == never || o.again == sameID {
		assert.LessOrEqual(t, p.acts(key), 1, "carried out twice")
	}
	assert.False(t, strings.Contains(string(said), "another"), "an error without a type: %v", err)
}
