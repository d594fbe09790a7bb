package station

import (
	"errors"
	"maps"
	"math"
	"slices"
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
func decodeStored(column string, m decodable) error {
	in := jlexer.Lexer{Data: []byte(column)}
	m.UnmarshalEasyJSON(&in)
	in.Consumed()
	return in.Error()
}

// properties are names with texts, written in the order of the names so that the same
// ones are always written alike. Numbers and truth values are taken as texts.
type properties map[string]string

// UnmarshalEasyJSON takes an object.
func (p *properties) UnmarshalEasyJSON(in *jlexer.Lexer) {
	if in.IsNull() {
		in.Skip()
		return
	}
	*p = properties{}
	in.Delim('{')
	for !in.IsDelim('}') {
		name := in.String()
		in.WantColon()
		switch token := in.Raw(); {
		case string(token) == "true" || string(token) == "false":
			(*p)[name] = string(token)
		default:
			inner := jlexer.Lexer{Data: token}
			(*p)[name], _ = stringOrNumber(&inner)
			in.AddError(inner.Error())
		}
		in.WantComma()
	}
	in.Delim('}')
}

// MarshalEasyJSON writes an object.
func (p properties) MarshalEasyJSON(w *jwriter.Writer) {
	w.RawByte('{')
	for i, name := range slices.Sorted(maps.Keys(p)) {
		if i > 0 {
			w.RawByte(',')
		}
		w.String(name)
		w.RawByte(':')
		w.String(p[name])
	}
	w.RawByte('}')
}

// IsDefined is how easyjson asks whether to write it.
func (p properties) IsDefined() bool { return len(p) > 0 }

// content20 is a submission's content: a list of indicators in an object, a text, or
// absent.
type content20 struct {
	given      bool
	text       string
	indicators *indicatorContent
}

// UnmarshalEasyJSON takes an object, a text or null.
func (c *content20) UnmarshalEasyJSON(in *jlexer.Lexer) {
	token := in.Raw()
	switch {
	case len(token) == 0 || string(token) == "null":
		return
	case token[0] == '{':
		c.indicators = &indicatorContent{}
		inner := jlexer.Lexer{Data: token}
		c.indicators.UnmarshalEasyJSON(&inner)
		in.AddError(inner.Error())
	case token[0] == '"':
		inner := jlexer.Lexer{Data: token}
		c.text = inner.String()
		in.AddError(inner.Error())
	default:
		in.AddError(errors.New("content is neither an object nor a text"))
	}
	c.given = true
}

// MarshalEasyJSON writes what there is.
func (c content20) MarshalEasyJSON(w *jwriter.Writer) {
	switch {
	case c.indicators != nil:
		c.indicators.MarshalEasyJSON(w)
	case c.given:
		w.String(c.text)
	default:
		w.RawString("null")
	}
}
