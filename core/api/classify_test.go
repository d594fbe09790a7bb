package api_test

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func classify(resp *api.Response) error {
	return api.DefaultClassify(&api.Request{Operation: "test", Method: "GET", URL: "https://example.test/a?token=x"}, resp)
}

func TestDefaultClassifyMessages(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ body, want string }{
		"message":                 {`{"message":"No such report.","error":"Not Found"}`, "No such report."},
		"oauth":                   {`{"error":"invalid_request","error_description":"Expired oauth2 access token"}`, "Expired oauth2 access token"},
		"error":                   {`{"error":"Unauthorized"}`, "Unauthorized"},
		"detail":                  {`{"detail":"Nope"}`, "Nope"},
		"message of a wrong type": {`{"message":{"a":[1,2]},"error":"Not Found"}`, "Not Found"},
		"null":                    {`{"message":null,"detail":"x"}`, "x"},
		"markup in JSON":          {`{"message":"<b>No</b> <script>alert(1)</script>way &amp; so"}`, "No way & so"},
		"html page":               {"<!doctype html><html><head><title>502</title><style>a{}</style></head><body><h1>Bad  gateway</h1>\n</body>", "Bad gateway"},
		"plain":                   {"quota used up\n", "quota used up"},
		"less than":               {"3 < 4 and a <- b", "3 < 4 and a <- b"},
		"invisible":               {"a\u202eb\u200bc\x00d\x1b[31m", "abcd[31m"},
		"broken JSON":             {`{"message":"half`, ""},
		"JSON of no interest":     {`[1,2]`, ""},
		"empty":                   {"", ""},
		"open tag":                {"bad <a href=", "bad"},
		"not UTF-8":               {"caf\xe9 closed", "caf closed"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var refusal *api.StatusError
			require.ErrorAs(t, classify(&api.Response{Status: 404, Body: []byte(test.body)}), &refusal)
			assert.Equal(t, test.want, refusal.Message)
			assert.Equal(t, "https://example.test/a", refusal.URL)
		})
	}
}

func TestDefaultClassifyKinds(t *testing.T) {
	t.Parallel()
	var (
		auth    *api.AuthError
		refusal *api.StatusError
	)
	require.ErrorAs(t, classify(&api.Response{Status: 401, Header: api.Header{{Name: "trace-id", Value: "t-1"}}}), &auth)
	assert.Equal(t, "t-1", auth.TraceID)
	for _, code := range []int{302, 304, 400, 403, 418, 500} {
		require.ErrorAs(t, classify(&api.Response{Status: code}), &refusal)
		assert.Equal(t, code, refusal.Status)
	}
}

func TestDefaultClassifyCutsMessages(t *testing.T) {
	t.Parallel()
	for _, unit := range []string{"a", "ä", "wort ", "𝒳"} {
		var refusal *api.StatusError
		require.ErrorAs(t, classify(&api.Response{Status: 500, Body: []byte(strings.Repeat(unit, 1000))}), &refusal)
		assert.LessOrEqual(t, utf8.RuneCountInString(refusal.Message), 300)
		assert.GreaterOrEqual(t, utf8.RuneCountInString(refusal.Message), 298)
		assert.True(t, strings.HasSuffix(refusal.Message, "…"))
	}
}

func TestRateLimitWait(t *testing.T) {
	t.Parallel()
	date := api.Field{Name: "Date", Value: "Sun, 22 Nov 2026 12:00:00 GMT"}
	after := func(v string) api.Field { return api.Field{Name: "Retry-After", Value: v} }
	tests := map[string]struct {
		header api.Header
		body   string
		want   time.Duration
	}{
		"seconds":                  {api.Header{after("7")}, "", 7 * time.Second},
		"date":                     {api.Header{date, after("Sun, 22 Nov 2026 12:01:30 GMT")}, "", 90 * time.Second},
		"date of RFC 850":          {api.Header{date, after("Sunday, 22-Nov-26 12:01:30 GMT")}, "", 90 * time.Second},
		"date of asctime":          {api.Header{date, after("Sun Nov 22 12:01:30 2026")}, "", 90 * time.Second},
		"date in the past":         {api.Header{date, after("Sun, 22 Nov 2020 12:01:30 GMT")}, "", time.Second},
		"date in 2099":             {api.Header{date, after("Sun, 22 Nov 2099 12:01:30 GMT")}, "", 24 * time.Hour},
		"milliseconds":             {nil, `{"waitTime":2500}`, 2500 * time.Millisecond},
		"milliseconds in a string": {nil, `{"waitTime":"2500"}`, 2500 * time.Millisecond},
		"the longer, header":       {api.Header{after("7")}, `{"waitTime":2500}`, 7 * time.Second},
		"the longer, body":         {api.Header{after("2")}, `{"waitTime":2500}`, 2500 * time.Millisecond},
		"negative":                 {nil, `{"waitTime":-1}`, time.Second},
		"zero":                     {nil, `{"waitTime":0}`, time.Second},
		"absurd":                   {nil, `{"waitTime":1e18}`, 24 * time.Hour},
		"beyond numbers":           {nil, `{"waitTime":1e999}`, 24 * time.Hour},
		"words":                    {nil, `{"waitTime":"abc"}`, time.Minute},
		"null":                     {nil, `{"waitTime":null}`, time.Minute},
		"no date":                  {api.Header{after("soon")}, "", time.Minute},
		"not a number":             {api.Header{after("NaN")}, "", time.Minute},
		"nothing":                  {nil, "", time.Minute},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var limit *api.RateLimitError
			require.ErrorAs(t, classify(&api.Response{Status: 429, Header: test.header, Body: []byte(test.body)}), &limit)
			assert.Equal(t, test.want, limit.Wait)
		})
	}
}

func TestDecodeFailureQuotesNothing(t *testing.T) {
	t.Parallel()
	in := jlexer.Lexer{Data: []byte(`{"access_token": s3cr3t-canary}`)}
	in.Delim('{')
	if in.String() != "" {
		t.Log("decoded")
	}
	in.WantColon()
	_ = in.String()
	require.ErrorContains(t, in.Error(), "s3cr3t", "the lexer no longer quotes: this test can go")
	err := api.DecodeFailure(&api.Request{Operation: "token"}, &api.Response{Status: 200}, in.Error())
	assert.NotContains(t, err.Error(), "s3cr3t")
	assert.Contains(t, err.Error(), "at byte")
}

func FuzzDefaultClassify(f *testing.F) {
	f.Add(429, "1e9", []byte(`{"message":"<b>x","waitTime":"9"}`))
	f.Add(500, "Sun, 22 Nov 2026 12:00:00 GMT", []byte("<script>"))
	f.Add(404, "", []byte(strings.Repeat(`{"message":`, 50)))
	f.Fuzz(func(t *testing.T, code int, after string, body []byte) {
		err := classify(&api.Response{Status: code, Header: api.Header{{Name: "Retry-After", Value: after}}, Body: body})
		exchange, ok := api.ExchangeOf(err)
		if !ok || exchange.Status != code {
			t.Fatalf("no exchange in %v", err)
		}
		if text := err.Error(); !utf8.ValidString(text) || utf8.RuneCountInString(text) > 500 || strings.ContainsAny(text, "\n\x00\u202e") {
			t.Errorf("not a line for people: %q", text)
		}
	})
}
