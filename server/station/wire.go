package station

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// looseText is a text that clients also send as a bare number.
type looseText string

// UnmarshalEasyJSON takes a string or a number.
func (t *looseText) UnmarshalEasyJSON(in *jlexer.Lexer) {
	text, _ := stringOrNumber(in)
	*t = looseText(text)
}

// MarshalEasyJSON writes a string.
func (t looseText) MarshalEasyJSON(w *jwriter.Writer) { w.String(string(t)) }

// looseTime is a time that clients send as ISO-8601 with a zone, or as a number in
// the unit of the version. No text means now.
type looseTime struct {
	text   string
	number bool
}

// UnmarshalEasyJSON keeps the token; what it means depends on the version.
func (t *looseTime) UnmarshalEasyJSON(in *jlexer.Lexer) {
	t.text, t.number = stringOrNumber(in)
}

// MarshalEasyJSON writes a string.
func (t looseTime) MarshalEasyJSON(w *jwriter.Writer) { w.String(t.text) }

func stringOrNumber(in *jlexer.Lexer) (text string, number bool) {
	token := in.Raw()
	switch {
	case len(token) == 0:
		return "", false
	case token[0] == '"':
		inner := jlexer.Lexer{Data: token}
		text = inner.String()
		in.AddError(inner.Error())
		return text, false
	case token[0] == '-' || token[0] >= '0' && token[0] <= '9':
		return string(token), true
	}
	in.AddError(errors.New("neither a string nor a number"))
	return "", false
}

// isoLayouts are the forms of ISO-8601 that occur; Go reads a fraction of the
// second in each of them.
func isoLayouts() []string {
	return []string{time.RFC3339, "2006-01-02T15:04:05Z0700", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00"}
}

func (t looseTime) millis(v version, now int64) (int64, error) {
	if strings.TrimSpace(t.text) == "" {
		return now, nil
	}
	if t.number {
		n, err := strconv.ParseInt(t.text, 10, 64)
		if err != nil || n < 0 || n > math.MaxInt64/1000 {
			return 0, badRequest("timeBegan is a time since 1970, in " + v.unit() + ", or ISO-8601 with a time zone.")
		}
		return v.millis(n), nil
	}
	for _, layout := range isoLayouts() {
		if at, err := time.Parse(layout, t.text); err == nil {
			return at.UnixMilli(), nil
		}
	}
	return 0, badRequest("timeBegan is ISO-8601 with a time zone, as in 2016-09-22T11:38:35+00:00.")
}

// decodeStored reads a JSON column.
func decodeStored(column string, m interface{ UnmarshalEasyJSON(*jlexer.Lexer) }) error {
	in := jlexer.Lexer{Data: []byte(column)}
	m.UnmarshalEasyJSON(&in)
	in.Consumed()
	return in.Error()
}
