package indicator

import "unicode/utf8"

// delimiter stands in a view for characters outside ASCII that no value holds.
const delimiter = "\x1f"

// stepNone marks a piece that stands for nothing but its own end.
const stepNone Steps = 1 << 31

// wide puts the character outside ASCII at text[p] and returns where it ends.
func (v *view) wide(text string, p int) int {
	v.wideUsed = true
	if c := text[p]; 0xE5 <= c && c <= 0xE8 && p+3 <= len(text) && text[p+1]&text[p+2]&0xC0 == 0x80 && (text[p+1]|text[p+2])&0x40 == 0 {
		v.part(text, p, p+3) // ideographs, U+5000 to U+8FFF
		return p + 3
	}
	r, n := utf8.DecodeRuneInString(text[p:])
	end := p + n
	if r == 0xFF08 || r == 0xFF3B || r == 0xFF5B || r == 0x3010 {
		if f := wideBracket(text, end); f.end > end && v.afterName() && labelFollows(text, f.end) {
			v.undo(f.plain, f.step|StepWidth, p, f.end)
			return f.end
		}
	}
	switch {
	case r == utf8.RuneError && n <= 1:
		v.delimit(p, end)
	case invisible(r):
		v.undo("", StepInvisible, p, end)
	case r == 0x3002 || r == 0xFF61 || r == 0x2024 || r == 0xFE52:
		v.undo(".", StepWidth, p, end)
	case r == 0xFE6B:
		v.undo("@", StepWidth, p, end)
	case r >= 0xFF01 && r <= 0xFF5E:
		v.undo(ascii[r-0xFF01:r-0xFF00], StepWidth, p, end)
	case r >= 0x1D400 && r <= 0x1D6A3: // mathematical letters, thirteen alphabets of 52
		k := (r - 0x1D400) % 52
		v.undo(ascii[letterAt(k):letterAt(k)+1], StepWidth, p, end)
	case r >= 0x1D7CE && r <= 0x1D7FF: // mathematical digits
		k := '0' - '!' + (r-0x1D7CE)%10
		v.undo(ascii[k:k+1], StepWidth, p, end)
	case r >= 0x24B6 && r <= 0x24E9: // circled letters
		k := letterAt(r - 0x24B6)
		v.undo(ascii[k:k+1], StepWidth, p, end)
	case r >= 0xFB00 && r <= 0xFB06:
		v.undo([...]string{"ff", "fi", "fl", "ffi", "ffl", "st", "st"}[r-0xFB00], StepWidth, p, end)
	case dash(r) && v.afterCVE():
		v.undo("-", StepWidth, p, end)
	case letter(r):
		if unspaced(r) {
			v.part(text, p, end)
		} else {
			v.copy(text, p, end)
		}
	default:
		v.delimit(p, end)
	}
	return end
}

// part puts the letter at text[p:end] of a script that writes no blanks: between it and ASCII
// a value begins or ends.
func (v *view) part(text string, p, end int) {
	if v.afterAlnum() {
		v.undo(delimiter, stepNone, p, p)
	}
	v.copy(text, p, end)
	if end < len(text) && classes[text[end]]&cWordChar != 0 {
		v.undo(delimiter, stepNone, end, end)
	}
}

// delimit puts the delimiter for what text[p:end] holds; one is enough for many.
func (v *view) delimit(p, end int) {
	if n := len(v.pieces); n > 0 && v.pieces[n-1].step == stepNone && v.norm[len(v.norm)-1] == delimiter[0] && int(v.pieces[n-1].end) == p-v.base {
		v.pieces[n-1].end = int32(end - v.base)
		return
	}
	v.undo(delimiter, stepNone, p, end)
}

// wideBracket reads the sign or word at text[q] that stands between full-width or
// lenticular brackets.
func wideBracket(text string, q int) form {
	f := bracketContent(text, q)
	if f.plain == "." || f.plain == "@" {
		switch r, n := utf8.DecodeRuneInString(text[f.end:]); r {
		case 0xFF09, 0xFF3D, 0xFF5D, 0x3011:
			f.end += n
			return f
		}
	}
	return form{}
}

// ascii holds the printable characters that have a full-width form, in order.
const ascii = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"

// letterAt is the index in ascii of the k-th of the letters A to Z and a to z.
func letterAt(k rune) rune {
	if k < 26 {
		return 'A' - '!' + k
	}
	return 'a' - '!' + k - 26
}

// dash reports whether r is one of the hyphens and dashes that word processors make of
// a minus sign.
func dash(r rune) bool {
	return r >= 0x2010 && r <= 0x2015 || r == 0x2212 || r == 0xFE63
}

// afterCVE reports whether what was put last is CVE, or CVE and a year.
func (v *view) afterCVE() bool {
	n := len(v.norm)
	if n >= 8 && classes[v.norm[n-1]]&cDigit != 0 && v.norm[n-5] == '-' {
		n -= 5
	}
	return n >= 3 && foldAny(unsafeString(v.norm[n-3:n]), "cve")
}

// invisible reports whether r is one of the characters that are skipped anywhere.
func invisible(r rune) bool {
	switch r {
	case 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F:
		return true
	}
	return false
}

// unspaced reports whether r is a letter of a script that is written without blanks, or
// with its particles joined to foreign words: kana, Hangul, Han, Thai.
func unspaced(r rune) bool {
	return r >= 0x3041 && r <= 0xD7AF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF || r >= 0x0E00 && r <= 0x0E7F
}

// letter reports whether r may stand in an internationalised label. It is coarser
// than Unicode's tables, which would weigh more than the rest of the engine: all
// but the blocks of punctuation, symbols and pictures.
func letter(r rune) bool {
	switch {
	case r < 0xC0, r == 0xD7, r == 0xF7:
		return false
	case r >= 0x2000 && r < 0x2C00, r >= 0x2E00 && r < 0x3005, r >= 0x3008 && r < 0x3041:
		return false
	case r >= 0xD800 && r < 0xF900, r >= 0xFE00 && r < 0xFE70, r >= 0xFF00 && r < 0xFF66:
		return false
	case r >= 0xFFE0 && r < 0x10000, r >= 0x1F000 && r < 0x20000, r >= 0xE0000:
		return false
	}
	return true
}
