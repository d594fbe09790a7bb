package sandbox

import (
	"errors"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// FaultKind says what goes wrong.
type FaultKind string

// The kinds.
const (
	// FaultUnauthorized answers 401 whatever the credentials.
	FaultUnauthorized FaultKind = "unauthorized"
	// FaultRateLimit answers 429, with Retry-After where the fault has one.
	FaultRateLimit FaultKind = "rate-limit"
	// FaultServerError answers Status, 500 if 0, with a JSON body.
	FaultServerError FaultKind = "server-error"
	// FaultEmptyError answers Status, 502 if 0, without a body.
	FaultEmptyError FaultKind = "empty-error"
	// FaultHTML answers Status, 503 if 0, with a page for people. 200 is allowed:
	// captive portals do that.
	FaultHTML FaultKind = "html"
	// FaultCut closes the connection without an answer, after the server has acted.
	// Browsers and net/http then repeat a GET by themselves once: Times below 0 cuts that too.
	FaultCut FaultKind = "cut"
	// FaultHalf sends the right headers and half of the body.
	FaultHalf FaultKind = "half"
	// FaultSlow sends the right answer in ten pieces over Delay, 1 s if 0.
	FaultSlow FaultKind = "slow"
	// FaultClockSkew makes the server's clock wrong by SkewSeconds for Threat Stack's
	// version 2, which looks at it.
	FaultClockSkew FaultKind = "clock-skew"
	// FaultWrongTypes answers 200 and JSON whose types are wrong.
	FaultWrongTypes FaultKind = "wrong-types"
)

// Fault is something that goes wrong on demand.
type Fault struct {
	Kind FaultKind `json:"kind"`
	// Operation that it strikes: "token", "cases", "case" or "observables" of Stellar
	// Cyber, or one of Threat Stack's, e.g. "threatstack.alerts" or
	// "threatstack.v2.alerts"; "" strikes each.
	Operation string `json:"operation,omitempty"`
	// After lets so many matching requests through first.
	After int `json:"after,omitempty"`
	// Times is how many requests it strikes; 0 means 1, negative until cleared.
	Times int `json:"times,omitempty"`
	// Status for the kinds that have a choice.
	Status int `json:"status,omitempty"`
	// RetryAfter is the header's value, seconds or a date; "" leaves it out.
	RetryAfter string `json:"retryAfter,omitempty"`
	// DelayMilliseconds of FaultSlow; other kinds answer this much later.
	DelayMilliseconds int `json:"delayMilliseconds,omitempty"`
	// SkewSeconds of FaultClockSkew: how far ahead the server's clock is.
	SkewSeconds int `json:"skewSeconds,omitempty"`
}

// faults are the rules in force, in the order in which they were given.
type faults struct {
	mu    sync.Mutex
	rules []Fault
	epoch atomic.Int64
}

// Inject puts a fault in force. Rules are tried in the order in which they came;
// the first that matches strikes.
func (s *Sandbox) Inject(f Fault) error {
	switch f.Kind {
	case FaultUnauthorized, FaultRateLimit, FaultServerError, FaultEmptyError, FaultHTML, FaultCut, FaultHalf, FaultSlow, FaultWrongTypes:
	case FaultClockSkew:
		if f.SkewSeconds == 0 {
			return errors.New("sandbox: no such skew")
		}
	default:
		return errors.New("sandbox: no such fault")
	}
	if f.Operation != "" && !s.operations[operation(f.Operation)] {
		return errors.New("sandbox: no such operation")
	}
	if f.Status != 0 && (f.Status < 200 || f.Status > 599) || strings.ContainsAny(f.RetryAfter, "\r\n") {
		return errors.New("sandbox: no such status or header")
	}
	if f.Times == 0 {
		f.Times = 1
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules = append(s.faults.rules, f)
	return nil
}

// ClearFaults takes all faults back.
func (s *Sandbox) ClearFaults() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.rules = nil
}

// Faults returns the faults in force, with what is left of After and Times.
func (s *Sandbox) Faults() []Fault {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	return append([]Fault{}, s.faults.rules...)
}

// ExpireTokens makes every token that was given so far worthless, as a restart of
// the platform does.
func (s *Sandbox) ExpireTokens() { s.faults.epoch.Add(1) }

// next returns the fault that strikes this request, and counts it.
func (f *faults) next(op operation) (Fault, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for i := range f.rules {
		rule := &f.rules[i]
		if op == "" || rule.Operation != "" && rule.Operation != string(op) {
			continue
		}
		if rule.After > 0 {
			rule.After--
			continue
		}
		struck := *rule
		if rule.Times > 0 {
			if rule.Times--; rule.Times == 0 {
				f.rules = append(f.rules[:i], f.rules[i+1:]...)
			}
		}
		return struck, true
	}
	return Fault{}, false
}

func (f Fault) delay() time.Duration { return time.Duration(f.DelayMilliseconds) * time.Millisecond }

func (f Fault) status(otherwise int) int {
	if f.Status != 0 {
		return f.Status
	}
	return otherwise
}

// replaces reports whether the fault's answer stands in for the real one.
func (f Fault) replaces() bool {
	return f.Kind != FaultCut && f.Kind != FaultHalf && f.Kind != FaultSlow && f.Kind != FaultClockSkew
}

// answer is what a fault that replaces says.
func (f Fault) answer(op operation) answer {
	switch f.Kind {
	case FaultUnauthorized:
		return op.failure(http.StatusUnauthorized, "Unauthorized")
	case FaultRateLimit:
		a := op.failure(http.StatusTooManyRequests, "Rate limit exceeded")
		if f.RetryAfter != "" {
			a.header.Set("Retry-After", f.RetryAfter)
		}
		if op.isV2() {
			a.header.Set("X-Rate-Limit-Remaining", "0")
			a.header.Set("X-Rate-Limit-Reset", "1000") // in milliseconds
		}
		return a
	case FaultEmptyError:
		return answer{status: f.status(http.StatusBadGateway)}
	case FaultHTML:
		return answer{
			f.status(http.StatusServiceUnavailable),
			http.Header{"Content-Type": {"text/html; charset=utf-8"}},
			[]byte("<!doctype html><title>Maintenance</title><h1>We will be back soon</h1><script>alert(1)</script>"),
		}
	case FaultWrongTypes:
		return answer{http.StatusOK, jsonHeader(), []byte(wrongTypes(op))}
	}
	return op.failure(f.status(http.StatusInternalServerError), "Internal error")
}

func wrongTypes(op operation) string {
	switch op {
	case opToken:
		return `{"access_token":12345,"exp":"soon"}`
	case opCases:
		return `{"data":{"total":"many","cases":{"0":{"_id":7,"score":"high"}}}}`
	case opCase:
		return `{"data":[{"_id":null,"tags":"vip","created_at":"yesterday"}]}`
	}
	if strings.HasPrefix(string(op), "threatstack.") {
		return op.wrongTypes()
	}
	return `{"observables":"none, or perhaps some"}`
}
