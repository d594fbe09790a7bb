// Package indicator finds the indicators that a threat analyst would mark in a text.
//
// [Scan] reads the text once, from left to right, and answers finds in the order of
// their position. A find's Value is what the author meant: disguises undone, letter
// case and notation canonical. Its Steps name the disguises, its Flags what is known
// about the value, and its Held why it should not be acted on without a look.
//
// # Guarantees
//
//   - Offsets are bytes; spans lie in the text, do not overlap, and have one type each.
//     The longest reading wins: a URL is not found again as its host, an e-mail address
//     not as its domain, a range not as its address, a path not as its file name.
//   - Text is any bytes. Invalid UTF-8 and control characters end a value.
//   - A value is never more than the steps make of the text under the span.
//   - Time is linear in the length of any text; a rejected candidate allocates nothing,
//     answers share chunks of memory: who keeps one value keeps up to 4 KiB of others.
//     Nothing happens at program start.
//   - What a find depends on stands on its line, on the line before (a label), on the
//     next (a broken line), or in the head of its Markdown table: at most 16 KiB before
//     it, 128 KiB behind. [Stream] uses that to give the finds of [Scan] for a text that
//     comes in pieces.
//   - Scan and Append are safe for concurrent use.
//
// # How it is read
//
// A first stage (window.go) takes 64 bytes at a time into registers with a bit for each
// byte, and passes over words that no name begins with: four tokens in five. The second
// (token.go) reads what the registers already tell apart at once (direct.go), sifts out
// what they show to be harmless (sift.go), and makes of the rest a view (view.go), in which
// disguises are undone (plain.go, refang.go, form_*.go) and which the grammars read item by
// item (walk.go). The grammars know nothing of disguises; what surrounds a candidate is
// looked at after it has passed.
//
// # Types
//
// Addresses and names:
//
//   - ipv4: four numbers to 255 without leading zeros. No letter, digit, underscore or
//     further number on either side. A port behind it goes to Port.
//   - ipv6: the text forms of RFC 4291, at least one group of three digits or "::";
//     written as RFC 5952 has it. Zones are cut. Runs of hex pairs are fingerprints.
//   - cidr: an address, a slash, and 0 to 32 or 128.
//   - domain: labels of letters, digits, dashes and, below the registered name,
//     underscores, at most 63 bytes each and 253 in all; the last one a top-level domain
//     of package tld. Names outside ASCII are written in A-labels (Punycode; letters are
//     folded to lower case but not normalised).
//   - url: scheme, "://", optional userinfo, a host, a port, and a path up to blanks,
//     quotes, angle brackets, pipes, and closing brackets without their counterpart;
//     punctuation at the end is the sentence's. Scheme and host in lower case, a lone
//     slash left out. Without scheme (FlagSchemeless): a host and a path.
//   - email, xmpp: a local part to 64 bytes and a domain, or an address in [].
//
// Hashes: md5, sha1, sha224, sha256, sha384 and sha512 by their length in hex, at least
// five different digits; imphash, ja3, ja3s, authentihash, jarm and telfhash by the word
// before; ssdeep; tlsh with T1 or by the word before.
//
// Ids: cve, ghsa, cwe, capec, cpe, asn (not the reserved numbers), tlp, mac, ga_tracking,
// ga_publisher, phone (international form), iban (mod 97), and the attack_ types: ids
// that the table of ATT&CK holds.
//
// Hosts: registry_key (a hive and segments), file_path (drive, UNC, %VAR%, and Unix under
// the usual roots), file_name (by its extension), mutex (Global\, Local\, or by the word
// before), user_agent (Mozilla/), yara_rule (the whole rule, to 32 KiB). Blanks belong to
// a path where a later separator or extension proves it. Placeholders such as [user] or
// <SID> are kept.
//
// Money: bitcoin, monero and other_coin (Litecoin, Dogecoin, Dash, Tron) with a checksum
// that holds; ethereum, whose checksum counts when letter case is mixed.
//
// Names: malware, tool and threat_actor from ATT&CK's names and aliases. Everyday words
// among them count only beside words of the trade.
//
// # Disguises
//
// Undone are: dots as [.] (.) {.} <.> in any number and mixture of brackets, half of
// them missing, with blanks inside or beside, as [dot], (punto), \. and between words
// (evil dot example dot com); at signs likewise; hxxp, h**p, h__p, h[tt]p, xxxx, meow,
// fxp; :// as [:]//, [://], :\\, __, ///, with blanks; [:] [/] \/; character references;
// URLs in percent, base64 and hex; zero-width characters and soft hyphens; full-width,
// circled and mathematical letters; other dots (U+3002, U+FF0E, U+2024); other hyphens
// in CVE ids; lines broken in a hash, or in a URL between angle brackets.
//
// # What is held back
//
// Private and reserved addresses; what reads like a version, a section or an object
// identifier, a file or package, source code, the end of one sentence and the start of
// the next; commits, UUIDs and trace ids; values too regular to be real; checksums that
// do not hold; disguised names under no known top-level domain. A disguise, a port or a
// scheme dispels most doubts: nobody disguises what is not meant. [Reason.Misread] tells
// these doubts from the addresses that are what they look like but matter little.
package indicator
