package indicator

// unixRoots are the folders in which absolute paths begin; by length, in order, side by side.
var unixRoots = [...]string{
	3:  "bindevetclibmntoptrunsrvsystmpusrvar",
	4:  "bootdatahomeprocrootsbin",
	5:  "lib64users",
	6:  "sdcardsystem",
	7:  "libraryprivatestoragevolumes",
	12: "applications",
}

// unixPath reads /etc/passwd or ~/dir/file at b[i].
func (s *scanner) unixPath(i int) int {
	start := s.view.from(i)
	text := s.text
	if start > 0 {
		if c := text[start-1]; classes[c]&cSpace == 0 && !isQuote(c) && c != '=' && c != ':' && c != '|' || start < s.last {
			return 0
		}
	}
	limit := min(len(text), start+pathMax)
	p := start
	if text[p] == '~' {
		p++
	}
	root := p + 1
	for root < limit && classes[text[root]]&(cName|cDot) != 0 {
		root++
	}
	if text[start] == '/' && !foldPacked(unixRoots[:], text[p+1:root]) {
		return 0
	}
	segments := 0
	end := p
	for p < limit {
		c := text[p]
		if c == '/' && p+1 < limit && (pathByte(text[p+1]) && text[p+1] != '\\' || text[p+1] == '[' || text[p+1] == '<') {
			segments++
			p++
			continue
		}
		if classes[c]&(cName|cDot) != 0 || c == '+' || c == '@' || c == '%' || c == '~' || c == '#' || c == '{' || c == '}' || c == '$' || c == '*' {
			p++
			end = p
			continue
		}
		if c == '[' || c == '<' {
			if q := placeholder(text, p, limit); q > p {
				p, end = q, q
				continue
			}
		}
		if c == ' ' { // /Library/Application Support/x
			q := p + 1
			for q < limit && q-p < 32 && classes[text[q]]&cName != 0 {
				q++
			}
			if q > p+1 && q+1 < limit && text[q] == '/' && classes[text[p+1]]&cUpper != 0 && classes[text[q+1]]&cName != 0 && !hasExtension(text, p) {
				p, end = q, q
				continue
			}
		}
		break
	}
	for end > start && classes[text[end-1]]&cTrail != 0 && text[end-1] != '}' && text[end-1] != ']' && text[end-1] != '>' {
		end--
	}
	if segments < 2 || end-start < 4 {
		return 0
	}
	s.emitAt(FilePath, s.keep(text[start:end]), start, end, 0, 0, NotHeld, 0)
	return max(s.view.index(end), i+1)
}
