// Package tld knows the top-level domains.
//
// The table is a constant: names of one length lie side by side in one string,
// in order, and a lookup is a binary search in it. Nothing happens at start.
package tld

//go:generate go run gen.go -list $SIGHTLINE_DATA/warninglists/tlds.json

// Known reports whether name is a top-level domain: one of IANA's, or of the
// alternative name spaces that reports speak of (onion, bit, bazar and so on).
// The name is in lower case and without dots; names outside ASCII in their A-label form.
func Known(name string) bool {
	n := len(name)
	if n == 0 || n >= len(byLength) {
		return false
	}
	if name == "com" || name == "org" || name == "net" { // half of all names
		return true
	}
	names := byLength[n]
	low, high := 0, len(names)/n
	if n <= 4 { // nearly every name in use
		key := number(name)
		for low < high {
			mid := (low + high) / 2
			switch at := number(names[mid*n : mid*n+n]); {
			case at == key:
				return true
			case at < key:
				low = mid + 1
			default:
				high = mid
			}
		}
		return false
	}
	for low < high {
		mid := (low + high) / 2
		switch at := names[mid*n : mid*n+n]; {
		case at == name:
			return true
		case at < name:
			low = mid + 1
		default:
			high = mid
		}
	}
	return false
}

// number reads up to four bytes as a number whose order is that of the names.
func number(name string) (n uint32) {
	for i := 0; i < len(name); i++ {
		n = n<<8 | uint32(name[i])
	}
	return n
}
