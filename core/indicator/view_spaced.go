package indicator

import "strings"

// bridge reads the disguise that joins text[:end] to what stands behind the blanks there.
// An empty plain text means that the blanks alone are taken out.
func (v *view) bridge(text string, end int, path bool) form {
	if end >= len(text) || text[end] != ' ' || len(v.norm) == 0 {
		return form{}
	}
	q := skipBlanks(text, end)
	if q >= len(text) {
		return form{}
	}
	if f := v.wideScheme(text, end); f.end > end {
		return f
	}
	// What was just undone may end with a blank: [.] example
	if step := v.lastStep(); step&(StepDot|StepAt) != 0 && v.norm[len(v.norm)-1] != '-' {
		if k := classes[text[q]]; k&cAlnum != 0 && k&cUpper == 0 {
			return form{end: q, step: step}
		}
	}
	if !v.afterName() && v.norm[len(v.norm)-1] != '@' {
		return form{}
	}
	if classes[text[q]]&cOpen != 0 {
		f := bracketForm(text, q)
		if f.step&(StepDot|StepAt) == 0 || f.open && len(v.pieces) < 2 || path || !labelFollows(text, f.end) {
			return form{}
		}
		return f
	}
	if v.norm[len(v.norm)-1] == '@' || text[q] == '@' {
		return v.spacedAt(text, end, q)
	}
	if v.spaced && (text[q] == '.' || text[q] == '/') && q+1 < len(text) && classes[text[q+1]]&cAlnum != 0 { // http:// example .com /path
		return form{end: q, step: StepSeparator}
	}
	return wordForm(text, end)
}

// spacedAt reads blanks about an at sign, which count only when the host behind is
// disguised, user @ example[.]com, or when the whole fills its line.
func (v *view) spacedAt(text string, end, q int) form {
	host := q
	f := form{end: q, step: StepAt}
	if text[q] == '@' {
		host = skipBlanks(text, q+1)
		f = form{plain: "@", step: StepAt, end: host}
		if host == q+1 {
			return form{}
		}
	}
	to := tokenEnd(text, host)
	if fillsLine(text, v.base, to) && strings.Contains(text[host:to], ".") {
		return f
	}
	if to-host > 253 || !strings.ContainsAny(text[host:to], "[({") && !(to+1 < len(text) && text[to] == ' ' && classes[text[to+1]]&cOpen != 0 && bracketForm(text, to+1).step&StepDot != 0) {
		return form{}
	}
	return f
}
