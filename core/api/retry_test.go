package api_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/api"
)

func TestDecide(t *testing.T) {
	t.Parallel()
	get, post := &api.Request{Method: "GET"}, &api.Request{Method: "POST"}
	again := &api.Request{Method: "POST", Repeatable: true}
	network := &api.NetworkError{Cause: context.DeadlineExceeded, Timeout: true}
	answer := func(code int) error { return &api.StatusError{Exchange: api.Exchange{Status: code}} }
	tests := map[string]struct {
		attempt api.Attempt
		retry   bool
		wait    time.Duration
	}{
		"success":                 {api.Attempt{Request: get}, false, 0},
		"no answer":               {api.Attempt{Request: get, Err: network}, true, 250 * time.Millisecond},
		"second":                  {api.Attempt{Request: get, Err: network, Number: 2}, true, 500 * time.Millisecond},
		"hundredth":               {api.Attempt{Request: get, Err: network, Number: 100}, true, 450 * time.Second},
		"hundredth, bounded":      {api.Attempt{Request: get, Err: network, Number: 100, MaxBackoff: 2 * time.Second}, true, time.Second},
		"last":                    {api.Attempt{Request: get, Err: network, Number: 3, Max: 3}, false, 0},
		"post":                    {api.Attempt{Request: post, Err: network}, false, 0},
		"post, repeatable":        {api.Attempt{Request: again, Err: network}, true, 250 * time.Millisecond},
		"cancelled":               {api.Attempt{Request: get, Err: context.Canceled}, false, 0},
		"the caller's deadline":   {api.Attempt{Request: get, Err: context.DeadlineExceeded}, false, 0},
		"408":                     {api.Attempt{Request: get, Err: answer(408)}, true, 250 * time.Millisecond},
		"503":                     {api.Attempt{Request: get, Err: answer(503)}, true, 250 * time.Millisecond},
		"400":                     {api.Attempt{Request: get, Err: answer(400)}, false, 0},
		"403":                     {api.Attempt{Request: get, Err: answer(403)}, false, 0},
		"501":                     {api.Attempt{Request: get, Err: answer(501)}, false, 0},
		"rate limit":              {api.Attempt{Request: get, Err: &api.RateLimitError{Wait: time.Hour}}, true, time.Hour},
		"credentials":             {api.Attempt{Request: get, Err: &api.AuthError{}}, false, 0},
		"half an answer, decoded": {api.Attempt{Request: get, Err: &api.DecodeError{}}, false, 0},
		"too large":               {api.Attempt{Request: get, Err: &api.BodyTooLargeError{}}, false, 0},
		"unknown":                 {api.Attempt{Request: get, Err: errors.New("?")}, false, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.attempt.Jitter = 0.5
			decision := api.Decide(test.attempt)
			assert.Equal(t, test.retry, decision.Retry, decision.Reason)
			assert.Equal(t, test.wait, decision.Wait)
			assert.NotEmpty(t, decision.Reason)
		})
	}
}

func FuzzDecideWaitIsSane(f *testing.F) {
	f.Add(1, 0.5, int64(0), "GET", 503)
	f.Add(-3, -1.0, int64(-1), "PUT", 429)
	f.Fuzz(func(t *testing.T, number int, jitter float64, bound int64, method string, code int) {
		decision := api.Decide(api.Attempt{
			Number: number, Jitter: jitter, MaxBackoff: time.Duration(bound),
			Request: &api.Request{Method: method}, Err: &api.StatusError{Exchange: api.Exchange{Status: code}},
		})
		if decision.Wait < 0 || decision.Wait > 15*time.Minute || (!decision.Retry && decision.Wait != 0) {
			t.Errorf("unreasonable: %+v", decision)
		}
	})
}
