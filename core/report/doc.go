// Package report makes a submission of a passage, and sees it through to the
// platform that keeps it.
//
// A report's life: [Compose] makes a [Draft] of a page's text; the analyst edits
// it; [Check] says what forbids filing it; a [Destination] prepares the exact bytes
// that will be sent; [Freeze] makes an [Item] of the outbox of them; [Claim],
// [Filed], [Failed], [Park], [Retry] and [Recover] are all that can happen to an
// item from there. They are pure functions of the item, of what happened, and of
// the clock: the host keeps the items (IndexedDB in the extension, files
// natively), calls a Destination's Send for a claimed one, and decides nothing.
//
// The identity of a report is minted with the draft ([NewID]) and is the external
// tracking id under which it is filed. An attempt of unknown outcome is therefore
// simply made again: the platform refuses the second of two equal ids, and that
// refusal is success. That a look-up does not find a report proves nothing about
// an attempt, so nothing here asks.
//
// The page's words are hostile: titles lose invisible characters, addresses lose
// credentials, the platform's own words are cut and shown as text. Lengths are
// bytes of UTF-8, times are milliseconds since 1970 unless they are said to be
// otherwise. No function does any input or output but a Destination's Send.
package report
