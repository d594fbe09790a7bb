package api_test

import (
	"encoding/json"
	"testing"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/api"
)

func TestRaw(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]struct{ text, shown string }{
		`null`:                   {"", ""},
		`"a\u00fc\n"`:            {"aü\n", "aü\n"},
		`""`:                     {"", ""},
		`"null"`:                 {"null", "null"},
		`12345678901234567890.0`: {"", "12345678901234567890.0"},
		`true`:                   {"", "true"},
		`[1, {"b": null}]`:       {"", `[1, {"b": null}]`},
	} {
		data := []byte(value)
		in := jlexer.Lexer{Data: data}
		var raw api.Raw
		raw.UnmarshalEasyJSON(&in)
		require.NoError(t, in.Error(), value)
		clear(data) // an answer's bytes are not kept

		text, isText := raw.Text()
		assert.Equal(t, want.text, text, value)
		assert.Equal(t, value[0] == '"', isText, value)
		assert.Equal(t, want.shown, raw.String(), value)
		var out jwriter.Writer
		raw.MarshalEasyJSON(&out)
		written, err := out.BuildBytes()
		require.NoError(t, err)
		assert.Equal(t, value, string(written))
		written, err = json.Marshal(raw)
		require.NoError(t, err)
		assert.JSONEq(t, value, string(written))
		assert.Equal(t, value == "null", raw == nil, value)
	}
	text, isText := api.Raw(`"half`).Text()
	assert.False(t, isText)
	assert.Empty(t, text)
	assert.Equal(t, `"half`, api.Raw(`"half`).String())
}

func TestExtras(t *testing.T) {
	t.Parallel()
	var extras api.Extras
	assert.Nil(t, extras.Get("a"))
	data := []byte(`{"b":null,"a":"x","a":7}`)
	in := jlexer.Lexer{Data: data}
	for in.Delim('{'); !in.IsDelim('}'); in.WantComma() {
		name := in.UnsafeFieldName(false)
		in.WantColon()
		extras.UnmarshalUnknown(&in, name)
	}
	require.NoError(t, in.Error())
	clear(data) // an answer's bytes are not kept
	assert.Equal(t, []api.Extra{{"b", "null"}, {"a", `"x"`}, {"a", "7"}}, extras.Extra)
	assert.Equal(t, "x", extras.Get("a").String())
	assert.Equal(t, "null", extras.Get("b").String())
	assert.Nil(t, extras.Get("c"))
	for first, want := range map[bool]string{true: `"b":null,"a":"x","a":7`, false: `,"b":null,"a":"x","a":7`} {
		var out jwriter.Writer
		extras.MarshalUnknowns(&out, first)
		written, err := out.BuildBytes()
		require.NoError(t, err)
		assert.Equal(t, want, string(written))
	}
}
