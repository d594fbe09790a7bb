package api

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainText makes a line for people of what a server wrote: tags, the insides of
// script and style, and invisible characters removed, white space collapsed, cut
// to limit characters. The result is still untrusted, and must be shown as text.
func plainText(s string, limit int) string {
	var b strings.Builder
	runes, space := 0, false
	for s = stripTags(s); s != ""; {
		r, size := utf8.DecodeRuneInString(s)
		s = s[size:]
		switch {
		case unicode.IsSpace(r):
			space = runes > 0
			continue
		case r == utf8.RuneError || !strconv.IsPrint(r): // controls, bidi overrides, zero width
			continue
		}
		need := 1
		if space {
			need = 2
		}
		if runes+need > limit-1 && s != "" {
			b.WriteRune('…')
			break
		}
		if space {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
		runes, space = runes+need, false
	}
	return b.String()
}

func stripTags(s string) string {
	if !strings.Contains(s, "<") {
		return s
	}
	var b strings.Builder
	for {
		start := strings.IndexByte(s, '<')
		if start < 0 || start+1 == len(s) {
			break
		}
		if c := s[start+1]; !isLetter(c) && c != '/' && c != '!' && c != '?' { // "3 < 4"
			b.WriteString(s[:start+1])
			s = s[start+1:]
			continue
		}
		b.WriteString(s[:start])
		b.WriteByte(' ')
		tag := s[start:]
		s = skipTag(tag)
		for _, name := range [...]string{"script", "style", "title"} {
			if len(tag) > len(name)+1 && strings.EqualFold(tag[1:len(name)+1], name) && !isLetter(tag[len(name)+1]) {
				s = skipTo(s, "</"+name)
			}
		}
	}
	b.WriteString(s)
	return unescape(b.String())
}

// entities are those that error pages use. The whole table of the html package is
// 2,000 names.
var entities = [...][2]string{
	{"&lt;", "<"},
	{"&gt;", ">"},
	{"&quot;", `"`},
	{"&#39;", "'"},
	{"&nbsp;", " "},
	{"&amp;", "&"},
	{"&", "&"}, // any other
}

// unescape replaces the entities once: "&amp;lt;" becomes "&lt;". strings.Replacer
// is five algorithms, 6 KB of gzipped wasm.
func unescape(s string) string {
	var b strings.Builder
	for {
		start := strings.IndexByte(s, '&')
		if start < 0 {
			b.WriteString(s)
			return b.String()
		}
		b.WriteString(s[:start])
		s = s[start:]
		for _, entity := range entities {
			if strings.HasPrefix(s, entity[0]) {
				b.WriteString(entity[1])
				s = s[len(entity[0]):]
				break
			}
		}
	}
}

// skipTag returns what follows the first '>' of s, "" if there is none.
func skipTag(s string) string {
	_, after, _ := strings.Cut(s, ">")
	return after
}

// skipTo returns s from the first mark on, "" if there is none; mark is in lower
// case and compared without regard to case.
func skipTo(s, mark string) string {
	for i := 0; i+len(mark) <= len(s); i++ {
		if s[i] == '<' && strings.EqualFold(s[i:i+len(mark)], mark) {
			return s[i:]
		}
	}
	return ""
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }
