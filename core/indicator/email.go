package indicator

import "strings"

// email reads an address whose local part starts at b[i] and whose first name ends at b[j].
func (s *scanner) email(i, j int) int {
	b := s.view.b
	at := j
	for at < len(b) && at-i <= 64 && b[at] != '@' {
		switch c := b[at]; {
		case classes[c]&(cAlnum|cJoin|cDot) != 0, c == '+', c == '%', c == '\'', c == '=':
			at++
			continue
		}
		return 0
	}
	if at >= len(b) || b[at] != '@' || at == i || at-i > 64 || b[at-1] == '.' {
		return 0
	}
	if eq := strings.LastIndexByte(b[i:at], '='); eq >= 0 && !strings.Contains(b[i:i+eq], "+") {
		if i += eq + 1; b[i] == '\'' { // a name and its value, in quotes or not
			i++
		}
	}
	if at == i || b[i] == '.' || strings.Contains(b[i:at], "..") {
		return 0
	}
	if at+1 < len(b) && b[at+1] == '[' {
		return s.emailLiteral(i, at)
	}
	e := at + 1
	for e < len(b) && classes[b[e]]&cRun != 0 && e-at < 256 {
		e++
	}
	for e > at+1 && (b[e-1] == '.' || b[e-1] == '-' || b[e-1] == '_') {
		e--
	}
	d := s.parseDomain(b, at+1, e)
	if !d.ok() || !d.known() {
		return 0
	}
	var ok bool
	s.buf = textInto(lowerInto(s.buf[:0], b[i:at]), "@")
	if s.buf, ok = appendHost(s.buf, b[at+1:e]); !ok {
		return 0
	}
	host := unsafeString(s.buf[at-i+1:])
	var flags Flags
	if d.idn() {
		flags |= FlagIDN
	}
	if documentation(host) {
		flags |= FlagDocumentation
	}
	t := Email
	if strings.Contains(host, "jabber") || strings.Contains(host, "xmpp") {
		t = XMPP
	}
	s.emit(t, s.keep(unsafeString(s.buf)), i, e, flags, NotHeld)
	return e
}

// emailLiteral reads an address whose host is [192.0.2.1]; the at sign is b[at].
func (s *scanner) emailLiteral(i, at int) int {
	b := s.view.b
	s.buf = textInto(lowerInto(s.buf[:0], b[i:at]), "@[")
	var end int
	var flags Flags
	var held Reason
	if at+7 < len(b) && foldAny(b[at+2:at+7], "ipv6:") {
		var ip [16]byte
		ip, end, _, _ = groups(b, at+7)
		flags, held = addressFlags6(ip)
		s.buf = textInto(textInto(s.buf, "ipv6:"), formatIPv6(ip))
	} else {
		var ip [4]byte
		ip, end = octets(b, at+2)
		flags, held = addressFlags(ip)
		s.buf = appendIPv4(s.buf, ip)
	}
	if end == 0 || end >= len(b) || b[end] != ']' {
		return 0
	}
	s.buf = textInto(s.buf, "]")
	s.emit(Email, s.keep(unsafeString(s.buf)), i, end+1, flags, held)
	return end + 1
}
