package document

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestMarkdown(t *testing.T) {
	t.Parallel()
	tests := []struct{ in, title, want string }{
		{"# One *two*\n\ntext", "One *two*", "One *two*\ntext"},
		{"a\nb\n\nc", "", "a\nb\nc"},
		{"- a\n- b\n  - c", "", "a\nb\nc"},
		{"| a | b |\n|---|---|\n| 203.0.113[.]7 | `x.dll` |", "", "a\tb\n203.0.113[.]7\tx.dll"},
		{"```\na  b\n  c\n```\nd", "", "a  b\n  c\nd"},
		{"    indented\n\nd", "", "indented\nd"},
		{"see [here](https://bad.example/x) now", "", "see here <https://bad.example/x> now"},
		{"[https://bad.example/x](https://bad.example/x)", "", "https://bad.example/x"},
		{"![shot](a.png)", "", "shot <a.png>"},
		{"<https://bad.example/y>", "", "https://bad.example/y"},
		{"h**p://a.example and h**p://b.example, h__p://c", "", "h**p://a.example and h**p://b.example, h__p://c"},
		{`hxxps[:]//bad[.]example, evil\.example, evil&#46;example`, "", `hxxps[:]//bad[.]example, evil\.example, evil&#46;example`},
		{"<p>one</p>\n<script>198.51.100.1</script>\n\nx <b>y</b>z", "", "one\nx yz"},
		{"> quoted\n\n---\n\nend", "", "quoted\nend"},
		{"", "", ""},
	}
	for _, test := range tests {
		title, text := fromMarkdown([]byte(test.in))
		assert.Equal(t, test.title, title, test.in)
		assert.Equal(t, test.want, text, test.in)
	}
}

// FuzzMarkdown says that what stands in a document stands in its text: a find of
// plain letters is never lost or doubled more often than links double it.
func FuzzMarkdown(f *testing.F) {
	for _, seed := range []string{"# a\n- b\n", "| a |\n|--|\n| b |", "[a](b)", "<div>\n", "```\n", "> \t`", "[x]: <y>\n[x]"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		_, text := fromMarkdown(data)
		assert.LessOrEqual(t, len(text), 8*len(data)+16)
		assert.False(t, strings.HasPrefix(text, "\n"))
	})
}
