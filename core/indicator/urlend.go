package indicator

import "strings"

// urlEnd is where the path, query and fragment that start at b[i] end. prev is the
// byte before the URL: a plus sign there is closed by the plus signs at the end, as
// AsciiDoc has it, and an apostrophe by the next one.
func urlEnd(b string, i int, prev byte) int {
	round, brace := 0, 0
	query := false
	row := prev == ',' || prev == '\n' || prev == 0 // a row of a CSV file
	k := i
scan:
	for ; k < len(b); k++ {
		c := b[k]
		switch {
		case classes[c]&cSpace != 0:
			break scan
		case classes[c]&(cName|cDot|cSlash) != 0:
			continue
		}
		switch c {
		case '<', '>', '"', '`', '|', '^', '\\':
			break scan
		case '\'':
			if prev == c {
				break scan
			}
		case '?', '#':
			query = true
		case '(':
			round++
		case ')':
			if round == 0 {
				break scan
			}
			round--
		case '{':
			if !closes(b, k, '}') {
				break scan
			}
			brace++
		case '}':
			if brace == 0 {
				break scan
			}
			brace--
		case '[':
			// A label of AsciiDoc or a placeholder ends the URL; a[b]=c in a query does not.
			if !query || !closes(b, k, ']') || classes[b[k-1]]&cAlnum == 0 {
				if k+1 < len(b) && (classes[b[k+1]]&cDigit == 0 || !query) {
					break scan
				}
			}
		case ']':
			if strings.LastIndexByte(b[i:k], '[') < 0 {
				break scan
			}
		case ',', ';':
			if row && c == ',' && !query && brace == 0 || k+5 < len(b) && b[k+1]|0x20 == 'h' && b[k+4]|0x20 == 'p' {
				break scan
			}
		}
	}
	for k > i {
		c := b[k-1]
		if classes[c]&cTrail != 0 && c != ')' && c != '}' || c == '*' || c == '(' || c == '[' || c == '+' && prev == '+' {
			k--
			continue
		}
		break
	}
	return k
}

// pathFollows reports whether the slash before b[i] may be more than the last sign of a URL.
func pathFollows(b string, i int) bool {
	return i < len(b) && unpathed.has(b[i]) == 0
}

// unpathed are the signs that no path begins with.
var unpathed = byteSet{1<<(' '+1) - 1 | 1<<'"' | 1<<'<' | 1<<'>' | 1<<')', 1<<('`'-64) | 1<<('|'-64) | 1<<('^'-64) | 1<<('\\'-64) | 1<<('['-64) | 1<<(']'-64) | 1<<('}'-64) | 1<<(0x7f-64)}

// closes reports whether the bracket at b[k] is closed within a short word.
func closes(b string, k int, with byte) bool {
	for n := k + 1; n < len(b) && n-k < 48; n++ {
		if b[n] == with {
			return true
		}
		if classes[b[n]]&cSpace != 0 || b[n] == b[k] || b[n] == '"' || b[n] == '/' {
			return false
		}
	}
	return false
}
