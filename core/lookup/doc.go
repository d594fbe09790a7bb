// Package lookup tells which cases, alerts and reports already know an indicator, and
// fills the index that answers for the platforms that cannot be asked that.
//
// [Ask] puts the same indicators to every [Source] at once; there is one file a
// source. The answer is one list of what shares indicators with what was asked, those
// that share the rarest first, with the reasons; and beside it how far each source
// got. The order is the same for the same input, on every machine.
//
// A platform that cannot be asked "which cases contain this" is a [Feed]: it says what
// it has, newest first, what has changed since a moment, and what one object holds. A
// [Filler] walks it into a [Library] in slices, and goes on from its [FillState] after
// any cut. What is fetched next is decided by a pure machine (fill_machine.go,
// fill_events.go, fill_audit.go); the Filler makes the calls. [Indexed] is the source
// that answers out of the index, [Glance] looks at the newest objects without one.
//
// A false all-clear is the worst that this package could do. An indicator is
// called new only when every source has looked for it to the end and none knows
// it, not even nearly; a source that failed, was cut short or cannot be asked about a
// type leaves its indicators unsaid, and says so in words. So does an index that is
// still being filled, is older than 15 minutes, has an object that could not be read,
// or was filled for some days or some cases alone.
//
// Two values are the same indicator when the engine reads the same value out of
// both, without regard to case: the platforms compare so, and an observable may
// well be written another way than the page wrote it.
//
// A machine and a state are for one goroutine at a time; everything that is exported
// may be used by many.
package lookup
