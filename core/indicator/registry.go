package indicator

import "strings"

var hives = [...]struct{ short, long string }{
	{"HKLM", "HKEY_LOCAL_MACHINE"},
	{"HKCU", "HKEY_CURRENT_USER"},
	{"HKCR", "HKEY_CLASSES_ROOT"},
	{"HKU", "HKEY_USERS"},
	{"HKCC", "HKEY_CURRENT_CONFIG"},
	{"HKPD", "HKEY_PERFORMANCE_DATA"},
}

// hiveOf is the hive that a word names, in the form that the text has; "" if none.
func hiveOf(word string) string {
	for _, h := range hives {
		if foldAny(word, h.short) {
			return h.short
		}
		if foldAny(word, h.long) {
			return h.long
		}
	}
	return ""
}

// registry reads a key whose hive is b[i:j].
func (s *scanner) registry(i, j int) int {
	b := s.view.b
	if j-i > 24 || j-i < 3 {
		return 0
	}
	hive := hiveOf(b[i:j])
	if hive == "" {
		return 0
	}
	text := s.text
	p := s.view.upto(j)
	if p < len(text) && text[p] == ':' {
		p++
	}
	if p >= len(text) || text[p] != '\\' {
		return 0
	}
	end := keyEnd(text, p)
	if end <= p+1 {
		return 0
	}
	value := hive + text[p:end]
	var steps Steps
	if strings.Contains(value, `\\`) {
		steps = StepBackslash
		for strings.Contains(value, `\\`) {
			value = strings.ReplaceAll(value, `\\`, `\`)
		}
	}
	s.emitAt(RegistryKey, value, s.view.from(i), end, steps, 0, NotHeld, 0)
	return max(s.view.index(end), j)
}

// keyEnd is where the segments that start at text[p] end. A blank belongs to a
// segment when the segment is closed by a later backslash or the line ends with it.
func keyEnd(text string, p int) int {
	end := p
	for p < len(text) && p-end < 256 {
		c := text[p]
		switch {
		case c == '\\', classes[c]&cName != 0, c == '.', c == '{', c == '}', c == '(', c == ')', c == '%', c == '&', c == '+', c == '#', c == '$', c == '~', c == '!', c == '@', c == '<', c == '>':
			p++
			end = p
			continue
		case c == ' ':
			q := p + 1
			for q < len(text) && q-p < 48 && (classes[text[q]]&cName != 0 || text[q] == ' ' && text[q-1] != ' ' || text[q] == '.' && q+1 < len(text) && classes[text[q+1]]&cAlnum != 0) {
				q++
			}
			if q < len(text) && text[q] == '\\' && q > p+1 {
				p = q
				continue
			}
			if words := strings.Count(text[p:q], " "); words <= 2 && (q == len(text) || text[q] == '\n' || text[q] == '\r' || text[q] == '"' || text[q] == '`') && q > p+1 {
				end = q
			}
		}
		break
	}
	for end > 0 && (classes[text[end-1]]&cTrail != 0 && text[end-1] != '}' || text[end-1] == '\\' || text[end-1] == ' ') {
		end--
	}
	return end
}
