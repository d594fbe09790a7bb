// Package stellarcyber speaks Stellar Cyber's REST API as far as it is about cases:
// its token, cases and all that belongs to them, and the lists around them.
//
// Make a [Client] once with [New], which has what a look-up needs, or a [Platform]
// with [NewPlatform], which has every call. Both are safe for concurrent use and
// share one token among their calls. Errors are the types of package api. A list
// that goes on is a [Walk]: it holds one page at a time and can be taken up where it
// ended.
//
// Servers at a customer's own site often have a certificate of their own making. The
// transport decides whom to believe: natively httptransport takes a certificate
// authority, and has a setting, loud and by host, that believes anybody. In a
// browser the certificate must be made known to the browser: no extension can do
// without, and this one does not try.
//
// Nothing that changes something is repeated by itself, unless twice is the same as
// once: changing a case is, adding a comment is not.
//
// Answers are decoded strictly: one that lacks what its contract promises is an
// *api.DecodeError, never an empty result. Unknown fields are kept, to the byte.
//
// What is known of the wire comes from the vendor's pages and public clients. What
// is not backed by either is marked GUESS.
package stellarcyber
