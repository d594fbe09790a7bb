package dates_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/core/internal/dates"
)

// What is written in the zone that was read is what the library writes.
const exact = "2006-01-02T15:04:05.999999999-07:00"

func FuzzRFC3339(f *testing.F) {
	for _, text := range []string{
		"2026-01-31T09:30:00+00:00", "2026-01-31T09:30:00Z", "2026-01-31T09:30Z", "2026-01-31T09:30+05:45", "2024-02-29T23:59:59.999999999-11:30",
		"2026-01-31T09:30:00.5Z", "2026-01-31T09:30:00.1234567890Z", "2026-01-31T09:30:00.Z", "2026-01-31T09:30.5Z", "2026-01-31T09:30:00,5Z",
		"2026-02-29T00:00:00Z", "2026-06-31T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
		"2026-01-31T24:00:00Z", "2026-01-31T09:60:00Z", "2026-01-31T09:30:60Z", "2026-01-31T9:30:00Z", "2026-01-31T09:30:00", "2026-01-31", "2026-01-31 09:30:00Z",
		"2026-01-31T09:30:00+24:00", "2026-01-31T09:30:00+00:60", "2026-01-31T09:30:00+0100", "2026-01-31T09:30:00z", "2026-01-31T09:30:00-00:00", "-026-01-31T09:30:00Z", "2026-01-31T09:30:00Z01:00", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := dates.RFC3339(text)
		// The library reads more than it writes, and both more than the RFC allows.
		if written, err := time.Parse(time.RFC3339Nano, text); err == nil && written.Format(time.RFC3339Nano) == text {
			_, offset := written.Zone()
			assert.Equal(t, max(offset, -offset) < 24*60*60, ok, text)
		}
		if !ok {
			return
		}
		want, err := time.Parse(time.RFC3339Nano, text)
		if err != nil {
			want, err = time.Parse("2006-01-02T15:04Z07:00", text)
		}
		assert.NoError(t, err, text)
		assert.Equal(t, want.Format(exact), got.Format(exact), text)
	})
}

func FuzzHTTP(f *testing.F) {
	for _, text := range []string{
		"Sun, 22 Nov 2026 12:01:30 GMT", "Sunday, 22-Nov-26 12:01:30 GMT", "Sun Nov 22 12:01:30 2026", "Mon Nov  2 12:01:30 2026", "Sunday, 22-Nov-69 12:01:30 GMT",
		"Sun, 22 Nov 2026 12:01:30", "Sun, 22 nov 2026 12:01:30 GMT", "Sun, 31 Jun 2026 12:01:30 GMT", "Sun, 22 anF 2026 12:01:30 GMT", "Sun, 22 Nov 2026 24:01:30 GMT",
		"Sun, 22 Nov 2026 12:01 GMT", "Sun, 22 Nov 2026 12:01:30 UTC", "Sun, 22 Nov 026 12:01:30 GMT", "Sun, 22  2026 12:01:30 GMT", "soon", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, ok := dates.HTTP(text)
		for _, layout := range []string{"Mon, 02 Jan 2006 15:04:05 GMT", "Monday, 02-Jan-06 15:04:05 GMT", time.ANSIC} {
			want, err := time.Parse(layout, text)
			if err != nil || want.Format(layout) != text {
				continue // the library reads more than it writes
			}
			assert.True(t, ok, text)
			assert.Equal(t, want.Format(exact), got.Format(exact), text)
		}
		if ok {
			assert.Equal(t, time.UTC, got.Location())
		}
	})
}
