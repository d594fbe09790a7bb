package index

// network is a range of addresses; one address is a network of all its bits.
type network struct {
	ip   [16]byte // the first four for IPv4
	size int      // 4 or 16 bytes
	bits int      // of the prefix
}

// parseNetwork reads an address of the type with the code, or a range.
func parseNetwork(code byte, value []byte) (n network, ok bool) {
	switch code {
	case codeIPv4:
		ip, ok := parseIPv4(value)
		copy(n.ip[:], ip[:])
		n.size, n.bits = 4, 32
		return n, ok
	case codeIPv6:
		n.ip, ok = parseIPv6(value)
		n.size, n.bits = 16, 128
		return n, ok
	case codeCIDR:
		return parseCIDR(value)
	}
	return n, false
}

// parseCIDR reads "192.0.2.0/24". Bits behind the prefix count for nothing.
func parseCIDR(value []byte) (n network, ok bool) {
	slash := len(value) - 1
	for slash >= 0 && value[slash] != '/' {
		slash--
	}
	if slash < 0 || len(value)-slash < 2 || len(value)-slash > 4 || value[slash+1] == '0' && len(value)-slash > 2 {
		return n, false
	}
	bits := 0
	for _, c := range value[slash+1:] {
		if c-'0' > 9 {
			return n, false
		}
		bits = 10*bits + int(c-'0')
	}
	if n, ok = parseNetwork(codeIPv4, value[:slash]); !ok {
		n, ok = parseNetwork(codeIPv6, value[:slash])
	}
	if !ok || bits > n.bits {
		return network{}, false
	}
	return n.shortened(bits), true
}

// shortened is the network of fewer bits that contains n.
func (n network) shortened(bits int) network {
	for i := bits; i < n.bits; i++ {
		n.ip[i/8] &^= 0x80 >> (i % 8)
	}
	n.bits = bits
	return n
}

// appendKey writes the key of the range.
func (n network) appendKey(dst []byte) []byte {
	return append(append(dst, codeRange|formText, byte(1+n.size), byte(n.bits)), n.ip[:n.size]...)
}

// parseIPv4 reads four decimal numbers without leading zeros.
func parseIPv4(value []byte) (ip [4]byte, ok bool) {
	at := 0
	for i := range ip {
		if i > 0 {
			if at >= len(value) || value[at] != '.' {
				return ip, false
			}
			at++
		}
		from, number := at, 0
		for at < len(value) && at-from < 3 && value[at]-'0' < 10 {
			number = 10*number + int(value[at]-'0')
			at++
		}
		if at == from || number > 255 || value[from] == '0' && at-from > 1 {
			return ip, false
		}
		ip[i] = byte(number)
	}
	return ip, at == len(value)
}

// parseIPv6 reads the text forms of RFC 4291, in lower case and without a zone.
func parseIPv6(value []byte) (ip [16]byte, ok bool) {
	n, elided, at := 0, -1, 0 // bytes so far, where :: stands among them
	if len(value) >= 2 && value[0] == ':' && value[1] == ':' {
		elided, at = 0, 2
	}
	for at < len(value) {
		from, number := at, 0
		for at < len(value) && at-from < 4 && unhex(value[at]) <= 0xf {
			number = number<<4 | int(unhex(value[at]))
			at++
		}
		if at < len(value) && value[at] == '.' && n <= 12 {
			v4, ok := parseIPv4(value[from:])
			if !ok {
				return ip, false
			}
			copy(ip[n:], v4[:])
			n += 4
			break
		}
		if at == from || n > 14 {
			return ip, false
		}
		ip[n], ip[n+1] = byte(number>>8), byte(number)
		n += 2
		if at == len(value) {
			break
		}
		if value[at] != ':' || at+1 == len(value) {
			return ip, false
		}
		if at++; value[at] == ':' {
			if elided >= 0 {
				return ip, false
			}
			elided = n
			at++
		}
	}
	switch {
	case elided < 0:
		return ip, n == 16
	case n > 14:
		return ip, false
	}
	moved := n - elided
	copy(ip[16-moved:], ip[elided:n])
	for i := elided; i < 16-moved; i++ {
		ip[i] = 0
	}
	return ip, true
}
