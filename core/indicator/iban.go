package indicator

// ibanLengths has, for each country of the IBAN registry (ISO 13616), its code and the
// length of its numbers, two digits.
const ibanLengths = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BR29BY28CH21CR22CY28CZ24DE22DK18DO28EE20EG29ES24FI18FO18FR27GB22GE22GI23GL18GR27GT28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MR27MT31MU30NL18NO15PK24PL28PS29PT25QA29RO24RS22SA24SC31SE24SI19SK24SM27ST25SV28TL23TN24TR26UA29VA22VG24XK20"

// iban reads an international bank account number without blanks that fills b[i:e];
// its two check digits must hold (ISO 7064, mod 97-10).
func (s *scanner) iban(i, e int) int {
	b := s.view.b
	word := b[i:e]
	if len(word) < 15 || len(word) > 32 || !upperCase(word) || classes[word[0]]&classes[word[1]]&cLetter == 0 || classes[word[2]]&classes[word[3]]&cDigit == 0 {
		return 0
	}
	known := false
	for k := 0; k < len(ibanLengths); k += 4 {
		known = known || ibanLengths[k:k+2] == word[:2] && int(ibanLengths[k+2]-'0')*10+int(ibanLengths[k+3]-'0') == len(word)
	}
	if !known {
		return 0
	}
	rest := 0
	for k := range len(word) {
		c := word[(k+4)%len(word)]
		switch {
		case classes[c]&cDigit != 0:
			rest = (rest*10 + int(c-'0')) % 97
		case classes[c]&cLetter != 0:
			rest = (rest*100 + int(c-'A') + 10) % 97
		default:
			return 0
		}
	}
	if rest != 1 {
		return 0
	}
	s.emit(IBAN, string([]byte(word)), i, e, FlagChecksum, NotHeld)
	return e
}

// phone reads an international number at b[i], where a plus stands: eight to fifteen
// digits, with blanks, dashes and round brackets between them.
func (s *scanner) phone(i int) int {
	start := s.view.from(i)
	text := s.text
	if start > 0 && (classes[text[start-1]]&(cAlnum|cHigh) != 0 || text[start-1] == '+' || text[start-1] == '~' || text[start-1] == ')') {
		return 0
	}
	value := append(make([]byte, 0, 16), '+')
	end := start + 1
	p := end
	for p < len(text) && p-start < 32 {
		switch c := text[p]; {
		case classes[c]&cDigit != 0:
			value = append(value, c)
			p++
			end = p
			continue
		case (c == ' ' || c == '-' || c == '(' || c == ')') && p > end-1 && p < end+2 && len(value) > 1:
			p++
			continue
		}
		break
	}
	if len(value) < 9 || len(value) > 16 || value[1] == '0' || end < len(text) && classes[text[end]]&cName != 0 {
		return 0
	}
	s.emitAt(Phone, string(value), start, end, 0, 0, NotHeld, 0)
	return max(s.view.index(end), i+1)
}
