package indicator

// packed reports whether word is one of the words of its length that names holds
// side by side in order. It is a binary search, over numbers where the words are short.
func packed(names, word string) bool {
	n := len(word)
	low, high := 0, len(names)/n
	if n <= 8 {
		key := number64(word)
		for low < high {
			mid := (low + high) / 2
			switch at := number64(names[mid*n : mid*n+n]); {
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

// number64 reads up to eight bytes as a number whose order is that of the words.
func number64(word string) (n uint64) {
	for i := 0; i < len(word); i++ {
		n = n<<8 | uint64(word[i])
	}
	return n
}

// foldPacked is packed for a word in any letter case against lists by length.
func foldPacked(lists []string, word string) bool {
	if len(word) == 0 || len(word) >= len(lists) || lists[len(word)] == "" {
		return false
	}
	var buf [32]byte
	return packed(lists[len(word)], unsafeString(lowerInto(buf[:0], word)))
}
