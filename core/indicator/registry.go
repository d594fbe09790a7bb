package indicator

import "strings"

var hives = [...]string{
	"HKLM", "HKCU", "HKCR", "HKU", "HKCC", "HKPD", "HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER", "HKEY_CLASSES_ROOT",
	"HKEY_USERS", "HKEY_CURRENT_CONFIG", "HKEY_PERFORMANCE_DATA",
}

// hiveOf is the hive that word names, in capitals, else "".
func hiveOf(word string) string {
	for _, h := range &hives {
		if len(h) == len(word) && hasPrefixFold(word, h) {
			return h
		}
	}
	return ""
}

func foldHive(word string) bool { return hiveOf(word) != "" }

// registry reads a key whose hive is b[i:j]. The value keeps the hive as the text has
// it, in capitals, long or short.
func (s *scanner) registry(i, j int) int {
	b := s.view.b
	if j-i > 24 || j-i < 3 || b[i]|0x20 != 'h' || b[i+1]|0x20 != 'k' {
		return 0
	}
	hive := hiveOf(b[i:j])
	if hive == "" {
		return 0
	}
	text := s.text
	p := s.view.upto(j)
	for p < len(text) && (text[p] == ':' || text[p] == '>' || text[p] == ']') && p < s.view.upto(j)+2 {
		p++
	}
	if p >= len(text) || text[p] != '\\' {
		return 0
	}
	start := s.view.from(i)
	end := segmentsEnd(text, p)
	end = keyEnd(text, p, end)
	if end <= p+1 || start < s.last {
		return 0
	}
	value := text[p:end]
	var steps Steps
	if strings.Contains(value, `\\`) {
		steps = StepBackslash
		value = collapse(value)
	}
	s.room(len(hive) + len(value))
	n := len(s.values)
	s.values = textInto(textInto(s.values, hive), value)
	s.emitAt(RegistryKey, s.since(n), start, end, steps, 0, NotHeld, 0)
	return max(s.view.index(end), j)
}

// keyEnd moves the end of a key on over blanks that a quote closes, or the end of the line
// when capitals or digits follow them: ...\Run\Windows Update Service.
func keyEnd(text string, p, end int) int {
	if end >= len(text) || text[end] != ' ' || end+1 < len(text) && classes[text[end+1]]&cAlnum == 0 {
		return end
	}
	words, prose := 0, false
	for q := end; q-end < 48; q++ {
		if q == len(text) || text[q] == '\n' || text[q] == '\r' || text[q] == '"' || text[q] == '`' || text[q] == '|' {
			if words <= 3 && text[q-1] != ' ' && text[q-1] != '.' && !(prose && (q == len(text) || text[q] < ' ')) {
				return q
			}
			return end
		}
		if text[q] == ' ' {
			if words++; q+1 < len(text) && classes[text[q+1]]&(cUpper|cDigit) == 0 {
				prose = true
			}
		} else if classes[text[q]]&cName == 0 {
			return end
		}
	}
	return end
}
