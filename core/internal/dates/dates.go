// Package dates reads dates without package time's layouts: 9 KB of gzipped wasm.
package dates

import (
	"strings"
	"time"
)

// RFC3339 reads a date and time of RFC 3339, "2026-01-31T09:30:00.5+01:00". Seconds
// may be missing, the zone may not. The Time has the zone that was written.
func RFC3339(text string) (time.Time, bool) {
	date, rest, ok := strings.Cut(text, "T")
	if !ok || len(date) != len("2026-01-31") || date[4] != '-' || date[7] != '-' {
		return time.Time{}, false
	}
	zone := strings.IndexAny(rest, "Z+-")
	if zone < 0 {
		return time.Time{}, false
	}
	offset, ok := zoneOffset(rest[zone:])
	clock, fraction, hasFraction := strings.Cut(rest[:zone], ".")
	nanoseconds := 0
	if hasFraction {
		nanoseconds = digits(fraction, len(fraction))
		if len(fraction) > 9 { // nobody measures more, but it is allowed to write it
			nanoseconds = digits(fraction[:9], 9)
			if strings.Trim(fraction[9:], "0123456789") != "" {
				nanoseconds = -1
			}
		}
		for n := len(fraction); n < 9; n++ {
			nanoseconds *= 10
		}
		ok = ok && len(clock) == len("09:30:00")
	}
	if !ok || nanoseconds < 0 {
		return time.Time{}, false
	}
	location := time.UTC
	if offset != 0 {
		location = time.FixedZone("", offset)
	}
	return build(digits(date[:4], 4), digits(date[5:7], 2), digits(date[8:], 2), clock, nanoseconds, location)
}

// zoneOffset reads "Z" or "+01:00" as seconds east of Greenwich.
func zoneOffset(text string) (seconds int, ok bool) {
	if text == "Z" {
		return 0, true
	}
	if len(text) != len("+01:00") || text[0] == 'Z' || text[3] != ':' {
		return 0, false
	}
	hours, minutes := digits(text[1:3], 2), digits(text[4:], 2)
	if hours < 0 || hours > 23 || minutes < 0 || minutes > 59 {
		return 0, false
	}
	seconds = hours*3600 + minutes*60
	if text[0] == '-' {
		seconds = -seconds
	}
	return seconds, true
}

// HTTP reads the three forms of RFC 9110 section 5.6.7. The name of the weekday is not held
// against the date.
func HTTP(text string) (time.Time, bool) {
	words := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '-' })
	var day, month, year, clock string
	switch {
	case len(words) == 6 && words[5] == "GMT": // Sun, 22 Nov 2026 12:01:30 GMT; Sunday, 22-Nov-26 12:01:30 GMT
		day, month, year, clock = words[1], words[2], words[3], words[4]
	case len(words) == 5: // Sun Nov 22 12:01:30 2026
		month, day, clock, year = words[1], words[2], words[3], words[4]
	default:
		return time.Time{}, false
	}
	if len(clock) != len("12:01:30") {
		return time.Time{}, false
	}
	y := digits(year, 4)
	if len(year) == 2 {
		// Of the two centuries that package time chooses from.
		if y = digits(year, 2); y >= 69 {
			y += 1900
		} else if y >= 0 {
			y += 2000
		}
	}
	const names = "JanFebMarAprMayJunJulAugSepOctNovDec"
	at := strings.Index(names, month)
	if len(month) != 3 || at < 0 || at%3 != 0 {
		return time.Time{}, false
	}
	return build(y, at/3+1, digits(day, len(day)), clock, 0, time.UTC)
}

// build checks the ranges. clock is "09:30:00" or "09:30".
func build(year, month, day int, clock string, nanoseconds int, location *time.Location) (time.Time, bool) {
	if len(clock) == len("09:30") {
		clock += ":00"
	}
	if len(clock) != len("09:30:00") || clock[2] != ':' || clock[5] != ':' {
		return time.Time{}, false
	}
	hour, minute, second := digits(clock[:2], 2), digits(clock[3:5], 2), digits(clock[6:], 2)
	if year < 0 || month < 1 || month > 12 || day < 1 || day > 31 ||
		hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(month), day, hour, minute, second, nanoseconds, location)
	return t, t.Day() == day // the 31st of June is the 1st of July
}

// digits reads exactly n digits, at most nine; -1 is anything else.
func digits(text string, n int) int {
	if len(text) != n || n == 0 || n > 9 {
		return -1
	}
	number := 0
	for i := range n {
		if text[i] < '0' || text[i] > '9' {
			return -1
		}
		number = 10*number + int(text[i]-'0')
	}
	return number
}
