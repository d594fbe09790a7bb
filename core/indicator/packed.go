package indicator

// packed reports whether word is one of the words of its length that names holds
// side by side in order. It is a binary search.
func packed(names, word string) bool {
	n := len(word)
	low, high := 0, len(names)/n
	for low < high {
		mid := (low + high) / 2
		switch at := names[mid*n : mid*n+n]; {
		case at == word:
			return true
		case at < word:
			low = mid + 1
		default:
			high = mid
		}
	}
	return false
}

// foldPacked is packed for a word in any letter case against lists by length.
func foldPacked(lists []string, word string) bool {
	if len(word) == 0 || len(word) >= len(lists) || lists[len(word)] == "" {
		return false
	}
	var buf [32]byte
	return packed(lists[len(word)], unsafeString(lowerInto(buf[:0], word)))
}
