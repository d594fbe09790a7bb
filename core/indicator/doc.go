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
//     of package tld. Names outside ASCII are written in A-labels: letters are folded to
//     lower case, and Latin, Greek, Cyrillic and kana composed (NFC). Between ASCII and a
//     letter of a script without blanks (kana, Han, Hangul, Thai) a name begins or ends.
//   - url: a scheme that reports use, "://", optional userinfo up to the last at sign, a
//     host (a domain under any top-level name, or an address), a port, and a path up to
//     blanks, quotes, angle brackets, pipes, and closing brackets without their
//     counterpart; an apostrophe ends the one that an apostrophe opened; punctuation at
//     the end is the sentence's. Scheme and host in lower case, a lone slash left out.
//     Without scheme (FlagSchemeless): a host and a path, or "//host/path" in quotes.
//   - email, xmpp: a local part to 64 bytes and a domain, or an address in []. A host
//     that speaks of jabber or xmpp makes the second of it.
//
// Hashes, in hex unless said otherwise, neither letter nor digit on either side:
//
//   - md5, sha1, sha224, sha256, sha384, sha512: 32, 40, 56, 64, 96, 128 digits.
//   - imphash, ja3, ja3s (32), authentihash (64), jarm (62), telfhash (70): by the word
//     before, on the line or alone on the one above.
//   - tlsh: T1 and 70 digits, or 70 behind the word; in capitals.
//   - ssdeep: a block size of three times a power of two, and two parts of base64 to 64
//     characters, colons between; letter case as it is.
//
// Ids:
//
//   - cve: CVE, a year, four to seven digits, dashes or underscores between; a colon or
//     a blank behind CVE. cwe, capec: a dash and a number. ghsa: three groups of four.
//   - cpe: cpe:2.3: and eleven parts, or cpe:/ and up to seven.
//   - attack_technique, attack_tactic, attack_software, attack_group, attack_mitigation,
//     attack_campaign: ids that the table of ATT&CK holds.
//   - asn: AS1, ASN1, ASN 1, ASN: 1, and AS 1 beside words of networks; public numbers.
//   - mac: six pairs with colons or dashes, or three groups of four with dots.
//   - tlp: TLP, a colon, dash or blank or none of them, and a colour.
//   - ga_tracking: UA-1234-1. ga_publisher: pub- and 16 digits. phone: + and 8 to 15
//     digits. iban: without blanks, its length and check digits (mod 97) right.
//
// Hosts. Blanks belong to a path where a later separator or extension proves it.
// Placeholders such as [user] or <SID> are kept. At most 1 KiB.
//
//   - registry_key: a hive, short or long, and segments; words behind a blank at the end
//     of a line only with capitals, or to a quote.
//   - file_path: a drive, UNC, %VAR%, or Unix under the usual roots; a comma behind an
//     extension ends it. file_name: to 120 bytes, by its extension.
//   - mutex: Global\ or Local\ and a name, or by the word before.
//   - user_agent: Mozilla/, a comment in brackets, products. yara_rule: the whole rule, to
//     32 KiB.
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
// (evil dot example dot com, evil-dot-com); at signs likewise, and %40; hxxp, hxp, h**p,
// h__p, h[tt]p, http(s), ttp, xxxx, meow, fxp, hxxp within a query too; :// as [:]//,
// [://], :\\ with backslashes in the path, __, ///, with blanks; [:] [/] \/; character
// references; URLs in percent, base64 and hex; zero-width characters and soft hyphens;
// full-width, circled and mathematical letters and full-width brackets; other dots
// (U+3002, U+FF0E, U+2024); other hyphens in CVE ids; lines broken in a hash, where the
// parts or the word before prove it, or in a URL between angle brackets.
//
// # What is held back
//
// Private and reserved addresses; what reads like a version, a section or an object
// identifier, a file or package, the name of a detection, source code, the end of one
// sentence and the start of the next; commits, UUIDs, ids, keys and tokens; values too
// regular to be real; checksums that do not hold; disguised names under no known
// top-level domain. A disguise, a port or a scheme dispels most doubts: nobody disguises
// what is not meant. [Reason.Misread] tells these doubts from the addresses that are what
// they look like but matter little.
package indicator
