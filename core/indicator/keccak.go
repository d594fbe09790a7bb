package indicator

import "math/bits"

// keccak256 is Keccak with 256 bits as Ethereum and Monero use it, with the padding
// from before FIPS 202, of a message of at most 135 bytes.
func keccak256(message []byte) (sum [32]byte) {
	var a [25]uint64
	var block [136]byte
	n := copy(block[:135], message)
	block[n] ^= 1
	block[135] ^= 0x80
	for i := range 17 {
		for k := range 8 {
			a[i] |= uint64(block[8*i+k]) << (8 * k)
		}
	}
	var c [5]uint64
	for _, round := range keccakRounds {
		for x := range c {
			c[x] = a[x] ^ a[x+5] ^ a[x+10] ^ a[x+15] ^ a[x+20]
		}
		for x := range c {
			d := c[(x+4)%5] ^ bits.RotateLeft64(c[(x+1)%5], 1)
			for y := 0; y < 25; y += 5 {
				a[x+y] ^= d
			}
		}
		// rho and pi: each lane goes, turned, to the place of the next.
		lane := a[1]
		for i, to := range keccakPlaces {
			lane, a[to] = a[to], bits.RotateLeft64(lane, (i+1)*(i+2)/2)
		}
		for y := 0; y < 25; y += 5 {
			copy(c[:], a[y:y+5])
			for x := range c {
				a[x+y] = c[x] ^ ^c[(x+1)%5]&c[(x+2)%5]
			}
		}
		a[0] ^= round
	}
	for i := range sum {
		sum[i] = byte(a[i/8] >> (8 * (i % 8)))
	}
	return sum
}

// keccakPlaces is the order in which rho and pi visit the lanes.
var keccakPlaces = [24]int{10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1}

// keccakRounds are the round constants of FIPS 202, section 3.2.5.
var keccakRounds = [24]uint64{
	0x0000000000000001, 0x0000000000008082, 0x800000000000808a,
	0x8000000080008000, 0x000000000000808b, 0x0000000080000001,
	0x8000000080008081, 0x8000000000008009, 0x000000000000008a,
	0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
	0x000000008000808b, 0x800000000000008b, 0x8000000000008089,
	0x8000000000008003, 0x8000000000008002, 0x8000000000000080,
	0x000000000000800a, 0x800000008000000a, 0x8000000080008081,
	0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
}
