package indicator

// Most signs mean nothing where they stand, and the byte behind them tells.

// calm has, for each kind of sign, the bytes in front of which it stands for itself.
var calm = [...]byteSet{
	calmOpen:   {max64 &^ (1<<',' | 1<<'.' | 1<<'/' | 1<<':' | 1<<'-' | 1<<'(' | 1<<'<'), max64 &^ (1<<('['-64) | 1<<('{'-64) | 1<<('\\'-64) | 1<<('@'-64) | formLetters | formLetters<<32), max64, max64},
	calmBehind: {max64 &^ (1<<' ' | 1<<'\t' | 1<<',' | 1<<'.' | 1<<'/' | 1<<':' | 1<<'-' | 1<<'(' | 1<<'<' | 1<<'&'), max64 &^ (1<<('['-64) | 1<<('{'-64) | 1<<('\\'-64) | 1<<('@'-64) | 1<<('_'-64) | formLetters | formLetters<<32), 0, 0},
	calmLess:   {max64 &^ (1<<',' | 1<<'.' | 1<<'(' | 1<<'<'), max64 &^ (1<<('['-64) | 1<<('{'-64) | 1<<('\\'-64) | 1<<('@'-64) | formLetters | formLetters<<32), max64, max64},
	calmAmp:    {max64 &^ (1 << '#'), max64 &^ (entityLetters | entityLetters<<32), max64, max64},
	calmDigit:  {max64 &^ digitBytes, max64, max64, max64},
	calmColon:  {max64 &^ (digitBytes | 1<<'+' | 1<<'/' | 1<<':'), max64 &^ (letterBytes | 1<<('_'-64)), max64, max64},
	calmSlash:  {max64 &^ (1 << '/'), max64, max64, max64},
	calmAlways: {max64, max64, max64, max64},
}

// calmAfter is the kind of each sign.
var calmAfter = [256]uint8{
	'#': calmAlways, '$': calmAlways, '%': calmDigit, '&': calmAmp, '(': calmOpen, '*': calmAlways, '+': calmDigit, ':': calmColon, '<': calmLess,
	'=': calmAlways, '[': calmOpen, '^': calmAlways, '{': calmOpen, '|': calmAlways, '~': calmSlash,
}

const (
	calmNever = iota
	calmOpen
	calmBehind
	calmLess
	calmAmp
	calmDigit
	calmColon
	calmSlash
	calmAlways
)

const (
	digitBytes  = 1<<('9'+1) - 1<<'0'
	letterBytes = 1<<('Z'-64+1) - 1<<('A'-64) | 1<<('z'-64+1) - 1<<('a'-64)

	// The letters, as bits from the one of '@' on, that begin a word in brackets and a
	// character reference.
	formLetters   = 1<<('a'&31) | 1<<('c'&31) | 1<<('d'&31) | 1<<('e'&31) | 1<<('h'&31) | 1<<('n'&31) | 1<<('o'&31) | 1<<('p'&31) | 1<<('t'&31) | 1<<('w'&31) | 1<<('x'&31)
	entityLetters = 1<<('c'&31) | 1<<('l'&31) | 1<<('p'&31) | 1<<('r'&31) | 1<<('s'&31)
)

// bracketHeads has, for the first letter of each word that means something in brackets, what
// may stand behind it: dot, point, at, et, arroba, com, net, org, www, http.
var bracketHeads = [32]uint32{
	'a' & 31: 1<<('t'&31) | 1<<('r'&31), 'c' & 31: 1 << ('o' & 31), 'd' & 31: 1 << ('o' & 31), 'e' & 31: 1 << ('t' & 31), 'n' & 31: 1 << ('e' & 31),
	'o' & 31: 1 << ('r' & 31), 'p' & 31: 1<<('o'&31) | 1<<('u'&31), 'w' & 31: 1 << ('w' & 31), 'h' & 31: schemeTails,
}

// schemeTails are what may stand behind the h of http.
const schemeTails = 1<<('t'&31) | 1<<('x'&31) | 1<<('z'&31) | 1<<('*'&31) | 1<<('_'&31) | 1<<('#'&31) | 1<<('?'&31) | 1<<('+'&31) | 1<<('-'&31) | 1<<('0'&31) |
	1<<('['&31) | 1<<('('&31) | 1<<('{'&31) | 1<<('<'&31) | 1<<(']'&31) | 1<<(')'&31) | 1<<('}'&31) | 1<<('>'&31)

var (
	// parts are the signs that two of part a scheme from a host, schemeEnds the letters
	// that end one.
	parts      = byteSet{1 << '/', 1<<('\\'-64) | 1<<('_'-64)}
	schemeEnds = byteSet{1 << ')', 1<<('P'-64) | 1<<('S'-64) | 1<<('W'-64) | 1<<('X'-64) | 1<<('p'-64) | 1<<('s'-64) | 1<<('w'-64) | 1<<('x'-64)}
	// beforePath are the bytes behind which a path may begin, beforeAt those that end the
	// local part of an address.
	beforePath = byteSet{1<<(' '+1) - 1 | 1<<'"' | 1<<'\'' | 1<<'(' | 1<<':' | 1<<'<' | 1<<'=', 1<<('['-64) | 1<<('`'-64) | 1<<('|'-64) | 1<<(0x7f-64)}
	beforeAt   = byteSet{digitBytes | 1<<'+' | 1<<'%' | 1<<'=' | 1<<'\'' | 1<<'-', letterBytes | 1<<('_'-64)}
)
