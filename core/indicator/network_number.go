package indicator

// asn reads AS64500, ASN64500; the number alone behind the words is read by asnWord.
func (s *scanner) asn(i, e int) int {
	b := s.view.b
	p := i + 2
	if p < e && b[p]|0x20 == 'n' {
		p++
	}
	n, end := number(b, p, 10)
	if end != e || b[p] == '0' || !publicASN(n) {
		return 0
	}
	if c := s.before(i); c == '-' || c == '_' || c == '.' || b[i:i+2] != "AS" && (p == i+2 && end-p < 4 || classes[b[i]]&cUpper != 0) {
		return 0
	}
	s.emit(ASN, s.keepBehind("AS", b[p:e]), i, e, 0, NotHeld)
	return e
}

// publicASN refuses the reserved numbers of RFC 6996, RFC 7300 and RFC 4893.
func publicASN(n int) bool {
	return n > 0 && n < 4200000000 && n != 23456 && !(n >= 64512 && n <= 65535)
}

// asnWord reads AS 64500 and ASN 64500, whose word is b[i:e].
func (s *scanner) asnWord(i, e int) int {
	end := s.view.upto(e)
	text := s.text
	if end < len(text) && text[end] == ':' && e-i == 3 { // ASN: 64500
		end++
	}
	if end+1 >= len(text) || text[end] != ' ' || classes[text[end+1]]&cDigit == 0 {
		return 0
	}
	n, to := number(text, end+1, 10)
	if to == 0 || !publicASN(n) || text[end+1] == '0' || to < len(text) && (classes[text[to]]&(cAlnum|cJoin) != 0 || text[to] == '/') {
		return 0
	}
	if to+1 < len(text) && (text[to] == '.' || text[to] == ',') && classes[text[to+1]]&cAlnum != 0 {
		return 0
	}
	start := s.view.from(i)
	if e-i == 2 { // AS 1234: only when it stands alone or networks are spoken of
		alone := (start == 0 || text[start-1] == '\n') && (to == len(text) || text[to] == '\n')
		if s.view.b[i:e] != "AS" || !alone && !s.nearWord(start, 48, "asn", "autonomous", "origin", "bgp", "network", "isp", "hosted") || to-end <= 4 && !alone && n >= 1900 && n < 2100 || alone && n >= 1900 && n < 2100 {
			return 0
		}
	}
	s.emitAt(ASN, s.keepBehind("AS", text[end+1:to]), start, to, 0, 0, NotHeld, 0)
	return max(s.view.index(to), e)
}
