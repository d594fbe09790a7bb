package api_test

import (
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/api"
)

func TestErrors(t *testing.T) {
	t.Parallel()
	about := api.Exchange{Operation: "trustar: submit report", Method: "POST", URL: "https://h/1.3/reports", Status: 418}
	const head = "trustar: submit report: POST https://h/1.3/reports: status 418: "
	cause := errors.New("cause")
	tests := map[string]struct {
		err   error
		want  string
		wraps bool
	}{
		"status":           {&api.StatusError{Exchange: about, Message: "no"}, head + "no", false},
		"auth":             {&api.AuthError{Exchange: about}, head + "credentials refused", false},
		"rate limit":       {&api.RateLimitError{Exchange: about, Wait: time.Second}, head + "too many requests, wait 1s", false},
		"network":          {&api.NetworkError{Exchange: about, Cause: cause}, head + "no answer: cause", true},
		"timeout":          {&api.NetworkError{Exchange: about, Timeout: true}, head + "no answer in time", false},
		"redirect":         {&api.RedirectError{Exchange: about}, head + "redirects are not followed: check the address in the profile", false},
		"too large":        {&api.BodyTooLargeError{Exchange: about, Limit: 10}, head + "answer larger than 10 bytes", false},
		"decode":           {&api.DecodeError{Exchange: about, Cause: cause}, head + "answer cannot be understood: cause", true},
		"decode, no cause": {&api.DecodeError{Exchange: about}, head + "answer cannot be understood", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.EqualError(t, test.err, test.want)
			assert.Equal(t, test.wraps, errors.Is(test.err, cause))
			exchange, ok := api.ExchangeOf(errors.Join(errors.New("other"), test.err))
			assert.True(t, ok)
			assert.Equal(t, about, exchange)
		})
	}
	_, ok := api.ExchangeOf(cause)
	assert.False(t, ok)
	assert.EqualError(t, &api.InvalidError{Field: "title", Problem: "is empty"}, "title: is empty")
	assert.EqualError(t, &api.UnsupportedError{Operation: "redact", Version: "1.2", Has: "1.3"}, "redact: API 1.2 has no such call; 1.3 has")
	assert.EqualError(t, &api.StatusError{Exchange: api.Exchange{Operation: "op"}}, "op")
}

func TestTemporary(t *testing.T) {
	t.Parallel()
	for code, want := range map[int]bool{400: false, 404: false, 408: true, 500: true, 503: true} {
		assert.Equal(t, want, (&api.StatusError{Exchange: api.Exchange{Status: code}}).Temporary(), "%d", code)
	}
}
