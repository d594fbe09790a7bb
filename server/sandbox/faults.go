package sandbox

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/sightline-sec/sightline/server/internal/faults"
)

// Fault is something that goes wrong on demand. Its operation is one of Stellar
// Cyber's in routes.go, e.g. "cases" or "comment.add", or one of Threat Stack's, e.g.
// "threatstack.alerts" or "threatstack.v2.alerts"; "" strikes each.
type Fault = faults.Fault

// FaultKind says what goes wrong.
type FaultKind = faults.Kind

// The kinds, as package faults has them.
const (
	FaultUnauthorized = faults.Unauthorized
	FaultExpiredToken = faults.ExpiredToken
	FaultRateLimit    = faults.RateLimit
	FaultServerError  = faults.ServerError
	FaultEmptyError   = faults.EmptyError
	FaultHTML         = faults.HTML
	FaultCutBefore    = faults.CutBefore
	FaultCut          = faults.Cut
	FaultHalf         = faults.Half
	FaultSlow         = faults.Slow
	FaultWrongTypes   = faults.WrongTypes
	FaultOversized    = faults.Oversized
	FaultClockSkew    = faults.ClockSkew
)

// Inject puts a fault in force. Rules are tried in the order in which they came;
// the first that matches strikes.
func (s *Sandbox) Inject(f Fault) error {
	if f.Operation != "" && !s.operations[operation(f.Operation)] {
		return errors.New("sandbox: no such operation")
	}
	if err := s.faults.Inject(f); err != nil {
		return fmt.Errorf("sandbox: %w", err)
	}
	return nil
}

// ClearFaults takes all faults back.
func (s *Sandbox) ClearFaults() { s.faults.Clear() }

// Faults returns the faults in force, with what is left of After and Times.
func (s *Sandbox) Faults() []Fault { return s.faults.Left() }

// ExpireTokens makes every token that was given so far worthless, as a restart of
// the platform does.
func (s *Sandbox) ExpireTokens() { s.epoch.Add(1) }

// dialect is what the faults' refusals look like.
func dialect() faults.Dialect {
	spoken := func(a answer) faults.Answer { return faults.Answer{Status: a.status, Header: a.header, Body: a.body} }
	return faults.Dialect{
		Refusal: func(op string, status int, text string) faults.Answer {
			return spoken(operation(op).failure(status, text))
		},
		Limit: func(op string, a *faults.Answer) {
			if operation(op).isV2() {
				a.Header.Set("X-Rate-Limit-Remaining", "0")
				a.Header.Set("X-Rate-Limit-Reset", "1000") // in milliseconds
			}
		},
		WrongTypes: func(op string) []byte { return []byte(wrongTypes(operation(op))) },
	}
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
	return stellarWrongTypes(op)
}

// served logs a request: no query and no credentials.
func (s *Sandbox) served(r *http.Request, kind FaultKind, status int) {
	s.options.Log.Info("request", "method", r.Method, "path", r.URL.Path, "status", status, "fault", kind)
}
