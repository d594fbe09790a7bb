package indicator

// octets reads four octets with single dots at b[i] and returns where they end.
func octets(b string, i int) (ip [4]byte, end int) {
	for part := 0; ; part++ {
		n, from := 0, i
		for i < len(b) && i-from < 3 && classes[b[i]]&cDigit != 0 {
			n = n*10 + int(b[i]-'0')
			i++
		}
		if i == from || n > 255 || i-from > 1 && b[from] == '0' {
			return ip, 0
		}
		ip[part] = byte(n)
		if part == 3 {
			return ip, i
		}
		if i >= len(b) || b[i] != '.' {
			return ip, 0
		}
		i++
	}
}

// ipv4 reads an address, a range or a URL without scheme that starts with four octets.
func (s *scanner) ipv4(i int) int {
	b := s.view.b
	ip, e := octets(b, i)
	if e == 0 {
		return 0
	}
	switch c := s.before(i); {
	case c == '.', classes[c]&cAlnum != 0, c == '_':
		return 0
	case c == '-' && i >= 2 && classes[b[i-2]]&cAlnum != 0 && s.view.from(i) != s.last+1:
		return 0
	}
	if e < len(b) {
		k := classes[b[e]]
		if k&(cAlnum|cHigh) != 0 || b[e] == '_' {
			return 0
		}
		if k&cDot != 0 && e+1 < len(b) && classes[b[e+1]]&cAlnum != 0 {
			if classes[b[e+1]]&cUpper == 0 || e+2 < len(b) && classes[b[e+2]]&cUpper != 0 { // not the next sentence
				return 0
			}
		}
	}
	flags, held := addressFlags(ip)
	if e < len(b) && b[e] == '/' {
		if bits, end := number(b, e+1, 2); end > 0 && bits <= 32 && !continues(b, end) {
			if !aligned(ip, bits) {
				flags |= FlagHostBits
			}
			s.buf = appendIPv4(s.buf[:0], ip)
			if b[e+1] == '0' && end > e+2 { // 08
				e++
			}
			s.buf = textInto(textInto(s.buf, "/"), b[e+1:end])
			s.emit(CIDR, s.keep(unsafeString(s.buf)), i, end, flags, held)
			return end
		}
		if _, end := number(b, e+1, 5); end == 0 || end < len(b) && !(classes[b[end]]&cTrail != 0) {
			if end := s.schemeless(i, e); end > 0 {
				return end
			}
		}
	}
	end, port := portAfter(b, e)
	if end > e && end < len(b) && b[end] == '/' {
		if end := s.schemeless(i, end); end > 0 {
			return end
		}
	}
	steps := s.view.steps(i, end)
	if steps == 0 && port == 0 {
		if r := s.versionLike(ip, i, e); r != NotHeld {
			held = r
			s.versionEnd = s.view.upto(e)
		}
	} else if steps != 0 { // nobody disguises an address that is not meant
		held = NotHeld
	}
	s.room(15)
	n := len(s.values)
	s.values = appendIPv4(s.values, ip)
	value := s.since(n)
	s.emitAt(IPv4, value, s.view.from(i), s.view.upto(end), steps, flags, held, uint16(port))
	return end
}

// portAfter reads the port that a colon at b[e] may open behind a host; it is 0 when there
// is none.
func portAfter(b string, e int) (end, port int) {
	if e < len(b) && b[e] == ':' {
		if p, to := number(b, e+1, 5); to > 0 && p > 0 && p <= 65535 && !(to < len(b) && classes[b[to]]&cAlnum != 0) {
			return to, p
		}
	}
	return e, 0
}

func appendIPv4(dst []byte, ip [4]byte) []byte {
	k := len(dst)
	dst = grown(dst, len("255.255.255.255"))
	for i, n := range ip {
		if i > 0 {
			dst[k] = '.'
			k++
		}
		if n >= 100 {
			dst[k] = '0' + n/100
			k++
		}
		if n >= 10 {
			dst[k] = '0' + n/10%10
			k++
		}
		dst[k] = '0' + n%10
		k++
	}
	return dst[:k]
}

// aligned reports whether no bit is set behind the prefix.
func aligned(ip [4]byte, bits int) bool {
	n := uint32(ip[0])<<24 | uint32(ip[1])<<16 | uint32(ip[2])<<8 | uint32(ip[3])
	return bits == 32 || n<<bits == 0
}

// number reads up to max decimal digits at b[i]; end is 0 when there is none or
// when more digits follow.
//
//go:noinline
func number(b string, i, max int) (n, end int) {
	from := i
	for i < len(b) && i-from < max && classes[b[i]]&cDigit != 0 {
		n = n*10 + int(b[i]-'0')
		i++
	}
	if i == from || i < len(b) && classes[b[i]]&cDigit != 0 {
		return 0, 0
	}
	return n, i
}

// continues reports whether a number at b[end] goes on as something longer.
func continues(b string, end int) bool {
	if end >= len(b) {
		return false
	}
	k := classes[b[end]]
	return k&(cAlnum|cHigh|cSlash) != 0 || b[end] == '_' || b[end] == ':' && end+1 < len(b) && classes[b[end+1]]&cAlnum != 0 ||
		k&cDot != 0 && end+1 < len(b) && classes[b[end+1]]&cAlnum != 0
}

// addressFlags tells which of the special ranges of RFC 6890 holds an address.
func addressFlags(ip [4]byte) (Flags, Reason) {
	a, b, c := ip[0], ip[1], ip[2]
	switch {
	case a == 10, a == 172 && b&0xf0 == 16, a == 192 && b == 168:
		return FlagPrivate, HeldPrivate
	case a == 192 && b == 0 && c == 2, a == 198 && b == 51 && c == 100, a == 203 && b == 0 && c == 113:
		return FlagDocumentation, NotHeld
	case a == 0, a == 127, a >= 224, a == 169 && b == 254, a == 100 && b&0xc0 == 64:
		return FlagReserved, HeldReserved
	}
	return 0, NotHeld
}
