package index

import "github.com/sightline-sec/sightline/core/internal/sha256"

// Key is a canonical indicator: its type's name and its value as core/indicator writes
// them ("ipv4", "192.0.2.1"). Keys are compared without regard to ASCII case, and
// addresses and ranges by their numbers.
type Key struct{ Type, Value string }

// The first byte of a key as it is stored: a code for the type in the low six bits,
// the form of what follows in the high two. The numbers are part of the format.
const (
	codeOther = iota // the length and the name of the type come before the value
	codeIPv4
	codeIPv6
	codeCIDR
	codeURL
	codeDomain
	codeEmail
	codeMD5
	codeSHA1
	codeSHA224
	codeSHA256
	codeSHA384
	codeSHA512
	codeImphash
	codeAuthentihash
	codeJA3
	codeJA3S
	codeFileName
	codeFilePath
	codeRegistryKey
	codeUserAgent
	codeCVE

	// Derived of URLs when they are put in, for what cannot be derived when asking.
	codeURLHost = 62 // the host of a URL
	codeURLBase = 63 // a URL that had a query or fragment, without them

	formText   = 0 << 6
	formPacked = 1 << 6 // hexadecimal digits by two, addresses as numbers
	formDigest = 2 << 6 // the first 160 bits of the SHA-256 of a text that is longer

	maxText  = 20 // bytes
	maxBytes = 32 // of packed digits
	// maxKey bounds a stored key: code, length and name of the type, value.
	maxKey = 1 + 1 + maxText + maxBytes
)

func codeOf(name string) byte {
	switch name {
	case "ipv4":
		return codeIPv4
	case "ipv6":
		return codeIPv6
	case "cidr":
		return codeCIDR
	case "url":
		return codeURL
	case "domain":
		return codeDomain
	case "email":
		return codeEmail
	case "md5":
		return codeMD5
	case "sha1":
		return codeSHA1
	case "sha224":
		return codeSHA224
	case "sha256":
		return codeSHA256
	case "sha384":
		return codeSHA384
	case "sha512":
		return codeSHA512
	case "imphash":
		return codeImphash
	case "authentihash":
		return codeAuthentihash
	case "ja3":
		return codeJA3
	case "ja3s":
		return codeJA3S
	case "file_name":
		return codeFileName
	case "file_path":
		return codeFilePath
	case "registry_key":
		return codeRegistryKey
	case "user_agent":
		return codeUserAgent
	case "cve":
		return codeCVE
	}
	return codeOther
}

// isFileHash reports whether the type is a hash of a whole file's bytes.
func isFileHash(code byte) bool { return code >= codeMD5 && code <= codeSHA512 }

// appendKey writes a key as it is stored, folded to lower case. It returns dst as it
// was for a key without a value.
func appendKey(dst []byte, k Key) []byte {
	if k.Value == "" {
		return dst
	}
	var room [128]byte
	return appendCoded(dst, codeOf(k.Type), k.Type, fold(room[:0], k.Value))
}

// appendCoded writes the key of a value that is in lower case. name counts for codeOther alone.
func appendCoded(dst []byte, code byte, name string, value []byte) []byte {
	start := len(dst)
	dst = append(dst, code)
	switch {
	case code == codeOther:
		var room [2 * maxText]byte
		short := fold(room[:0], name)
		if len(short) > maxText {
			sum := sha256.Sum(short)
			short = sum[:maxText]
		}
		dst = append(append(dst, byte(len(short))), short...)
	case code == codeIPv4:
		if ip, ok := parseIPv4(value); ok {
			dst[start] |= formPacked
			return append(dst, ip[:]...)
		}
	case code == codeIPv6:
		if ip, ok := parseIPv6(value); ok {
			dst[start] |= formPacked
			return append(dst, ip[:]...)
		}
	case code == codeCIDR:
		if network, ok := parseCIDR(value); ok {
			return network.appendKey(dst[:start])
		}
	case code >= codeMD5 && code <= codeJA3S && len(value) <= 2*maxBytes:
		if packed, ok := appendHex(dst, value); ok {
			packed[start] |= formPacked
			return packed
		}
	}
	if len(value) > maxText {
		dst[start] |= formDigest
		sum := sha256.Sum(value)
		return append(dst, sum[:maxText]...)
	}
	return append(dst, value...)
}

// fold appends a text with its ASCII letters in lower case.
func fold(dst []byte, text string) []byte {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c-'A' < 26 {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}

// appendHex packs an even number of hexadecimal digits in lower case.
func appendHex(dst, digits []byte) ([]byte, bool) {
	if len(digits)%2 != 0 {
		return dst, false
	}
	start := len(dst)
	for i := 0; i < len(digits); i += 2 {
		high, low := unhex(digits[i]), unhex(digits[i+1])
		if high|low > 0xf {
			return dst[:start], false
		}
		dst = append(dst, high<<4|low)
	}
	return dst, true
}

// unhex is over 0xf for what is no digit in lower case.
func unhex(c byte) byte {
	switch {
	case c-'0' < 10:
		return c - '0'
	case c-'a' < 6:
		return c - 'a' + 10
	}
	return 0xff
}
