package indicator

// nameHash is the hash, of 16 bits, of the first eight letters and digits of a word in
// lower case, up to its first sign. Its upper ten bits are the bucket of a name that
// begins so.
func nameHash(text string) uint32 {
	if len(text) >= 8 {
		x := load8(text, 0)
		return nameHash8(x, lettersIn(x))
	}
	key := uint64(0)
	for i := 0; i < len(text) && classes[text[i]]&cWordChar != 0; i++ {
		key |= uint64(text[i]|0x20) << (8 * i & 63)
	}
	return uint32(key * nameFactor >> 48)
}

const nameFactor = 0x9E3779B97F4A7C15

// nameHash8 is nameHash of the first n, fewer than 32, of the letters and digits in eight
// bytes.
func nameHash8(letters uint64, n int) uint32 {
	return uint32((letters | 0x20*eachByte) & firstBytes[n&31] * nameFactor >> 48)
}

// firstBytes has the mask of the first n bytes of eight: a branch on the length of words
// would be mispredicted.
var firstBytes = [32]uint64{
	0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1,
	max64, max64, max64, max64, max64, max64, max64, max64,
	max64, max64, max64, max64, max64, max64, max64, max64,
	max64, max64, max64, max64, max64, max64, max64, max64,
}

const max64 = 1<<64 - 1
