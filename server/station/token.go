package station

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// A token is HMAC-SHA256 over a stored nonce under the user's secret, cut to a
// UUID. The same token is handed out as long as it is valid, yet the database holds
// only its hash: the secret that makes it again comes with each token request.

// tokenLife in milliseconds: ten minutes, the vendor's.
const tokenLife = 10 * 60 * 1000

// tokenKept is how long an expired token is still told from an unknown one.
const tokenKept = 24 * 60 * 60 * 1000

// issued is one row of tokens.
type issued struct {
	number, issued, expires int64
	nonce                   string
	expired                 bool
}

// token answers POST /oauth/token: client credentials by Basic authentication, and
// grant_type in the body or, as one of the vendor's clients has it, in the query.
func (s *Station) token(ctx context.Context, c *call) (answer, error) {
	body, err := c.bytes()
	if err != nil {
		return answer{}, err
	}
	grant := c.query.Get("grant_type")
	if form, err := url.ParseQuery(string(body)); err == nil && form.Has("grant_type") {
		grant = form.Get("grant_type")
	}
	// The codes are those of RFC 6749 section 5.2.
	switch grant {
	case "client_credentials":
	case "":
		return answer{}, &tokenFault{http.StatusBadRequest, "invalid_request", "Missing grant type"}
	default:
		return answer{}, &tokenFault{http.StatusBadRequest, "unsupported_grant_type", "Unsupported grant type"}
	}
	key, secret, _ := c.BasicAuth()
	found, ok, err := s.userByCredentials(ctx, key, secret)
	if err != nil {
		return answer{}, err
	}
	if !ok {
		return answer{}, &fault{http.StatusUnauthorized, "The API key or the API secret is wrong."}
	}
	current, err := s.currentToken(ctx, found, secret)
	if err != nil {
		return answer{}, err
	}
	left := min(current.expires-s.millis(), tokenLife)
	return jsonAnswer(tokenAnswer{
		AccessToken: makeToken(secret, current.nonce),
		TokenType:   "bearer",
		ExpiresIn:   max((left-1)/1000, 0),
		Scope:       "read",
	})
}

// currentToken returns the user's valid token and issues one if there is none. Of
// callers at the same moment one issues, and all get what it has issued.
func (s *Station) currentToken(ctx context.Context, u user, secret string) (issued, error) {
	now := s.millis()
	latest, err := s.latestToken(ctx, u)
	if err != nil {
		return issued{}, err
	}
	if latest.number > 0 && latest.expires > now && !latest.expired {
		return latest, nil
	}
	var raw [32]byte
	if _, err := io.ReadFull(s.random, raw[:]); err != nil {
		return issued{}, err
	}
	nonce := hex.EncodeToString(raw[:])
	err = s.exec(ctx, `INSERT INTO tokens (user_id, number, hash, nonce, issued, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO NOTHING`,
		u.id, latest.number+1, hash(makeToken(secret, nonce)), nonce, now, now+tokenLife)
	if err != nil {
		return issued{}, err
	}
	if err := s.exec(ctx, `DELETE FROM tokens WHERE user_id = ?1 AND expires < ?2`, u.id, now-tokenKept); err != nil {
		return issued{}, err
	}
	return s.latestToken(ctx, u)
}

func (s *Station) latestToken(ctx context.Context, u user) (issued, error) {
	var t issued
	err := s.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&t.number, &t.nonce, &t.issued, &t.expires, &t.expired)
	}, `SELECT number, nonce, issued, expires, expired FROM tokens WHERE user_id = ?1 ORDER BY number DESC LIMIT 1`, u.id)
	return t, err
}

func makeToken(secret, nonce string) string {
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(nonce))
	var raw [16]byte
	copy(raw[:], mac.Sum(nil))
	return formatUUID(raw)
}

// authenticate returns the user of the request's bearer token. A token that was
// once seen expired, or that a later one has replaced, stays so, even when the
// clock is set back.
func (s *Station) authenticate(ctx context.Context, r *http.Request) (user, error) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "Bearer") || token == "" {
		return user{}, errTokenMissing
	}
	var (
		found   user
		expires int64
		expired bool
		hashed  = hash(token)
	)
	err := s.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&found.id, &found.company, &expires, &expired)
	}, `SELECT u.id, u.company_id, t.expires,
	t.expired OR EXISTS (SELECT 1 FROM tokens later WHERE later.user_id = t.user_id AND later.number > t.number)
FROM tokens t JOIN users u ON u.id = t.user_id WHERE t.hash = ?1`, hashed)
	switch {
	case err != nil:
		return user{}, err
	case found.id == "":
		return user{}, errTokenUnknown
	case expired:
		return user{}, errTokenExpired
	case expires <= s.millis():
		if err := s.exec(ctx, `UPDATE tokens SET expired = 1 WHERE hash = ?1`, hashed); err != nil {
			return user{}, err
		}
		return user{}, errTokenExpired
	}
	return found, nil
}
