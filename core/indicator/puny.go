package indicator

import (
	"unicode"
	"unicode/utf8"
	"unsafe"
)

func unsafeString(b []byte) string { return unsafe.String(unsafe.SliceData(b), len(b)) }

// toASCII writes a label in its A-label form (RFC 3492), letters folded to lower
// case. It does not normalise: a label that is not in NFC stays as it is.
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
		runes[count] = r
		count++
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
