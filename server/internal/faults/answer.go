package faults

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
)

// Answer is a complete response.
type Answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// JSON is an answer with a JSON body.
func JSON(status int, body any) Answer {
	text, err := json.Marshal(body)
	if err != nil { // strings and numbers always encode
		panic("faults: " + err.Error())
	}
	return Answer{status, http.Header{"Content-Type": {"application/json"}}, text}
}

// Dialect is what a platform's refusals look like. A nil function is a plain JSON
// object with the text.
type Dialect struct {
	// Refusal of an operation.
	Refusal func(operation string, status int, text string) Answer
	// Expired is what an expired token is told.
	Expired func(operation string) Answer
	// Limit may add what the platform says beside Retry-After when a caller asks too often.
	Limit func(operation string, answer *Answer)
	// WrongTypes is a body of an operation with the right names and the wrong types.
	WrongTypes func(operation string) []byte
}

func (d Dialect) refusal(operation string, status int, text string) Answer {
	if d.Refusal != nil {
		return d.Refusal(operation, status, text)
	}
	return JSON(status, map[string]string{"message": text})
}

// answer is what a fault that replaces says.
func (d Dialect) answer(f Fault, operation string) Answer {
	switch f.Kind {
	case Unauthorized:
		return d.refusal(operation, http.StatusUnauthorized, "Unauthorized")
	case ExpiredToken:
		if d.Expired != nil {
			return d.Expired(operation)
		}
		return d.refusal(operation, http.StatusUnauthorized, "Token has expired")
	case RateLimit:
		a := d.refusal(operation, http.StatusTooManyRequests, "Rate limit exceeded")
		if f.WaitTime != 0 {
			a = JSON(a.Status, map[string]any{"message": "Request limit exceeded for the current time period.", "waitTime": f.WaitTime})
		}
		if f.RetryAfter != "" {
			a.Header.Set("Retry-After", f.RetryAfter)
		}
		if d.Limit != nil {
			d.Limit(operation, &a)
		}
		return a
	case EmptyError:
		return Answer{Status: f.status(http.StatusBadGateway)}
	case HTML:
		return Answer{
			f.status(http.StatusServiceUnavailable),
			http.Header{"Content-Type": {"text/html; charset=utf-8"}},
			[]byte("<!doctype html><title>Maintenance</title><h1>We will be back soon</h1><script>alert(1)</script>"),
		}
	case WrongTypes:
		body := []byte(`{"0":{"id":{}},"items":"none, or perhaps some","id":[7]}`)
		if d.WrongTypes != nil {
			body = d.WrongTypes(operation)
		}
		return Answer{http.StatusOK, http.Header{"Content-Type": {"application/json"}}, body}
	}
	return d.refusal(operation, f.status(http.StatusInternalServerError), "Internal error")
}

func (f Fault) status(otherwise int) int {
	if f.Status != 0 {
		return f.Status
	}
	return otherwise
}

func (a Answer) send(w http.ResponseWriter) {
	maps.Copy(w.Header(), a.Header)
	w.WriteHeader(a.Status)
	_, _ = w.Write(a.Body) // the client is gone; nothing to tell it
}

// recorder keeps an answer that a fault will spoil.
type recorder struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header { return r.header }

func (r *recorder) WriteHeader(status int) {
	if r.status == 0 {
		r.status = status
	}
}

func (r *recorder) Write(b []byte) (int, error) {
	r.WriteHeader(http.StatusOK)
	return r.body.Write(b)
}

// record runs a handler and returns its answer.
func record(h http.Handler, r *http.Request) Answer {
	kept := &recorder{header: http.Header{}}
	h.ServeHTTP(kept, r)
	kept.WriteHeader(http.StatusOK)
	return Answer{kept.status, kept.header, kept.body.Bytes()}
}
