package report_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/report"
)

func status(code int, message string) error {
	return &api.StatusError{Exchange: api.Exchange{Operation: "trustar: submit report", Status: code}, Message: message}
}

func TestJudge(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		err    error
		state  string
		reason string
	}{
		"no answer":          {&api.NetworkError{}, report.StatePending, ""},
		"no answer in time":  {&api.NetworkError{Timeout: true}, report.StatePending, ""},
		"cancelled":          {context.Canceled, report.StatePending, ""},
		"deadline":           {context.DeadlineExceeded, report.StatePending, ""},
		"half an answer":     {&api.DecodeError{}, report.StatePending, ""},
		"huge answer":        {&api.BodyTooLargeError{}, report.StatePending, ""},
		"redirect":           {&api.RedirectError{}, report.StatePending, ""},
		"unknown error":      {errors.New("boom"), report.StatePending, ""},
		"204":                {status(204, ""), report.StatePending, ""},
		"304":                {status(304, ""), report.StatePending, ""},
		"400":                {status(400, "title is required"), report.StateStopped, ""},
		"401":                {status(401, ""), report.StatePaused, report.ReasonCredentials},
		"token refused":      {&api.AuthError{Message: "Expired oauth2 access token"}, report.StatePaused, report.ReasonCredentials},
		"403":                {status(403, "no create right in enclave X"), report.StateStopped, ""},
		"404":                {status(404, ""), report.StatePaused, report.ReasonProfile},
		"405":                {status(405, ""), report.StatePaused, report.ReasonProfile},
		"407":                {status(407, ""), report.StatePaused, report.ReasonCredentials},
		"408":                {status(408, ""), report.StatePending, ""},
		"409":                {status(409, "conflict"), report.StateStopped, ""},
		"413":                {status(413, "too many indicators"), report.StateStopped, ""},
		"422":                {status(422, ""), report.StateStopped, ""},
		"425":                {status(425, ""), report.StatePending, ""},
		"500":                {status(500, ""), report.StatePending, ""},
		"504":                {status(504, ""), report.StatePending, ""},
		"429":                {&api.RateLimitError{Wait: time.Minute}, report.StatePending, report.ReasonRateLimit},
		"invalid":            {&api.InvalidError{Field: "title", Problem: "is required"}, report.StateStopped, ""},
		"unsupported":        {&api.UnsupportedError{}, report.StatePaused, report.ReasonProfile},
		"profile moved":      {&report.MovedError{Shown: "https://a/x", Now: "https://b/x"}, report.StatePaused, report.ReasonProfile},
		"bytes tampered":     {&report.TamperedError{}, report.StateStopped, ""},
		"wrapped rate limit": {errors.Join(errors.New("x"), &api.RateLimitError{}), report.StatePending, report.ReasonRateLimit},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			verdict := report.Judge(tt.err, 1, 0.5)
			assert.Equal(t, tt.state, verdict.State)
			assert.Equal(t, tt.reason, verdict.Reason)
			assert.Contains(t, verdict.Words, "The report is kept")
			if verdict.State == report.StatePending {
				assert.GreaterOrEqual(t, verdict.Wait, time.Second)
			} else {
				assert.Zero(t, verdict.Wait)
			}
		})
	}
}

func TestJudgeQuotesThePlatformAsText(t *testing.T) {
	t.Parallel()
	verdict := report.Judge(status(403, "You may\nnot file into \u202e<b>Fraud</b>"), 1, 0)
	assert.Equal(t, "The platform refuses the report (status 403): “You may not file into <b>Fraud</b>”. The report is kept. Change it as a new draft, or discard it.", verdict.Words)
	verdict = report.Judge(status(403, "You may not."), 1, 0)
	assert.Contains(t, verdict.Words, "“You may not.” The report is kept.", "one full stop ends a sentence")
}

func TestWaits(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		attempts int
		jitter   float64
		want     time.Duration
	}{
		{1, 0, 2 * time.Second},
		{1, 0.999, 4 * time.Second},
		{2, 0.5, 4 * time.Second},
		{5, 0.5, 32 * time.Second},
		{9, 0.999, 15 * time.Minute},
		{1000, 0.999, 15 * time.Minute},
		{1 << 40, 0.5, 7*time.Minute + 30*time.Second},
		{3, -1, 2 * time.Second},
		{3, 99, 16 * time.Second},
	} {
		got := report.Judge(&api.NetworkError{}, tt.attempts, tt.jitter).Wait
		assert.InDelta(t, tt.want.Seconds(), got.Seconds(), tt.want.Seconds()/100, "%+v", tt)
	}
	assert.Equal(t, 24*time.Hour, report.Judge(&api.RateLimitError{Wait: 1 << 62}, 1, 0).Wait)
	assert.Equal(t, time.Second, report.Judge(&api.RateLimitError{Wait: -5}, 1, 0).Wait)
	assert.Equal(t, 2500*time.Millisecond, report.Judge(&api.RateLimitError{Wait: 2500 * time.Millisecond}, 1, 0).Wait)
}

func TestExplainHidesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	trouble := report.Explain(errors.New("token=canary-4711"))
	assert.Equal(t, report.TroubleInternal, trouble.Kind)
	assert.NotContains(t, trouble.What+trouble.Todo, "canary")
}

func TestExplain(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		err  error
		kind string
	}{
		{&api.RateLimitError{Wait: time.Hour}, report.TroubleRateLimit},
		{&api.AuthError{}, report.TroubleCredentials},
		{status(404, ""), report.TroubleRefused},
		{status(403, ""), report.TroubleRefused},
		{status(400, ""), report.TroubleRefused},
		{status(503, ""), report.TroubleServer},
		{&api.NetworkError{}, report.TroubleNetwork},
		{&api.NetworkError{Timeout: true}, report.TroubleTimeout},
		{&api.RedirectError{}, report.TroubleProtocol},
		{&api.BodyTooLargeError{}, report.TroubleProtocol},
		{&api.DecodeError{}, report.TroubleProtocol},
		{&api.InvalidError{}, report.TroubleInvalid},
		{&api.UnsupportedError{}, report.TroubleProfile},
		{&report.StateError{}, report.TroubleInvalid},
		{&report.NotDueError{Wait: time.Second}, report.TroubleInvalid},
		{context.Canceled, report.TroubleCancelled},
		{context.DeadlineExceeded, report.TroubleTimeout},
	} {
		trouble := report.Explain(errors.Join(tt.err))
		assert.Equal(t, tt.kind, trouble.Kind, "%T", tt.err)
		assert.NotEmpty(t, trouble.What, "%T", tt.err)
	}
	assert.Equal(t, "Wait 60 minutes and try again.", report.Explain(&api.RateLimitError{Wait: time.Hour}).Todo)
	assert.Equal(t, "Wait 1 second and try again.", report.Explain(&api.RateLimitError{}).Todo)
	assert.Equal(t, "Wait 5 hours and try again.", report.Explain(&api.RateLimitError{Wait: 4*time.Hour + 1}).Todo)
}
