// Package indicator finds the indicators that a threat analyst would mark in a text.
//
// [Scan] reads the text once, from left to right, and answers finds in the order of
// their position. Offsets are bytes. A find's Value is what the author meant:
// disguises undone, letter case and notation canonical. Its Steps name the disguises;
// its Held says why it should not be acted on without a look.
//
// Spans never overlap, and one span has one type: a URL is not found again as its
// host, an e-mail address not as its domain, a range not as its address.
//
// Text is any bytes. Invalid UTF-8 and control characters end a value.
package indicator
