package indicator

import (
	"strings"
	"unicode"
	"unicode/utf8"
	"unsafe"
)

func unsafeString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

//go:generate go run gen_compose.go

// composed is the letter that NFC makes of a small letter and the mark behind it, 0 when
// there is none.
func composed(letter, mark rune) rune {
	var buf [2 * utf8.UTFMax]byte
	pair := utf8.AppendRune(utf8.AppendRune(buf[:0], letter), mark)
	at := strings.Index(compositions, unsafeString(pair))
	if at < 0 {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(compositions[:at])
	return r
}

// toASCII writes a label in its A-label form (RFC 3492), letters folded to lower case
// and composed with the marks behind them as NFC has them, where they are Latin, Greek,
// Cyrillic or kana. Whatever else IDNA maps stays as it is.
func toASCII(label string) (string, bool) {
	const base, tmin, tmax, skew, damp, bias0, n0 = 36, 1, 26, 38, 700, 72, 128
	out := append(make([]byte, 0, len(label)+8), "xn--"...)
	var runes [64]rune
	count, basic := 0, 0
	for _, r := range label {
		if r == utf8.RuneError || count == len(runes) {
			return "", false
		}
		r = unicode.ToLower(r)
		if count > 0 && (r >= 0x300 && r < 0x370 || r == 0x3099 || r == 0x309A) {
			if whole := composed(runes[count-1], r); whole != 0 {
				runes[count-1] = whole
				continue
			}
		}
		runes[count] = r
		count++
	}
	for _, r := range runes[:count] {
		if r < 0x80 {
			out = append(out, byte(r))
			basic++
		}
	}
	if basic == count { // letters such as the Kelvin sign fold to ASCII
		return string(out[len("xn--"):]), true
	}
	if basic > 0 {
		out = append(out, '-')
	}
	n, delta, bias := rune(n0), 0, bias0
	for done := basic; done < count; {
		next := rune(unicode.MaxRune)
		for _, r := range runes[:count] {
			if r >= n && r < next {
				next = r
			}
		}
		delta += int(next-n) * (done + 1)
		n = next
		for _, r := range runes[:count] {
			if r < n {
				delta++
			}
			if r != n {
				continue
			}
			q := delta
			for k := base; ; k += base {
				t := min(max(k-bias, tmin), tmax)
				if q < t {
					break
				}
				out = append(out, punyDigit(t+(q-t)%(base-t)))
				q = (q - t) / (base - t)
			}
			out = append(out, punyDigit(q))
			if done == basic {
				delta /= damp
			} else {
				delta /= 2
			}
			delta += delta / (done + 1)
			k := 0
			for delta > (base-tmin)*tmax/2 {
				delta /= base - tmin
				k += base
			}
			bias = k + (base-tmin+1)*delta/(delta+skew)
			delta = 0
			done++
		}
		delta++
		n++
	}
	return string(out), len(out) <= 63
}

func punyDigit(d int) byte {
	if d < 26 {
		return byte('a' + d)
	}
	return byte('0' + d - 26)
}
