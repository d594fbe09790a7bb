package stellarcyber

import (
	"context"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

const (
	// renewEarly is what public clients use; a token lives ten minutes.
	renewEarly = time.Minute

	maxTokenBody = 64 << 10
)

// token is the answer of the token endpoint.
//
//easyjson:json
type token struct {
	AccessToken string `json:"access_token"`
	// Exp is the token's end in seconds since 1970; 0 when the server does not say.
	Exp float64 `json:"exp"`
}

func (t *token) check() error {
	if t.AccessToken == "" {
		return api.Missing("access_token")
	}
	return nil
}

// tokenFetcher returns what obtains an access token. A fetch may be repeated: a
// new token leaves the older ones valid, by what public clients rely on.
//
// Source: the vendor's page "Using the API to Retrieve Case Details" for a user and
// a refresh token, body empty; a client of the vendor's engineers for a user-scoped
// key, and for the unit of exp.
//
//api:operation POST /connect/api/v1/access_token
func tokenFetcher(config Config, base string) func(context.Context) (api.Token, error) {
	var credential api.Authorizer = api.Basic{User: config.User, Password: config.Key}
	if config.User == "" {
		credential = userScopedKey(config.Key)
	}
	calls := &api.Client{
		Transport: config.Transport,
		Auth:      credential,
		Classify:  classifyTokenAnswer,
		MaxWait:   config.MaxWait,
		Now:       config.Now,
	}
	req := &api.Request{
		Operation:  "stellarcyber: get token",
		Method:     "POST",
		URL:        api.JoinURL(base, "access_token"),
		Header:     api.Header{{Name: "Content-Type", Value: "application/x-www-form-urlencoded"}},
		Timeout:    lookupTimeout,
		MaxBody:    maxTokenBody,
		Repeatable: true,
	}
	return func(ctx context.Context) (api.Token, error) {
		resp, err := calls.Do(ctx, req)
		if err != nil {
			return api.Token{}, err
		}
		var answer token
		if err := api.Decode(resp.Body, answer.UnmarshalEasyJSON, answer.check); err != nil {
			return api.Token{}, api.DecodeFailure(req, resp, err)
		}
		result := api.Token{Value: api.Secret(answer.AccessToken)}
		// 1e11 s is the year 5138: a larger number is not in seconds.
		if answer.Exp > 0 && answer.Exp < 1e11 {
			result.Expires = time.Unix(int64(answer.Exp), 0)
		}
		return result, nil
	}
}

// classifyTokenAnswer takes 403 for refused credentials too: the call asks for
// nothing but a token (GUESS: the vendor's page has 401 alone).
func classifyTokenAnswer(req *api.Request, resp *api.Response) error {
	err := api.DefaultClassify(req, resp)
	if status, ok := err.(*api.StatusError); ok && status.Status == 403 {
		return &api.AuthError{Exchange: status.Exchange, Message: status.Message}
	}
	return err
}

// userScopedKey is exchanged for a token as it stands. Data endpoints do not take it.
type userScopedKey api.Secret

// Authorize sets the Authorization header.
func (k userScopedKey) Authorize(_ context.Context, req *api.Request) error {
	req.Header.Set("Authorization", "Bearer "+api.Secret(k).Reveal())
	return nil
}

// Refused is always false: there is no other key to try.
func (k userScopedKey) Refused(*api.Response) bool { return false }
