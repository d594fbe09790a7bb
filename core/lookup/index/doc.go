// Package index knows which cases and alerts hold an indicator. The platforms cannot be
// asked that, so what they say is put in here once and looked up at once.
//
// An [Index] maps canonical indicators ([Key]) to the objects that hold them, each with
// the places where it was seen and the latest time. [Index.Put] replaces an object whole,
// [Index.Find] answers a page's indicators in one call, and says of each [Hit] how exact
// it is: a URL finds the objects that hold its host, a domain those that hold its
// parents, an address those that hold a range around it, a hash those that hold another
// hash of the same file ([Match]). What such a question implies is looked up when it is
// asked. An index is for one goroutine at a time: Find writes down which objects it met.
//
// The package does no input or output, knows no clock and starts no goroutine. It never
// returns an indicator's value: of long ones not even all of it is kept.
//
// # How it is kept
//
// The index is a list of immutable segments, searched where they lie: the bytes that are
// stored are the memory that is used. What is put in waits and becomes a segment when it
// is enough, or when somebody asks. An object that is replaced stays in its segment and
// is marked dead; [Index.Merge] makes one segment of several in small steps, and leaves
// the dead out. [Index.Changes] says what a store must write: new segments, a manifest of
// all of them, and the names of those that are no more.
//
// # The format of a segment
//
// All numbers are little-endian, all varints have seven bits a byte, lowest first.
//
//	magic      "SLIXSEG1"
//	header     10 × uint32: objects, keys, postings, words, bytes of words, of records, of entries, bits of a bucket's number, bytes of the filter, whether that is of all keys
//	prefixes   4 × uint64: which prefix lengths its ranges have, a bit each: IPv4, then from bit 64 IPv6
//	times      int64 an object: modified, or else created, milliseconds; objects lie newest first
//	names      40 bits an object: 16 of the hash of its name above 24 of its ordinal; in order
//	recordEnds uint32 an object: where its record ends
//	wordEnds   uint32 a word: where it ends
//	bucketEnds uint32 a bucket: where its entries end
//	filter     a bit for each key, by the low bits of its hash; of more than 131,072 keys for each range alone
//	words      the texts that occur more than once
//	records    the objects (object.go)
//	entries    the keys with their postings
//	checksum   uint64 over all before
//
// Keys are in the order of their 64-bit hashes, whose high bits number the bucket: eight to
// 16 keys each on average. A bucket is a varint count of its entries; a byte for each,
// with the next seven bits of its hash above a bit that says whether the entry has more
// than one posting, so that most keys are passed by unread; and the entries:
//
//	key | posting
//	key | varint length of what follows | varint count | postings
//
// and the key's own bytes decide: no collision of hashes can answer wrongly. Of texts, and
// hashes, of more than 16 bytes the key has the first 128 bits of their SHA-256. A posting
// is the varint distance to the ordinal before (less one) with the number of one of eight
// frequent heads in its low bits, the head if it is no such, and if the head says so the
// distance of the sighting's time to the object's, in milliseconds or seconds.
//
// The manifest lists segments with length, checksum, sources, and dead objects, under a
// checksum of its own. [Open] refuses what does not fit and names it in [Damage].
package index
