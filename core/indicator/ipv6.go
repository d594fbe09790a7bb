package indicator

import "strconv"

// groups reads an IPv6 address at b[i] in the text forms of RFC 4291.
func groups(b string, i int) (ip [16]byte, end, digits int, elided bool) {
	var head, tail [8]uint16
	nh, nt := 0, 0
	start := i
	add := func(g uint16) {
		if elided {
			tail[nt] = g
			nt++
		} else {
			head[nh] = g
			nh++
		}
	}
	if i+1 < len(b) && b[i] == ':' {
		if b[i+1] != ':' {
			return ip, 0, 0, false
		}
		elided = true
		i += 2
		end = i
	}
	for nh+nt < 8 {
		from, n := i, 0
		for i < len(b) && i-from < 5 {
			d := unhex(b[i])
			if d < 0 {
				break
			}
			n = n<<4 | d
			i++
		}
		if i == from || i-from > 4 {
			break
		}
		if i < len(b) && b[i] == '.' && nh+nt <= 6 {
			if v4, e := octets(b, from); e > 0 {
				add(uint16(v4[0])<<8 | uint16(v4[1]))
				add(uint16(v4[2])<<8 | uint16(v4[3]))
				digits = 4
				end = e
				break
			}
		}
		add(uint16(n))
		digits = max(digits, i-from)
		end = i
		if i+1 >= len(b) || b[i] != ':' {
			break
		}
		if b[i+1] == ':' {
			if elided {
				break
			}
			elided = true
			i += 2
			end = i
			continue
		}
		i++
	}
	if elided && nh+nt > 7 || !elided && nh != 8 {
		return ip, 0, 0, false
	}
	for k := range nh {
		ip[2*k], ip[2*k+1] = byte(head[k]>>8), byte(head[k])
	}
	for k := range nt {
		at := 16 - 2*(nt-k)
		ip[at], ip[at+1] = byte(tail[k]>>8), byte(tail[k])
	}
	if elided && !plausible(head[:nh], tail[:nt], b[start:end]) {
		digits = 0
	}
	return ip, end, digits, elided
}

// plausible tells addresses with :: from the scopes of programming languages: an
// address of few groups begins as those in use do, and has a decimal digit.
func plausible(head, tail []uint16, text string) bool {
	digit := false
	for i := 0; i < len(text); i++ {
		digit = digit || classes[text[i]]&cDigit != 0
	}
	switch {
	case !digit:
		return false
	case len(head) == 0:
		return len(tail) >= 2 || len(tail) == 1 && tail[0] == 1 // ::1, ::ffff:1.2.3.4
	case len(head)+len(tail) >= 4:
		return true
	}
	return head[0] >= 0x100 || head[0] == 0x64
}

// unhex is the value of a hex digit, negative for every other byte. It is a table
// because the digits of a hash follow no pattern that a branch could be predicted by.
func unhex(c byte) int { return int(hexValue[c]) - 1 }

// ipv6 reads an address or range at b[i].
func (s *scanner) ipv6(i int) int {
	b := s.view.b
	if c := s.before(i); classes[c]&cAlnum != 0 || c == '_' || c == ':' || c == '.' { // not at each group of a long run
		return 0
	}
	ip, e, digits, elided := groups(b, i)
	if e == 0 || digits == 0 || digits < 3 && !elided {
		return 0
	}
	if e < len(b) {
		k := classes[b[e]]
		if k&(cAlnum|cHigh) != 0 || b[e] == '_' || b[e] == ':' && e+1 < len(b) && (classes[b[e+1]]&cAlnum != 0 || b[e+1] == ':') {
			return 0
		}
	}
	flags, held := addressFlags6(ip)
	value := formatIPv6(ip)
	if e < len(b) && b[e] == '/' {
		if bits, end := number(b, e+1, 3); end > 0 && bits <= 128 && !continues(b, end) {
			s.emit(CIDR, value+"/"+strconv.Itoa(bits), i, end, flags, held)
			return end
		}
	}
	s.emit(IPv6, value, i, e, flags, held)
	if e < len(b) && b[e] == '%' { // a zone
		for e++; e < len(b) && classes[b[e]]&cAlnum != 0; {
			e++
		}
	}
	return e
}

// formatIPv6 writes an address as RFC 5952 wants it.
func formatIPv6(ip [16]byte) string {
	if [12]byte(ip[:12]) == [12]byte{10: 0xff, 11: 0xff} { // section 5: IPv4 mapped
		return string(appendIPv4([]byte("::ffff:"), [4]byte(ip[12:])))
	}
	from, length := -1, 1
	for i := 0; i < 8; i++ {
		n := 0
		for i+n < 8 && ip[2*(i+n)] == 0 && ip[2*(i+n)+1] == 0 {
			n++
		}
		if n > length {
			from, length = i, n
		}
		i += n
	}
	buf := make([]byte, 0, 39)
	for i := 0; i < 8; i++ {
		if i == from {
			buf = append(buf, ':', ':')
			i += length - 1
			continue
		}
		if n := len(buf); n > 0 && buf[n-1] != ':' {
			buf = append(buf, ':')
		}
		buf = strconv.AppendUint(buf, uint64(ip[2*i])<<8|uint64(ip[2*i+1]), 16)
	}
	return string(buf)
}

// addressFlags6 tells which of the special ranges of RFC 6890 holds an address.
func addressFlags6(ip [16]byte) (Flags, Reason) {
	zero := true
	for _, c := range ip[:15] {
		zero = zero && c == 0
	}
	switch {
	case ip[0]&0xfe == 0xfc:
		return FlagPrivate, HeldPrivate
	case ip[0] == 0x20 && ip[1] == 0x01 && ip[2] == 0x0d && ip[3] == 0xb8:
		return FlagDocumentation, NotHeld
	case zero && ip[15] <= 1, ip[0] == 0xff, ip[0] == 0xfe && ip[1]&0xc0 == 0x80:
		return FlagReserved, HeldReserved
	}
	return 0, NotHeld
}
