package sandbox

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTokenCall(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 3})
	k := c.credentials
	assert.Len(t, k.RefreshToken, 86)
	tests := []struct {
		name string
		set  func(*http.Request)
		want int
	}{
		{"basic", func(r *http.Request) { r.SetBasicAuth(k.User, k.RefreshToken) }, 200},
		{"form content type", func(r *http.Request) {
			r.SetBasicAuth(k.User, k.RefreshToken)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}, 200},
		{"scoped key", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+k.ScopedKey) }, 200},
		{"nothing", nil, 401},
		{"wrong token", func(r *http.Request) { r.SetBasicAuth(k.User, "x"+k.RefreshToken) }, 401},
		{"wrong user", func(r *http.Request) { r.SetBasicAuth("x", k.RefreshToken) }, 401},
		{"refresh token as bearer", func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+k.RefreshToken) }, 401},
		{"three parts", func(r *http.Request) { r.SetBasicAuth(k.User, k.RefreshToken+":nonce") }, 401},
	}
	for _, test := range tests {
		resp, body, err := c.do(http.MethodPost, "/connect/api/v1/access_token", test.set)
		require.NoError(t, err)
		assert.Equal(t, test.want, resp.StatusCode, test.name)
		if test.want != 200 {
			assert.JSONEq(t, `{"error":"Unauthorized"}`, string(body), test.name)
			continue
		}
		var token struct {
			AccessToken string `json:"access_token"`
			Exp         int64  `json:"exp"`
		}
		require.NoError(t, json.Unmarshal(body, &token))
		assert.Equal(t, noon.Add(10*time.Minute).Unix(), token.Exp)
		payload, err := base64.RawURLEncoding.DecodeString(strings.Split(token.AccessToken, ".")[1])
		require.NoError(t, err)
		assert.Contains(t, string(payload), `"exp":`+itoa(int(token.Exp)))
	}
	resp, _, err := c.do(http.MethodGet, "/connect/api/v1/access_token", nil)
	require.NoError(t, err)
	assert.Equal(t, http.StatusNotFound, resp.StatusCode, "another method")
}

func TestDataNeedsAnAccessToken(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 3})
	good := c.newToken()
	head, rest, _ := strings.Cut(good, ".")
	_, mac, _ := strings.Cut(rest, ".")
	forged := head + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"exp":99999999999}`)) + "." + mac
	for name, authorization := range map[string]string{
		"none": "", "scoped key": "Bearer " + c.credentials.ScopedKey, "garbage": "Bearer x.y.z", "forged": "Bearer " + forged, "empty": "Bearer ",
		"basic": "Basic " + base64.StdEncoding.EncodeToString([]byte(c.credentials.User+":"+c.credentials.RefreshToken)),
	} {
		resp, _, err := c.do(http.MethodGet, "/connect/api/v1/cases", func(r *http.Request) {
			if authorization != "" {
				r.Header.Set("Authorization", authorization)
			}
		})
		require.NoError(t, err)
		assert.Equal(t, http.StatusUnauthorized, resp.StatusCode, name)
	}
}

func TestTokensEnd(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	now := noon
	s, c := start(t, Options{Cases: 3, TokenLifetime: 2 * time.Minute, Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return now
	}})
	status := func() int {
		resp, _ := c.try("/cases")
		return resp.StatusCode
	}
	assert.Equal(t, 200, status())
	mu.Lock()
	now = now.Add(2 * time.Minute)
	mu.Unlock()
	assert.Equal(t, 401, status())
	first := c.newToken()
	c.token = c.newToken()
	assert.Equal(t, 200, status())
	c.token = first // a newer token leaves the older one valid
	assert.Equal(t, 200, status())
	s.ExpireTokens()
	assert.Equal(t, 401, status())
	c.token = ""
	assert.Equal(t, 200, status())
}

func TestBasicOnDataBehindASwitch(t *testing.T) {
	t.Parallel()
	_, c := start(t, Options{Cases: 3, BasicOnData: true})
	resp, _, err := c.do(http.MethodGet, "/connect/api/v1/cases", func(r *http.Request) { r.SetBasicAuth(c.credentials.User, c.credentials.RefreshToken) })
	require.NoError(t, err)
	assert.Equal(t, 200, resp.StatusCode)
}
