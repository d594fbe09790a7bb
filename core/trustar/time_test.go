package trustar

import (
	"testing"
	"time"

	"github.com/mailru/easyjson/jlexer"
	"github.com/stretchr/testify/assert"
)

func TestTimestamp(t *testing.T) {
	t.Parallel()
	at := Timestamp(1700000050999)
	assert.Equal(t, time.Date(2023, 11, 14, 22, 14, 10, 999e6, time.UTC), at.Time())
	assert.Equal(t, "1700000050", at.Param(Version12), "requests to 1.2 take seconds")
	assert.Equal(t, "1700000050999", at.Param(Version13))
	assert.Equal(t, "-1", Timestamp(-1).Param(Version12), "rounded down, not towards 1970")
	assert.True(t, Timestamp(0).Time().IsZero())
	assert.Equal(t, "0", Timestamp(0).Param(Version12))
}

func TestTimestampDecodes(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Timestamp{
		`1700000050999`:               1700000050999,
		`0`:                           0,
		`"2016-09-22T11:38:35+00:00"`: 1474544315000,
		`"2016-09-22T13:38:35+02:00"`: 1474544315000,
	} {
		in := jlexer.Lexer{Data: []byte(text)}
		var got Timestamp
		got.UnmarshalEasyJSON(&in)
		assert.NoError(t, in.Error(), text)
		assert.Equal(t, want, got, text)
	}
	for _, text := range []string{`"yesterday"`, `"2016-09-22T11:38:35"`, `true`, `{}`, `1.5`, ``} {
		in := jlexer.Lexer{Data: []byte(text)}
		var got Timestamp
		got.UnmarshalEasyJSON(&in)
		assert.Error(t, in.Error(), text)
	}
}
