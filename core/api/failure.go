package api

import (
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/internal/base64"
)

// failure is the union of what platforms answer when they refuse. Every field is
// untyped on the wire: a string here is an object there.
//
//easyjson:json
type failure struct {
	Message          Raw `json:"message"`
	ErrorDescription Raw `json:"error_description"`
	Error            Raw `json:"error"`
	Detail           Raw `json:"detail"`
	WaitTime         Raw `json:"waitTime"`
}

// readFailure never fails: a body that is no JSON object leaves everything empty.
func readFailure(resp *Response) failure {
	var f failure
	if len(resp.Body) > MaxErrorBody {
		return f
	}
	in := jlexer.Lexer{Data: resp.Body}
	f.UnmarshalEasyJSON(&in)
	in.Consumed()
	if in.Error() != nil {
		return failure{}
	}
	return f
}

// wait is waitTime in milliseconds; a number in a string counts.
func (f failure) wait() (time.Duration, bool) {
	ms, err := strconv.ParseFloat(strings.Trim(string(f.WaitTime), `"`), 64)
	if err != nil && ms == 0 { // "1e999" is an error too, and means a long time
		return 0, false
	}
	return saturate(ms, time.Millisecond)
}

// maxMessage is the most of a platform's words that an error carries, in characters.
const maxMessage = 300

// message is what the platform says about its refusal, as text for people.
func message(req *Request, resp *Response) string {
	f := readFailure(resp)
	for _, field := range []Raw{f.Message, f.ErrorDescription, f.Error, f.Detail} {
		said, _ := field.Text()
		if words := plainText(hideCredentials(req, said), maxMessage); words != "" {
			return words
		}
	}
	body := resp.Body[:min(len(resp.Body), MaxErrorBody)]
	if trimmed := strings.TrimSpace(string(body)); trimmed != "" && trimmed[0] != '{' && trimmed[0] != '[' {
		return plainText(hideCredentials(req, trimmed), maxMessage)
	}
	return ""
}

// hideCredentials takes the request's own credential out of words that a server
// wrote: some repeat what they refuse.
func hideCredentials(req *Request, words string) string {
	for _, field := range req.Header {
		if !strings.EqualFold(field.Name, "Authorization") {
			continue
		}
		scheme, credential, _ := strings.Cut(field.Value, " ")
		words = hide(words, credential)
		if !strings.EqualFold(scheme, "Basic") {
			continue
		}
		if pair, ok := base64.Decode(credential); ok {
			_, password, _ := strings.Cut(pair, ":")
			words = hide(words, password)
		}
	}
	return words
}

// hide leaves values of fewer than four bytes alone: they are no secrets, and
// replacing them would garble the words.
func hide(words, secret string) string {
	if len(secret) < 4 {
		return words
	}
	return strings.ReplaceAll(words, secret, Hidden)
}
