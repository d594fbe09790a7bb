package trustar

import (
	"strconv"
	"time"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"

	"github.com/sightline-sec/sightline/core/internal/dates"
)

// Timestamp is milliseconds since 1970: the unit of all answers and of requests to
// 1.3. Requests to 1.2 and older take seconds, see Param. 0 is unknown.
//
// Source: the vendor's page "TruSTAR API".
type Timestamp int64

// Time returns t in UTC, the zero Time for 0.
func (t Timestamp) Time() time.Time {
	if t == 0 {
		return time.Time{}
	}
	return time.UnixMilli(int64(t)).UTC()
}

// Param returns t as a request parameter of an API version: whole seconds, rounded
// down, for 1.2.
func (t Timestamp) Param(version string) string {
	n := int64(t)
	if version == Version12 {
		n = t.Time().Unix()
		if t == 0 {
			n = 0
		}
	}
	return strconv.FormatInt(n, 10)
}

// UnmarshalEasyJSON reads milliseconds. It reads the text that request bodies use,
// ISO-8601 with a zone, as well: a server may give timeBegan back as it came (GUESS).
func (t *Timestamp) UnmarshalEasyJSON(in *jlexer.Lexer) {
	if in.CurrentToken() != jlexer.TokenString {
		*t = Timestamp(in.Int64())
		return
	}
	at, ok := dates.RFC3339(in.String())
	if !ok {
		in.AddError(errNoTime)
		return
	}
	*t = Timestamp(at.UnixMilli())
}

// MarshalEasyJSON writes milliseconds.
func (t Timestamp) MarshalEasyJSON(out *jwriter.Writer) { out.Int64(int64(t)) }
