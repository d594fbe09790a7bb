package indicator

// name reads the dotted or plain name b[i:e]; the run that it ends lies in b[i:j].
func (s *scanner) name(i, e, j int, bits class, dots int) int {
	b := s.view.b
	first := classes[b[i]]
	if first&cDigit != 0 && dots >= 3 {
		if end := s.ipv4(i); end > i {
			return end
		}
	}
	if dots > 0 {
		if e-i == 14 && dots == 2 {
			if end := s.dottedMAC(i, e); end > i {
				return end
			}
		}
		if e-i >= 5 && e-i <= 9 && b[i]|0x20 == 't' && b[i+1] <= '9' {
			if end := s.attackID(i, min(e, i+5)); end > i {
				return end
			}
		}
		return s.host(i, e, j)
	}
	if bits&cDigit != 0 && e-i >= 9 || e-i >= 32 {
		if end := s.coded(i, e, bits); end > i {
			return end
		}
	}
	switch {
	case e-i == 4 && foldAny(b[i:e], "rule"):
		return s.yara(i, e)
	case e-i == 5 && foldAny(b[i:e], "mutex"):
		return s.mutexWord(i, e)
	case (e-i == 2 || e-i == 3) && hasPrefixFold("asn", b[i:e]):
		return s.asnWord(i, e)
	}
	return s.identifier(i, e, bits)
}

// coded reads a word with digits and without dots that is long: a hash, an address of
// a currency, a bank account, a MAC address with dashes.
func (s *scanner) coded(i, e int, bits class) int {
	b := s.view.b
	n := e - i
	if n == 17 && b[i+2] == '-' {
		return s.mac(i)
	}
	if n >= 9 && n <= 12 && b[i+4] == '-' && s.followsWord(s.view.from(i), 1, "cve") {
		return s.bareCVE(i, e)
	}
	if n < 14 || bits&cHigh != 0 {
		return 0
	}
	switch n {
	case 32, 40, 56, 62, 64, 70, 96, 128:
		if end := s.hash(i, e); end > i {
			return end
		}
	case 34, 66:
		if b[i] == '0' && b[i+1]|0x20 == 'x' {
			if end := s.hash(i+2, e); end > i {
				return end
			}
		}
	case 72:
		if end := s.tlsh(i, e); end > i {
			return end
		}
	default:
		if bits&^cWordBits == 0 && n < 128 && e == len(b) && hexEnd(b, i) >= e {
			if end := s.brokenHash(i, e); end > i {
				return end
			}
		}
	}
	if end := s.encoded(i, e, bits); end > i {
		return end
	}
	if bits&cJoin != 0 {
		return 0
	}
	if end := s.coin(i, e); end > i {
		return end
	}
	return s.iban(i, e)
}
