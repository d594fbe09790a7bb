package trustar

import (
	"context"
	"strings"
	"time"

	"github.com/mailru/easyjson/jlexer"

	"github.com/sightline-sec/sightline/core/api"
)

const (
	// renewEarly is small because the server hands out the same token again until it
	// has expired. A token that is handed out with less left is waited out: a call that
	// it expires under would have to be made twice.
	renewEarly = renewSeconds * time.Second

	renewSeconds = 2

	// unsaid is the lifetime in seconds of a token whose server does not tell it.
	unsaid = 600

	maxTokenBody = 64 << 10
)

// token is the answer of the token endpoint.
//
//easyjson:json
type token struct {
	AccessToken string `json:"access_token"`
	// ExpiresIn is whole seconds, 599 for a fresh token.
	ExpiresIn float64 `json:"expires_in"`
}

func (t *token) check() error {
	if t.AccessToken == "" {
		return api.Missing("access_token")
	}
	return nil
}

// rejection is the answer to a call whose token is not accepted.
//
//easyjson:json
type rejection struct {
	Description string `json:"error_description"`
}

// tokenFetcher returns what obtains a token by client credentials. A fetch may be
// repeated: while a token is valid the server hands out the same one.
//
// Source: the vendor's page "TruSTAR API", and its Python SDK for the path.
//
//api:operation POST /oauth/token
func tokenFetcher(config Config) func(context.Context) (api.Token, error) {
	calls := &api.Client{
		Transport: config.Transport,
		Auth:      api.Basic{User: config.Key, Password: config.Secret},
		Classify:  classifyTokenAnswer,
		MaxWait:   config.MaxWait,
		Now:       config.Now,
		Sleep:     config.Sleep,
	}
	req := &api.Request{
		Operation:  "trustar: get token",
		Method:     "POST",
		URL:        api.JoinURL(config.BaseURL, "oauth", "token"),
		Header:     api.Header{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
		Body:       []byte("grant_type=client_credentials"),
		Timeout:    lookupTimeout,
		MaxBody:    maxTokenBody,
		Repeatable: true,
	}
	return func(ctx context.Context) (api.Token, error) {
		answer := token{ExpiresIn: unsaid}
		asked := config.Now()
		for again := true; ; again = false {
			if err := calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
				return api.Token{}, err
			}
			if !again || answer.ExpiresIn > renewSeconds {
				break
			}
			// Whole seconds are told: a second more than they can be.
			if err := config.Sleep(ctx, renewEarly+time.Second); err != nil {
				return api.Token{}, err
			}
			asked, answer = config.Now(), token{ExpiresIn: unsaid}
		}
		result := api.Token{Value: api.Secret(answer.AccessToken)}
		// Half an hour is more than any token lives, and keeps the sum in range.
		if seconds := min(answer.ExpiresIn, 1800); seconds > 0 {
			result.Expires = asked.Add(time.Duration(seconds * float64(time.Second)))
		}
		return result, nil
	}
}

// classifyTokenAnswer takes 400 and 403 for refused credentials too. The request is
// always the same, so nothing else in it can be wrong (GUESS: the vendor's SDK takes
// every failure of this call for one).
func classifyTokenAnswer(req *api.Request, resp *api.Response) error {
	err := api.DefaultClassify(req, resp)
	if status, ok := err.(*api.StatusError); ok && (status.Status == 400 || status.Status == 403) {
		return &api.AuthError{Exchange: status.Exchange, Message: status.Message}
	}
	return err
}

// refusesToken recognises that a token expired or is not known.
//
// Source: the vendor's page "Report Submission" and four public clients. The server
// says so with status 400 and a text, which that page spells "oaut2" and the
// clients "oauth2". Both are taken on 401 as well, as is any 401.
func refusesToken(resp *api.Response) bool {
	switch resp.Status {
	case 401:
		return true
	case 400:
		var answer rejection
		in := jlexer.Lexer{Data: resp.Body}
		answer.UnmarshalEasyJSON(&in)
		if in.Error() != nil {
			return false
		}
		switch strings.ToLower(strings.TrimSpace(answer.Description)) {
		case "expired oauth2 access token", "expired oaut2 access token",
			"invalid oauth2 access token", "invalid oaut2 access token":
			return true
		}
	}
	return false
}
