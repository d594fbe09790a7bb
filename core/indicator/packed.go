package indicator

import "github.com/sightline-sec/sightline/core/internal/packed"

// foldPacked is packed.Has for a word in any letter case against lists by length.
func foldPacked(lists []string, word string) bool {
	if len(word) == 0 || len(word) >= len(lists) || lists[len(word)] == "" {
		return false
	}
	list, head := lists[len(word)], word[0]|0x20
	if head < list[0] || head > list[len(list)-len(word)] { // most words
		return false
	}
	if len(word) > 8 {
		var buf [32]byte
		return packed.Has(list, unsafeString(lowerInto(buf[:0], word)))
	}
	return packed.FindNumber(list, lower8(packed.Number(word)), len(word)) != ""
}
