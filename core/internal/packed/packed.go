// Package packed looks words up in lists that are constants: words of one length side
// by side in one string, in order. Such a list costs its letters and nothing at start.
package packed

import (
	"math/bits"
	"unsafe"
)

// Has reports whether word is one of the words of its length that names holds. The
// word must not be empty.
func Has(names, word string) bool { return Find(names, word) != "" }

// Find is the word of names that is the same as word, "" when none is. The word must not
// be empty. It is a binary search, over numbers where the words are short.
func Find(names, word string) string {
	n := len(word)
	if n <= 8 {
		return FindNumber(names, number(word), n)
	}
	low, high := 0, len(names)/n
	for low < high {
		mid := (low + high) / 2
		switch at := names[mid*n : mid*n+n]; {
		case at == word:
			return at
		case at < word:
			low = mid + 1
		default:
			high = mid
		}
	}
	return ""
}

// FindNumber is Find for the word whose n bytes, eight at most, are those of key, the
// first one highest.
func FindNumber(names string, key uint64, n int) string {
	low, high := 0, len(names)/n
	for low < high {
		mid := (low + high) / 2
		at := numberAt(names, mid*n, n)
		if at == key {
			return names[mid*n : mid*n+n]
		}
		if at < key {
			low = mid + 1
		} else {
			high = mid
		}
	}
	return ""
}

// number reads up to eight bytes as a number whose order is that of the words.
func number(word string) (n uint64) {
	for i := 0; i < len(word); i++ {
		n = n<<8 | uint64(word[i])
	}
	return n
}

// numberAt is number of names[i:i+n], read at once where eight bytes are left.
func numberAt(names string, i, n int) uint64 {
	if i+8 > len(names) {
		return number(names[i : i+n])
	}
	x := *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(names)), i))
	return bits.ReverseBytes64(x) >> ((64 - 8*n) & 63)
}
