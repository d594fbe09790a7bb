package indicator

// apart reports whether nothing beside text[start:end] can belong to the token: rewind
// and goesOn would find nothing. It may say no where they would find nothing either. Words
// and blanks come in no order: it asks without branches.
func apart(text string, start, end int) bool {
	if start < 4 || end+8 > len(text) {
		return false
	}
	x := load8(text, end)
	next, third := byte(x>>8), byte(x>>16)
	behind := bit(byte(x) == ' ') & (carrying.has(next)&(calm[calmBehind].has(third)^1) | bound.has(next) | bit(next == ' ')&(carrying.has(third)|bound.has(third)|bit(third == ' ')) | opened.has(text[end-1]))
	x = load8(text, start-4)
	first, last, waits := text[start], byte(x>>16), byte(x>>8)
	ahead := bit(byte(x>>24) == ' ') & (joining.has(first)&(calm[calmBehind].has(text[start+1])^1) | bound.has(first) |
		bit(last == '@') | bit(last == ' ')&(bit(waits == '@')|bit(byte(x) == '@')) | bit(last|0x20 == 't')&bit(waits|0x20 == 'a'))
	return (behind|ahead)&1 == 0
}

// byteSet has a bit for each byte in it.
type byteSet [4]uint64

func (set *byteSet) has(c byte) uint64 { return set[c>>6] >> (c & 63) & 1 }

func bit(b bool) uint64 {
	if b {
		return 1
	}
	return 0
}

var (
	// carrying are the bytes behind a blank that may carry on what stands before it, unless
	// something calm is behind them: brackets, and the first of the word dot. At the head of
	// a token, joining are those that may carry on what stands before the blank. bound do so
	// whatever is behind them.
	carrying = byteSet{1<<'(' | 1<<'<', 1<<('['-64) | 1<<('{'-64) | 1<<('D'-64) | 1<<('d'-64)}
	joining  = byteSet{1<<'(' | 1<<'<' | 1<<':' | 1<<'/', 1<<('['-64) | 1<<('{'-64) | 1<<('D'-64) | 1<<('d'-64)}
	bound    = byteSet{1 << '&', 1 << ('@' - 64), 0, 1 << (0xEF - 192)}
	// opened are those before a blank that want something behind it. So do an at sign and
	// the word at.
	opened = byteSet{1<<'(' | 1<<'<', 1<<('['-64) | 1<<('{'-64)}
)
