package threatstack

import (
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
)

// Error is an answer with which Threat Stack refuses or fails: whatever its status,
// in either version. It unwraps to the *api.AuthError (401), *api.RateLimitError
// (429) or *api.StatusError (all others) that says what can be done.
type Error struct {
	api.Exchange
	// Message is the platform's own words, "" when the body had none that can be read.
	Message string

	cause error
	// own is true when the body is a JSON object, as the platform's are. A proxy on
	// the way answers a page.
	own bool
}

func (e *Error) Error() string { return e.cause.Error() }

// Unwrap returns the error of package api.
func (e *Error) Unwrap() error { return e.cause }

// isMiss reports whether err is the platform's word that there is no such object.
func isMiss(err error) bool {
	var refusal *Error
	return errtype.As(err, &refusal) && refusal.Status == 404 && refusal.own
}

// classify makes an *Error of an answer outside 200..299. Its words are those of
// {"status":"error","message":"…"} in version 1 and of {"errors":["…"]} in version 2.
// A server that repeats the key, which it was sent in version 1, does not get it
// into an error.
//
// Source: the vendor's Python client and Go command line tool.
func classify(key api.Secret, req *api.Request, resp *api.Response) error {
	seen := *resp
	seen.Body = hide(resp.Body, key)
	own := isObject(seen.Body)
	if words := listed(seen.Body); words != "" {
		var w jwriter.Writer
		w.RawString(`{"message":`)
		w.String(words)
		w.RawByte('}')
		seen.Body, _ = w.BuildBytes() // strings always encode
	}
	return platformError(withReset(api.DefaultClassify(req, &seen), resp, time.Now()), own)
}

// platformError puts an *Error around an error that an answer was made into.
func platformError(err error, own bool) error {
	var words string
	switch cause := err.(type) {
	case *api.AuthError:
		words = cause.Message
	case *api.RateLimitError:
		words = cause.Message
	case *api.StatusError:
		words = cause.Message
	default:
		return err
	}
	exchange, _ := api.ExchangeOf(err)
	return &Error{Exchange: exchange, Message: words, cause: err, own: own}
}

// hide leaves keys of fewer than four bytes alone: replacing them would garble the
// words.
func hide(body []byte, key api.Secret) []byte {
	if len(key) < 4 || len(body) > api.MaxErrorBody {
		return body[:min(len(body), api.MaxErrorBody)]
	}
	return []byte(strings.ReplaceAll(string(body), key.Reveal(), api.Hidden))
}

func isObject(body []byte) bool {
	in := jlexer.Lexer{Data: body}
	if !in.IsDelim('{') {
		return false
	}
	in.SkipRecursive()
	in.Consumed()
	return in.Error() == nil
}

// listed returns the strings of a body's "errors", "" when it has none.
func listed(body []byte) string {
	var f failure
	if decode(body, f.UnmarshalEasyJSON) != nil {
		return ""
	}
	in := jlexer.Lexer{Data: f.Errors}
	if !in.IsDelim('[') {
		return ""
	}
	var words []string
	for in.Delim('['); in.Ok() && !in.IsDelim(']') && len(words) < 20; in.WantComma() {
		if text, _ := api.Raw(in.Raw()).Text(); text != "" {
			words = append(words, text)
		}
	}
	return strings.Join(words, "; ")
}

// failure is a body of version 2 that says no.
//
//easyjson:json
type failure struct {
	Errors api.Raw `json:"errors"`
}

// withReset reads how long a rate limit of version 2 lasts, where the answer has no
// Retry-After. X-Rate-Limit-Reset is in milliseconds by a public client; whether
// from now or since 1970 it does not tell, so the size decides (GUESS).
func withReset(err error, resp *api.Response, now time.Time) error {
	limit, ok := err.(*api.RateLimitError)
	if !ok || resp.Header.Get("Retry-After") != "" {
		return err
	}
	ms, parseErr := strconv.ParseInt(resp.Header.Get("X-Rate-Limit-Reset"), 10, 64)
	if parseErr != nil || ms <= 0 {
		return err
	}
	if ms > 1e11 { // 1973 as a date, three years as a wait
		ms -= now.UnixMilli()
	}
	limit.Wait = min(max(time.Duration(min(ms, 1e9))*time.Millisecond, time.Second), 24*time.Hour)
	return limit
}
