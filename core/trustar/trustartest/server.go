package trustartest

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	fixtures "github.com/sightline-sec/sightline/testdata/api"
)

// The account that the server knows, and the one token that it hands out.
const (
	Key    = "canary-key-1a2b"
	Secret = "canary-secret-3c4d"
	token  = "canary-token-5e6f"
)

// Prefix is below which Handler answers.
const Prefix = "/trustar/"

// Fixture returns a file of testdata/api/trustar.
func Fixture(name string) (string, error) {
	data, err := fixtures.TruSTAR.ReadFile("trustar/" + name)
	return string(data), err
}

// Handler answers the operations, each below Prefix and its own name. What it did not
// expect it answers with status 418, in the vendor's shape of an error.
func Handler() http.Handler {
	operations := map[string]Operation{}
	for _, op := range Operations() {
		operations[op.Name] = op
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.EscapedPath(), Prefix), "/")
		name, err := url.PathUnescape(name)
		op, ok := operations[name]
		if err != nil || !ok {
			refuse(w, "no such operation: "+name)
			return
		}
		if r.URL.RawQuery != "" {
			rest += "?" + r.URL.RawQuery
		}
		body, _ := io.ReadAll(r.Body)
		if rest == "oauth/token" {
			answerToken(w, r, string(body))
			return
		}
		if problem := op.header(r, len(body) > 0); problem != "" {
			refuse(w, problem)
			return
		}
		line := r.Method + " /" + strings.TrimPrefix(rest, "api/")
		for _, exchange := range op.Exchanges {
			if exchange.Line != line || exchange.Sent != string(body) {
				continue
			}
			text, err := Fixture(exchange.Answer)
			if err != nil {
				refuse(w, err.Error())
				return
			}
			w.Header().Set("Trace-Id", "trace-1")
			w.WriteHeader(max(exchange.Status, 200))
			_, _ = io.WriteString(w, text)
			return
		}
		refuse(w, "not expected: "+line+" "+string(body))
	})
}

func answerToken(w http.ResponseWriter, r *http.Request, body string) {
	if user, password, _ := r.BasicAuth(); user != Key || password != Secret || body != "grant_type=client_credentials" {
		http.Error(w, `{"error":"Unauthorized"}`, http.StatusUnauthorized)
		return
	}
	_, _ = fmt.Fprintf(w, `{"access_token":%q,"token_type":"bearer","expires_in":599,"scope":"read"}`, token)
}

// header says what is wrong with a request's header.
func (op Operation) header(r *http.Request, hasBody bool) string {
	want := map[string]string{
		"Authorization": "Bearer " + token, "Client-Type": "API", "Client-Version": op.Version, "Client-Metatag": "trustartest",
		"Content-Type": "application/json",
	}
	if !hasBody {
		want["Content-Type"] = ""
	}
	if op.Plain {
		delete(want, "Content-Type") // a browser may name one
	}
	for name, value := range want {
		if got := r.Header.Get(name); got != value {
			return fmt.Sprintf("%s is %q, not %q", name, got, value)
		}
	}
	return ""
}

func refuse(w http.ResponseWriter, problem string) {
	w.WriteHeader(http.StatusTeapot)
	_, _ = fmt.Fprintf(w, `{"status":418,"error":"I'm a teapot","message":%q}`, problem)
}
