package index

// What an indicator implies is looked up when it is asked for, not stored: the host
// of a URL, the parents of a domain, the ranges around an address. Only what cannot
// be derived from the question is derived when an object is put in: a URL's host, for
// those who ask for the host, and a URL without its query. Such postings stand under
// the host's or the URL's own key, marked with headMore.

// derivedOfURL are the further keys under which an object with the URL is found.
func derivedOfURL(url string) (keys [][]byte) {
	value := fold(nil, url)
	if host := hostOf(value); len(host) > 0 {
		keys = append(keys, appendCoded(nil, codeOfHost(host), "", host))
	}
	if base := baseOf(value); len(base) > 0 && len(base) < len(value) {
		keys = append(keys, appendCoded(nil, codeURL, "", base))
	}
	return keys
}

// hostOf is the host of a URL in lower case, an IPv6 address without its brackets; nil
// if the URL has none.
func hostOf(url []byte) []byte {
	from := 0
	for from+2 < len(url) && (url[from] != ':' || url[from+1] != '/' || url[from+2] != '/') {
		from++
	}
	if from += 3; from >= len(url) {
		return nil
	}
	rest := url[from:]
	for i, c := range rest {
		if c == '/' || c == '?' || c == '#' || c == '\\' {
			rest = rest[:i]
			break
		}
	}
	for i := len(rest) - 1; i >= 0; i-- {
		if rest[i] == '@' {
			rest = rest[i+1:]
			break
		}
	}
	if len(rest) > 0 && rest[0] == '[' {
		for i, c := range rest {
			if c == ']' {
				return rest[1:i]
			}
		}
		return nil
	}
	for i, c := range rest {
		if c == ':' {
			rest = rest[:i]
			break
		}
	}
	for len(rest) > 0 && rest[len(rest)-1] == '.' {
		rest = rest[:len(rest)-1]
	}
	return rest
}

// baseOf is a URL without query and fragment.
func baseOf(url []byte) []byte {
	for i, c := range url {
		if c == '?' || c == '#' {
			return url[:i]
		}
	}
	return url
}

// codeOfHost tells addresses from names.
func codeOfHost(host []byte) byte {
	if _, ok := parseIPv4(host); ok {
		return codeIPv4
	}
	if _, ok := parseIPv6(host); ok {
		return codeIPv6
	}
	return codeDomain
}

// parent is the domain above one, nil when that is nobody's: a public suffix.
func parent(domain []byte) []byte {
	for i, c := range domain {
		if c == '.' {
			if above := domain[i+1:]; len(above) > 0 && !isSuffix(above) {
				return above
			}
			return nil
		}
	}
	return nil
}
