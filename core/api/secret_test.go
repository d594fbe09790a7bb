package api_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func TestSecretPrintsHidden(t *testing.T) {
	t.Parallel()
	basic := api.Basic{User: "u", Password: "canary"}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		assert.NotContains(t, fmt.Sprintf(verb, basic), "canary", verb)
		assert.NotContains(t, fmt.Sprintf(verb, &api.Token{Value: "canary"}), "canary", verb)
	}
	b, err := json.Marshal(basic)
	require.NoError(t, err)
	assert.NotContains(t, string(b), "canary")
	assert.Equal(t, "canary", basic.Password.Reveal())
	assert.Empty(t, api.Secret("").String())
}

// Every error that Do can return, from a server that repeats whatever it was sent.
func TestErrorsHoldNoSecret(t *testing.T) {
	t.Parallel()
	const canary = "s3cr3t-canary"
	echo := []byte(`{"message":"token ` + canary + ` of pair dTpzM2NyM3QtY2FuYXJ5 refused"}`)
	answers := map[string]step{
		"network":    {err: &api.NetworkError{Exchange: api.ExchangeFor(request(canary), nil), Cause: errors.New("cut")}},
		"redirect":   {err: &api.RedirectError{Exchange: api.ExchangeFor(request(canary), nil)}},
		"too large":  {err: &api.BodyTooLargeError{Exchange: api.ExchangeFor(request(canary), nil)}},
		"status":     {resp: &api.Response{Status: 403, Body: echo}},
		"text":       {resp: &api.Response{Status: 500, Body: []byte("<p>" + canary + "</p>")}},
		"rate limit": {resp: &api.Response{Status: 429, Body: echo}},
		"auth":       {resp: &api.Response{Status: 401, Body: echo}},
	}
	credentials := map[string]api.Authorizer{
		"basic": api.Basic{User: "u", Password: canary},
		"bearer": &api.Bearer{Fetch: func(context.Context) (api.Token, error) {
			return api.Token{Value: canary}, nil
		}},
		"unsendable": &api.Bearer{Fetch: func(context.Context) (api.Token, error) {
			return api.Token{Value: canary + "\n"}, nil
		}},
	}
	for name, answer := range answers {
		for kind, auth := range credentials {
			t.Run(name+" "+kind, func(t *testing.T) {
				t.Parallel()
				client := &api.Client{Transport: &script{steps: []step{answer}}, Auth: auth, MaxAttempts: 1}
				_, err := client.Do(t.Context(), request(canary))
				require.Error(t, err)
				for _, text := range []string{err.Error(), fmt.Sprintf("%+v", err), fmt.Sprintf("%#v", err)} {
					assert.NotContains(t, text, canary)
					if kind == "basic" {
						assert.NotContains(t, text, "dTpzM2NyM3QtY2FuYXJ5")
					}
				}
			})
		}
	}
}

func request(canary string) *api.Request {
	return &api.Request{Operation: "test", Method: "POST", URL: "https://example.test/a?secret=" + canary + "#" + canary, Body: []byte(canary)}
}
