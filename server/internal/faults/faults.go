// Package faults makes servers misbehave on demand, for tests of their clients.
//
// A [Set] holds the faults in force. [Set.Wrap] puts them around any http.Handler, with
// a function that names each request's operation; a request that a fault strikes is
// answered in the fault's way. Some faults stand in for the real answer and the handler
// does not run ([Kind.Replaces]); the others let it act first, so that a client cannot
// know whether it did. What a refusal looks like is the platform's: see [Dialect].
//
// All of it is safe for concurrent use. It is no part of a server that people use, but
// the sandbox offers it to those who write programs against it.
package faults

import (
	"errors"
	"net/http"
	"strings"
	"sync"
)

// Kind says what goes wrong.
type Kind string

// The kinds.
const (
	// Unauthorized answers 401 whatever the credentials.
	Unauthorized Kind = "unauthorized"
	// ExpiredToken answers as the platform does when a token has expired.
	ExpiredToken Kind = "expired-token"
	// RateLimit answers 429, with Retry-After and waitTime where the fault has them.
	RateLimit Kind = "rate-limit"
	// ServerError answers Status, 500 if 0, with a JSON body.
	ServerError Kind = "server-error"
	// EmptyError answers Status, 502 if 0, without a body.
	EmptyError Kind = "empty-error"
	// HTML answers Status, 503 if 0, with a page for people. 200 is allowed: captive
	// portals do that.
	HTML Kind = "html"
	// CutBefore closes the connection without an answer, before the server has acted.
	CutBefore Kind = "cut-before"
	// Cut closes the connection without an answer, after the server has acted.
	// Browsers and net/http then repeat a GET by themselves once: Times below 0 cuts that too.
	Cut Kind = "cut"
	// Half sends the right headers and half of the body.
	Half Kind = "half"
	// Slow sends the right answer in ten pieces over Delay, 1 s if 0.
	Slow Kind = "slow"
	// WrongTypes answers 200 and JSON whose types are wrong; the server has not acted.
	WrongTypes Kind = "wrong-types"
	// Oversized sends the right answer and then blanks, up to SizeBytes, 9 MiB if 0.
	Oversized Kind = "oversized"
	// ClockSkew makes the server's clock wrong by SkewSeconds for one request, as far as
	// the handler asks Skew, and its Date header.
	ClockSkew Kind = "clock-skew"
)

// Kinds are all of them.
func Kinds() []Kind {
	return []Kind{
		Unauthorized, ExpiredToken, RateLimit, ServerError, EmptyError, HTML, CutBefore, Cut, Half, Slow, WrongTypes, Oversized, ClockSkew,
	}
}

// Replaces reports whether the fault stands in for the real answer, so that the server
// does not act.
func (k Kind) Replaces() bool {
	switch k {
	case Cut, Half, Slow, Oversized, ClockSkew:
		return false
	}
	return true
}

// Fault is something that goes wrong on demand.
type Fault struct {
	Kind Kind `json:"kind"`
	// Operation that it strikes, as the server names its operations; "" strikes each.
	Operation string `json:"operation,omitempty"`
	// After lets so many matching requests through first.
	After int `json:"after,omitempty"`
	// Times is how many requests it strikes; 0 means 1, negative until cleared.
	Times int `json:"times,omitempty"`
	// Status for the kinds that have a choice.
	Status int `json:"status,omitempty"`
	// RetryAfter is the header's value, seconds or a date; "" leaves it out.
	RetryAfter string `json:"retryAfter,omitempty"`
	// WaitTime is what the body of a RateLimit says under that name, in milliseconds;
	// 0 leaves it out. TruSTAR says so.
	WaitTime int64 `json:"waitTime,omitempty"`
	// DelayMilliseconds of Slow; other kinds answer this much later.
	DelayMilliseconds int `json:"delayMilliseconds,omitempty"`
	// SkewSeconds of ClockSkew: how far ahead the server's clock is.
	SkewSeconds int `json:"skewSeconds,omitempty"`
	// SizeBytes of Oversized.
	SizeBytes int64 `json:"sizeBytes,omitempty"`
}

// maxSize bounds what Oversized sends, in bytes.
const maxSize = 1 << 30

// Set is the faults in force for a server. The zero value has none, and speaks as no
// platform in particular.
type Set struct {
	// Dialect is what refusals look like.
	Dialect Dialect
	// Served is told of every request when it was answered: the fault that struck, "" if
	// none, and the status, 0 for a connection that was cut. It may be nil.
	Served func(r *http.Request, kind Kind, status int)

	mu    sync.Mutex
	rules []Fault
}

// Inject puts a fault in force. Rules are tried in the order in which they came; the
// first that matches strikes. It fails on a fault that makes no sense.
func (s *Set) Inject(f Fault) error {
	known := false
	for _, kind := range Kinds() {
		known = known || kind == f.Kind
	}
	switch {
	case !known:
		return errors.New("no such fault")
	case f.Kind == ClockSkew && f.SkewSeconds == 0:
		return errors.New("no such skew")
	case f.Status != 0 && (f.Status < 200 || f.Status > 599) || strings.ContainsAny(f.RetryAfter, "\r\n"):
		return errors.New("no such status or header")
	case f.After < 0 || f.DelayMilliseconds < 0 || f.SizeBytes < 0 || f.SizeBytes > maxSize:
		return errors.New("no such number")
	}
	if f.Times == 0 {
		f.Times = 1
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = append(s.rules, f)
	return nil
}

// Clear takes all faults back.
func (s *Set) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rules = nil
}

// Left returns the faults in force, with what is left of After and Times.
func (s *Set) Left() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Fault{}, s.rules...)
}

// next returns the fault that strikes this request, and counts it. A request without
// an operation is struck by none.
func (s *Set) next(operation string) (Fault, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := range s.rules {
		rule := &s.rules[i]
		if operation == "" || rule.Operation != "" && rule.Operation != operation {
			continue
		}
		if rule.After > 0 {
			rule.After--
			continue
		}
		struck := *rule
		if rule.Times > 0 {
			if rule.Times--; rule.Times == 0 {
				s.rules = append(s.rules[:i], s.rules[i+1:]...)
			}
		}
		return struck, true
	}
	return Fault{}, false
}
