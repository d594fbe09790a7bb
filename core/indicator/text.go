package indicator

import (
	"strings"

	"github.com/sightline-sec/sightline/core/internal/packed"
)

// What the grammars ask of text, letter case being that of ASCII alone.

// wordEndIn is where the letters and digits at text[p] end.
func wordEndIn(text string, p int) int {
	for ; p+8 <= len(text); p += 8 {
		if other := ^alnum(load8(text, p)) & eachHigh; other != 0 {
			return p + firstOf(other)
		}
	}
	for p < len(text) && classes[text[p]]&cWordChar != 0 {
		p++
	}
	return p
}

func skipBlanks(text string, p int) int {
	for n := 0; n < blanksMax && p < len(text) && text[p] == ' '; n++ {
		p++
	}
	return p
}

func skipBlanksBack(text string, p int) int {
	for n := 0; n < blanksMax && p > 0 && text[p-1] == ' '; n++ {
		p--
	}
	return p
}

// tokenEnd is where the token that text[p] is part of ends, at most regionMax on.
func tokenEnd(text string, p int) int {
	text = text[:min(len(text), p+regionMax)]
	for ; p+8 <= len(text); p += 8 {
		x := load8(text, p)
		if blank := ^(between(x&eachLow, 0x21, 0x7e) | x) & eachHigh; blank != 0 {
			return p + firstOf(blank)
		}
	}
	for p < len(text) && classes[text[p]]&cSpace == 0 {
		p++
	}
	return p
}

// foldAny reports whether word equals one of the lower-case words, letter case aside.
func foldAny(word string, words ...string) bool {
	for _, w := range words {
		if len(w) == len(word) && w[0] == word[0]|0x20 && hasPrefixFold(word, w) {
			return true
		}
	}
	return false
}

// hasPrefixFold reports whether text begins with prefix, letter case aside.
func hasPrefixFold(text, prefix string) bool {
	n := len(prefix)
	if n > len(text) {
		return false
	}
	if n >= 8 {
		i := 0
		for ; i+8 < n; i += 8 {
			if lower8(load8(text, i)) != lower8(load8(prefix, i)) {
				return false
			}
		}
		return lower8(load8(text, n-8)) == lower8(load8(prefix, n-8))
	}
	return n == 0 || lower8(packed.Number(text[:n])) == lower8(packed.Number(prefix))
}

//go:noinline
func upperCase(word string) bool {
	for i := 0; i < len(word); i++ {
		if k := classes[word[i]]; k&cLetter != 0 && k&cUpper == 0 {
			return false
		}
	}
	return true
}

// upper copies text in capitals, ASCII letters only.
func upper(text string) string {
	buf := []byte(text)
	for i, c := range buf {
		if k := classes[c]; k&cLetter != 0 && k&cUpper == 0 {
			buf[i] = c - 0x20
		}
	}
	return string(buf)
}

// lower copies text in lower case, ASCII letters only.
func lower(text string) string {
	for i := 0; i < len(text); i++ {
		if classes[text[i]]&cUpper != 0 {
			buf := []byte(text)
			for ; i < len(buf); i++ {
				if classes[buf[i]]&cUpper != 0 {
					buf[i] |= 0x20
				}
			}
			return string(buf)
		}
	}
	return strings.Clone(text)
}

func isASCII(text string) bool {
	n := len(text)
	if n < 8 {
		return n == 0 || packed.Number(text)&eachHigh == 0
	}
	high := load8(text, n-8)
	for i := 0; i+8 < n; i += 8 {
		high |= load8(text, i)
	}
	return high&eachHigh == 0
}
