package station

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
)

// NewUser names a user to be created.
type NewUser struct {
	// Company that the user belongs to; it is created with its first user.
	Company string
	// Name for people; it need not be unique.
	Name string
}

// Credentials are what a user signs in with. They are shown once: the database
// has only their hashes.
type Credentials struct {
	// UserID names the user in Grant.
	UserID string
	// Key and Secret are 64 hexadecimal digits each.
	Key    string
	Secret api.Secret
}

// user is who makes a call.
type user struct {
	id      string
	company string
}

// CreateUser creates a user and, where needed, the company.
func (s *Station) CreateUser(ctx context.Context, given NewUser) (Credentials, error) {
	if strings.TrimSpace(given.Company) == "" || strings.TrimSpace(given.Name) == "" {
		return Credentials{}, errors.New("station: a user has a company and a name")
	}
	company, err := s.company(ctx, given.Company)
	if err != nil {
		return Credentials{}, fmt.Errorf("station: create user: %w", err)
	}
	var raw [64]byte
	if _, err := io.ReadFull(s.random, raw[:]); err != nil {
		return Credentials{}, fmt.Errorf("station: create user: %w", err)
	}
	id, err := s.newID()
	if err != nil {
		return Credentials{}, fmt.Errorf("station: create user: %w", err)
	}
	credentials := Credentials{
		UserID: id,
		Key:    hex.EncodeToString(raw[:32]),
		Secret: api.Secret(hex.EncodeToString(raw[32:])),
	}
	err = s.exec(ctx, `INSERT INTO users (id, company_id, name, key_hash, secret_hash, created) VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
		id, company, given.Name, hash(credentials.Key), hash(credentials.Secret.Reveal()), s.millis())
	if err != nil {
		return Credentials{}, fmt.Errorf("station: create user: %w", err)
	}
	return credentials, nil
}

// company returns the id of a company by name and creates it if need be.
func (s *Station) company(ctx context.Context, name string) (string, error) {
	id, err := s.newID()
	if err != nil {
		return "", err
	}
	err = s.exec(ctx, `INSERT INTO companies (id, name, created) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING`, id, name, s.millis())
	if err != nil {
		return "", err
	}
	id, _, err = one[string](ctx, s, `SELECT id FROM companies WHERE name = ?1`, name)
	return id, err
}

// userByCredentials returns the user, or false. Whether the key or the secret is
// wrong shows neither in the answer nor in the time that it takes.
func (s *Station) userByCredentials(ctx context.Context, key, secret string) (user, bool, error) {
	var (
		found  user
		stored = hash("") // what an unknown key is compared with
	)
	err := s.each(ctx, func(rows *sql.Rows) error {
		return rows.Scan(&found.id, &found.company, &stored)
	}, `SELECT id, company_id, secret_hash FROM users WHERE key_hash = ?1`, hash(key))
	if err != nil {
		return user{}, false, err
	}
	same := subtle.ConstantTimeCompare([]byte(stored), []byte(hash(secret))) == 1
	return found, same && found.id != "", nil
}

// hash is SHA-256 in hexadecimal digits.
func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
