package indicator

import "github.com/sightline-sec/sightline/core/internal/packed"

// foldPacked is packed.Has for a word in any letter case against lists by length.
func foldPacked(lists []string, word string) bool {
	if len(word) == 0 || len(word) >= len(lists) || lists[len(word)] == "" {
		return false
	}
	if len(word) > 8 {
		var buf [32]byte
		return packed.Has(lists[len(word)], unsafeString(lowerInto(buf[:0], word)))
	}
	return packed.FindNumber(lists[len(word)], lower8(packed.Number(word)), len(word)) != ""
}
