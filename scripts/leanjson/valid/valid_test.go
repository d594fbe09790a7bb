package valid_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/sightline-sec/sightline/scripts/leanjson/valid"
)

var seeds = []string{
	"", " ", "null", " true\n", "false", "tru", "truex", "nul", "0", "-0", "00", "-", "01", "1.", "1.5", ".5", "1e", "1e5", "1E+05", "1e-", "-1.25e-7", "+1",
	`""`, `"a`, `"\"`, `"\\"`, `"\u12aF"`, `"\u12g4"`, `"\u123`, `"\x"`, "\"\t\"", "\"\x7f\xff\"", "\"\x00\"", `"\/\b\f\n\r\t"`, "'a'",
	"[]", "[ ]", "[1]", "[1,]", "[,1]", "[1 2]", "[1,\r\n2 ]", "[", "]", "[[],{}]", "[1}",
	"{}", "{ }", `{"a":1}`, `{"a" : [ {"b":null} ] , "c":"d"}`, `{"a"}`, `{"a":}`, `{a:1}`, `{"a":1,}`, `{,}`, `{"a":1 "b":2}`, `{1:2}`, "{", "{]",
	"1 1", "{}{}", "\x00", "[\x00]", "\ufeff1", "[1]\x00", "\v1", "\u00a01",
}

// deep stand at the greatest depth and one beyond.
var deep = []string{
	strings.Repeat("[", 10000) + strings.Repeat("]", 10000),
	strings.Repeat("[", 10001) + strings.Repeat("]", 10001),
	strings.Repeat(`{"a":`, 10000) + "1" + strings.Repeat("}", 10000),
	strings.Repeat(`{"a":`, 10001) + "1" + strings.Repeat("}", 10001),
}

func TestValidIsThatOfTheLibrary(t *testing.T) {
	t.Parallel()
	for _, text := range append(deep, seeds...) {
		assert.Equal(t, json.Valid([]byte(text)), valid.Valid([]byte(text)), "%.80q", text)
	}
}

func FuzzValid(f *testing.F) {
	for _, text := range seeds {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		assert.Equal(t, json.Valid(data), valid.Valid(data))
	})
}
