package sandbox

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"
	"time"
)

// claims are a token's payload. Clients decode it for exp and name.
type claims struct {
	// Exp is seconds since 1970.
	Exp   int64  `json:"exp"`
	Name  string `json:"name"`
	Email string `json:"email"`
	// Epoch counts how often all tokens were expired at once; see Sandbox.ExpireTokens.
	Epoch int64 `json:"epoch"`
	// Tenant is the one that the key is for, "" for all.
	Tenant string `json:"tenant,omitempty"`
}

type claimsKey struct{}

// scopeOf is the tenant that the caller's key is for, "" for all.
func scopeOf(r *http.Request) string {
	c, _ := r.Context().Value(claimsKey{}).(claims)
	return c.Tenant
}

// userOf is who a change is by. All credentials belong to one account.
func userOf(*http.Request) person { return analyst() }

// token answers POST access_token: Basic with user and refresh token (the
// vendor's page), or Bearer with a user-scoped key (newer releases). The body is
// empty and its content type does not matter. A new token leaves older ones valid
// (GUESS).
func (s *Sandbox) token(r *http.Request) answer {
	if !s.knows(r) {
		return failure(http.StatusUnauthorized, "Unauthorized")
	}
	exp := s.stellarClock(r).Add(s.options.TokenLifetime).Unix()
	granted := claims{Exp: exp, Name: "Sandbox Analyst", Email: s.credentials.User, Epoch: s.epoch.Load()}
	if _, scoped := bearer(r); scoped {
		granted.Tenant = s.options.ScopedTenant
	}
	signed := s.sign(granted)
	return success(struct {
		AccessToken string `json:"access_token"`
		Exp         int64  `json:"exp"`
	}{signed, exp})
}

func (s *Sandbox) knows(r *http.Request) bool {
	if user, password, ok := r.BasicAuth(); ok {
		return equal(user, s.credentials.User) && equal(password, s.credentials.RefreshToken)
	}
	key, ok := bearer(r)
	return ok && equal(key, s.credentials.ScopedKey)
}

// authorized lets a call through whose access token is one of ours and not
// expired. A user-scoped key is no access token and is refused.
func (s *Sandbox) authorized(h handler) handler {
	return func(r *http.Request) answer {
		if key, ok := bearer(r); ok {
			if granted, ok := s.verify(key, s.stellarClock(r)); ok {
				return h(r.WithContext(context.WithValue(r.Context(), claimsKey{}, granted)))
			}
		}
		if user, password, ok := r.BasicAuth(); ok && s.options.BasicOnData &&
			equal(user, s.credentials.User) && equal(password, s.credentials.RefreshToken) {
			return h(r)
		}
		return failure(http.StatusUnauthorized, "Unauthorized")
	}
}

// sign makes a JWT (RFC 7519) with HMAC-SHA-256.
func (s *Sandbox) sign(c claims) string {
	payload, _ := json.Marshal(c) // numbers and strings always encode
	encode := base64.RawURLEncoding.EncodeToString
	text := encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode(payload)
	return text + "." + encode(s.mac(text))
}

func (s *Sandbox) verify(token string, now time.Time) (c claims, ok bool) {
	at := strings.LastIndexByte(token, '.')
	if at < 0 {
		return c, false
	}
	mac, err := base64.RawURLEncoding.DecodeString(token[at+1:])
	if err != nil || !hmac.Equal(mac, s.mac(token[:at])) {
		return c, false
	}
	_, encoded, _ := strings.Cut(token[:at], ".")
	payload, err := base64.RawURLEncoding.DecodeString(encoded)
	if err != nil || json.Unmarshal(payload, &c) != nil {
		return c, false
	}
	return c, c.Epoch == s.epoch.Load() && now.Unix() < c.Exp
}

// stellarClock is the server's clock, wrong where that was asked for.
func (s *Sandbox) stellarClock(r *http.Request) time.Time {
	return s.clock(r).Add(time.Duration(s.skew.Load()))
}

func (s *Sandbox) mac(text string) []byte {
	h := hmac.New(sha256.New, s.signingKey)
	h.Write([]byte(text))
	return h.Sum(nil)
}

func bearer(r *http.Request) (string, bool) {
	scheme, key, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	return key, ok && strings.EqualFold(scheme, "Bearer")
}

func equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
