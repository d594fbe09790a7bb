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
		return FindNumber(names, Number(word), n)
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

// FindNumber is Find for the word whose [Number] is key; it has n bytes.
func FindNumber(names string, key uint64, n int) string {
	count := len(names) / n
	if len(names) < 8 {
		for i := 0; i+n <= len(names); i += n {
			if Number(names[i:i+n]) == key {
				return names[i : i+n]
			}
		}
		return ""
	}
	key = ordered(key, n)
	low := 0
	for { // no branch depends on what the list holds
		half := count / 2
		at := numberAt(names, (low+half)*n, n)
		if at <= key {
			low += half
		}
		if count == 1 {
			if at != key {
				return ""
			}
			return names[low*n : low*n+n]
		}
		count -= half
	}
}

// Number reads a word of one to eight bytes as a number, the first byte lowest, by
// loads that overlap.
//
//go:noinline
func Number(word string) uint64 {
	n := len(word)
	p := unsafe.Pointer(unsafe.StringData(word))
	if n >= 4 {
		return uint64(*(*uint32)(p)) | uint64(*(*uint32)(unsafe.Add(p, n-4)))<<(8*(n-4)&63)
	}
	return uint64(word[0]) | uint64(word[n>>1])<<(8*(n>>1)&63) | uint64(word[n-1])<<(8*(n-1)&63)
}

// ordered turns a number's bytes round, so that its order is that of the words.
func ordered(x uint64, n int) uint64 { return bits.ReverseBytes64(x) >> ((64 - 8*n) & 63) }

// numberAt is the ordered number of names[i:i+n], which has eight bytes or more: read with
// the eight there, or with the last eight.
func numberAt(names string, i, n int) uint64 {
	over := max(i+8-len(names), 0)
	x := *(*uint64)(unsafe.Add(unsafe.Pointer(unsafe.StringData(names)), i-over))
	return ordered(x>>(8*over&63), n)
}
