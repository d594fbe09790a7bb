package station

import (
	"context"
	"database/sql"
	"encoding/hex"
	"io"
)

// The three ways to the database. Statements hold their parameters as ?1, ?2, …;
// arguments are strings, integers and nil, which both drivers can carry.

// exec runs a statement that answers nothing.
func (s *Station) exec(ctx context.Context, statement string, args ...any) error {
	_, err := s.db.ExecContext(ctx, statement, args...)
	return err
}

// each runs a statement and calls scan for every row. It reads to the end, even
// after one row of a RETURNING: an INSERT is only known to be committed when the
// driver has reported that there is no more.
func (s *Station) each(ctx context.Context, scan func(*sql.Rows) error, statement string, args ...any) error {
	rows, err := s.db.QueryContext(ctx, statement, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// one returns the single value of the first row; false when there is no row.
func one[T any](ctx context.Context, s *Station, statement string, args ...any) (T, bool, error) {
	var (
		value T
		found bool
	)
	err := s.each(ctx, func(rows *sql.Rows) error {
		if found {
			return nil
		}
		found = true
		return rows.Scan(&value)
	}, statement, args...)
	return value, found, err
}

// orNull stores an absent text as NULL, which unique indexes pass over.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}

// newID is a UUID of version 4: the vendor's clients check the version.
func (s *Station) newID() (string, error) {
	var raw [16]byte
	if _, err := io.ReadFull(s.random, raw[:]); err != nil {
		return "", err
	}
	return formatUUID(raw), nil
}

// traceID names an exchange. It is no secret; without randomness it is zero.
func (s *Station) traceID() string {
	id, err := s.newID()
	if err != nil {
		return "00000000-0000-4000-8000-000000000000"
	}
	return id
}

// formatUUID writes 122 of the 128 bits as a UUID of version 4, RFC 9562.
func formatUUID(raw [16]byte) string {
	raw[6] = raw[6]&0x0f | 0x40
	raw[8] = raw[8]&0x3f | 0x80
	var out [36]byte
	hex.Encode(out[0:8], raw[0:4])
	hex.Encode(out[9:13], raw[4:6])
	hex.Encode(out[14:18], raw[6:8])
	hex.Encode(out[19:23], raw[8:10])
	hex.Encode(out[24:36], raw[10:16])
	out[8], out[13], out[18], out[23] = '-', '-', '-', '-'
	return string(out[:])
}
