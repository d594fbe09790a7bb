package threatstack

import (
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/internal/dates"
)

// Time is an end of a time range: an instant, or a day. The zero value is no end.
// A day stands for its beginning in UTC, at either end of a range (GUESS: the
// vendor's page asks for "2017-05-01" to "2017-05-31" and does not say whether the
// 31st is in it).
type Time struct {
	at  time.Time
	day bool
}

// At is an instant.
func At(t time.Time) Time { return Time{at: t.UTC()} }

// Day is a day in UTC.
func Day(year int, month time.Month, day int) Time {
	return Time{at: time.Date(year, month, day, 0, 0, 0, 0, time.UTC), day: true}
}

// ParseTime reads "2017-05-01" as a day, and "2017-05-01 08:00:00" as an instant;
// with a T between, with a fraction, without seconds or minutes, with Z or an offset,
// or as 20160713T164318Z too. Without an offset it is UTC. It fails with
// *api.InvalidError, for years before 1970 too.
func ParseTime(s string) (Time, error) {
	if t, ok := parseTime(s); ok && checkRange(t, Time{}) == nil && !t.IsZero() {
		return t, nil
	}
	return Time{}, invalid("time", `is not one like "2017-05-01" or "2017-05-01 08:00:00"`)
}

func parseTime(s string) (Time, bool) {
	if len(s) == len("2017-05-01") {
		t, ok := dates.RFC3339(s + "T00:00Z")
		return Time{at: t, day: true}, ok
	}
	if len(s) >= len("20160713T164318Z") && s[8] == 'T' { // without signs between
		s = s[:4] + "-" + s[4:6] + "-" + s[6:11] + ":" + s[11:13] + ":" + s[13:]
		if len(s) < 20 || s[19] == '.' {
			return Time{}, false
		}
	}
	if len(s) < len("2017-05-01T08") {
		return Time{}, false
	}
	date, clock := s[:10], s[11:]
	switch {
	case s[10] != ' ' && s[10] != 'T':
		return Time{}, false
	case len(clock) == len("08"):
		clock += ":00"
	}
	if !strings.ContainsAny(clock, "Z+-") {
		clock += "Z"
	}
	t, ok := dates.RFC3339(date + "T" + clock)
	return At(t), ok
}

// IsZero reports whether there is no end.
func (t Time) IsZero() bool { return t.at.IsZero() }

// Time returns the instant in UTC, a day's beginning.
func (t Time) Time() time.Time { return t.at }

// String returns what version 1 is sent, "" for no end: "2017-05-01" for a day, else
// "2017-05-01 08:00:00" in UTC, with a fraction down to microseconds if there is one.
//
// Source: what the vendor's Python client makes of dates and times.
func (t Time) String() string {
	if t.IsZero() {
		return ""
	}
	year, month, day := t.at.Date()
	text := padded(year, 4) + "-" + padded(int(month), 2) + "-" + padded(day, 2)
	if t.day {
		return text
	}
	text += " " + padded(t.at.Hour(), 2) + ":" + padded(t.at.Minute(), 2) + ":" + padded(t.at.Second(), 2)
	if microseconds := t.at.Nanosecond() / 1000; microseconds > 0 {
		text += "." + strings.TrimRight(padded(microseconds, 6), "0")
	}
	return text
}

// padded writes a number with zeros before it; package time's layouts cost 9 KB of
// gzipped wasm.
func padded(n, width int) string {
	text := strconv.Itoa(n)
	return strings.Repeat("0", max(width-len(text), 0)) + text
}

// v2 returns what version 2 is sent: whole seconds, with a T.
//
// Source: the vendor's page on version 2.
func (t Time) v2() string {
	s, _, _ := strings.Cut(t.String(), ".")
	return strings.Replace(s, " ", "T", 1)
}

// checkRange refuses what no server can answer.
func checkRange(from, to Time) error {
	for _, t := range [...]Time{from, to} {
		if year := t.at.Year(); !t.IsZero() && (year < 1970 || year > 9999) {
			return invalid("time range", "has a year that is not between 1970 and 9999")
		}
	}
	if !from.IsZero() && !to.IsZero() && to.at.Before(from.at) {
		return invalid("time range", "ends before it begins")
	}
	return nil
}

// Timestamp is milliseconds since 1970; 0 is never or unknown.
type Timestamp int64

// Time returns t in UTC, the zero Time for 0.
func (t Timestamp) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(t)).UTC()
}

// DateTime is a time as the platform writes most of them: ISO 8601 in UTC, with
// milliseconds. "" is never or unknown. It is kept as it came.
type DateTime string

// Time returns d in UTC, the zero Time for what cannot be read.
func (d DateTime) Time() time.Time {
	t, err := ParseTime(string(d))
	if err != nil {
		return time.Time{}
	}
	return t.Time()
}
