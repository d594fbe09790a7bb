// Package lookup tells which cases and reports already know an indicator.
//
// [Ask] puts the same indicators to every [Source] at once; there is one file a
// source. The answer is one list of what shares indicators with what was asked,
// and beside it how far each source got.
//
// A false all-clear is the worst that this package could do. An indicator is
// called new only when every source has looked for it to the end and none knows
// it; a source that failed, was cut short or cannot be asked about a type leaves
// its indicators unsaid, and says so in words.
//
// Two values are the same indicator when the engine reads the same value out of
// both, without regard to case: the platforms compare so, and an observable may
// well be written another way than the page wrote it.
package lookup
