package index

import "github.com/sightline-sec/sightline/core/internal/sha256"

// Key is a canonical indicator: its type's name and its value as core/indicator writes
// them ("ipv4", "192.0.2.1"). Values are compared without regard to ASCII case, those of
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

	codeRange = 63 // a CIDR that could be read: bits of the prefix, bytes of the address

	codeBits = 1<<6 - 1

	formText   = 0 << 6 // a length, and as many bytes
	formFixed  = 1 << 6 // as many bytes as the type always has: addresses, hashes; of long hashes a digest
	formDigest = 2 << 6 // the first 128 bits of the SHA-256 of a longer text

	// maxText is how much of a key's value is kept, in bytes: texts, and hashes, of more
	// are known by the first 128 bits of their SHA-256. Not by their own: a page could
	// make up a hash that begins as another does.
	maxText = 16
	// maxKey bounds a stored key: code, length, length and name of the type, form, value.
	maxKey = 4 + 2*maxText
)

// codedTypes are the types with a code of their own, at their codes. A table is a tenth
// of the wasm of a switch.
var codedTypes = [...]string{
	codeIPv4: "ipv4", codeIPv6: "ipv6", codeCIDR: "cidr", codeURL: "url", codeDomain: "domain", codeEmail: "email",
	codeMD5: "md5", codeSHA1: "sha1", codeSHA224: "sha224", codeSHA256: "sha256", codeSHA384: "sha384", codeSHA512: "sha512",
	codeImphash: "imphash", codeAuthentihash: "authentihash", codeJA3: "ja3", codeJA3S: "ja3s",
	codeFileName: "file_name", codeFilePath: "file_path", codeRegistryKey: "registry_key", codeUserAgent: "user_agent", codeCVE: "cve",
}

func codeOf(name string) byte {
	for code, typ := range codedTypes {
		if typ == name && code != codeOther {
			return byte(code)
		}
	}
	return codeOther
}

// isFileHash reports whether the type is a hash of a whole file's bytes.
func isFileHash(code byte) bool { return code >= codeMD5 && code <= codeSHA512 }

// hexDigits is how many digits a hash of the type has, 0 for other types.
func hexDigits(code byte) int {
	switch code {
	case codeMD5, codeImphash, codeJA3, codeJA3S:
		return 32
	case codeSHA1:
		return 40
	case codeSHA224:
		return 56
	case codeSHA256, codeAuthentihash:
		return 64
	case codeSHA384:
		return 96
	case codeSHA512:
		return 128
	}
	return 0
}

// keyLength is how long the stored key is that b begins with, 0 if it does not end in b.
func keyLength(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	n := 1
	switch code := b[0] & codeBits; b[0] &^ codeBits {
	case formText:
		n += 1 + int(b[1])
	case formDigest:
		n += maxText
	case formFixed:
		switch code {
		case codeIPv4:
			n += 4
		default:
			n += 16
		}
	}
	if n == 1 || n > len(b) {
		return 0
	}
	return n
}

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
	fixed := append(dst, code|formFixed)
	switch code {
	case codeOther:
		return appendOther(dst, name, value)
	case codeIPv4:
		if ip, ok := parseIPv4(value); ok {
			return append(fixed, ip[:]...)
		}
	case codeIPv6:
		if ip, ok := parseIPv6(value); ok {
			return append(fixed, ip[:]...)
		}
	case codeCIDR:
		if network, ok := parseCIDR(value); ok {
			return network.appendKey(dst)
		}
	default:
		if digits := hexDigits(code); digits > 0 && digits == len(value) {
			if packed, ok := appendHex(fixed, value); ok {
				if bytes := packed[start+1:]; len(bytes) > maxText {
					sum := sha256.Sum(bytes)
					return append(packed[:start+1], sum[:maxText]...)
				}
				return packed
			}
		}
	}
	if len(value) > maxText {
		sum := sha256.Sum(value)
		return append(append(dst, code|formDigest), sum[:maxText]...)
	}
	return append(append(dst, code|formText, byte(len(value))), value...)
}

// appendOther writes the key of a type that has no code: as a text of the length and
// the name of the type, the form, and the value.
func appendOther(dst []byte, name string, value []byte) []byte {
	short, form := []byte(name), byte(formText)
	if len(short) > maxText {
		sum := sha256.Sum(short)
		short = sum[:maxText]
	}
	if len(value) > maxText {
		sum := sha256.Sum(value)
		value, form = sum[:maxText], formDigest
	}
	dst = append(dst, codeOther|formText, byte(2+len(short)+len(value)), byte(len(short)))
	return append(append(append(dst, short...), form), value...)
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
