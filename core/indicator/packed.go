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
	key := uint64(0)
	for i := 0; i < len(word); i++ {
		key = key<<8 | uint64(word[i])
	}
	return packed.FindNumber(lists[len(word)], lower8(key), len(word)) != ""
}
