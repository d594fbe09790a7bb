package lookup

import (
	"strconv"
	"strings"
)

// stateFormat is the version of a stored FillState.
const stateFormat = "fill1"

// String returns the state as it is stored: the format and the numbers in one line,
// then the texts, a line each. JSON would cost the wasm 10 KB for what no one reads.
func (s *FillState) String() string {
	var b strings.Builder
	b.WriteString(stateFormat)
	for _, field := range s.numbers() {
		b.WriteByte(' ')
		b.WriteString(strconv.FormatInt(field.get(), 10))
	}
	for _, text := range append([]string{s.ProfileID, s.Server, s.Words}, s.Failed...) {
		b.WriteByte('\n')
		b.WriteString(strings.ReplaceAll(text, "\n", " "))
	}
	return b.String()
}

// ParseFillState reads what String returned, and returns false for anything else.
func ParseFillState(text string) (s FillState, ok bool) {
	lines := strings.Split(text, "\n")
	words := strings.Split(lines[0], " ")
	fields := s.numbers()
	if len(lines) < 4 || len(words) != 1+len(fields) || words[0] != stateFormat {
		return FillState{}, false
	}
	for i, field := range fields {
		n, err := strconv.ParseInt(words[1+i], 10, 64)
		if err != nil {
			return FillState{}, false
		}
		field.set(n)
	}
	s.ProfileID, s.Server, s.Words, s.Failed = lines[1], lines[2], lines[3], lines[4:]
	return s, true
}

// number is a field of a state: one of the three is set.
type number struct {
	long *int64
	int  *int
	bool *bool
}

func (n number) get() int64 {
	switch {
	case n.long != nil:
		return *n.long
	case n.int != nil:
		return int64(*n.int)
	case *n.bool:
		return 1
	}
	return 0
}

func (n number) set(to int64) {
	switch {
	case n.long != nil:
		*n.long = to
	case n.int != nil:
		*n.int = int(to)
	default:
		*n.bool = to != 0
	}
}

// numbers are the fields that are no texts, in the order in which they are stored.
func (s *FillState) numbers() []number {
	w, set := &s.Walk, &s.Settings
	return []number{
		{bool: &set.On},
		{int: &set.Days},
		{int: &set.Cases},
		{int: &set.Calls},
		{long: &set.Bytes},
		{bool: &w.Active},
		{long: &w.From},
		{long: &w.To},
		{long: &w.Newest},
		{bool: &w.Again},
		{long: &w.StartedAt},
		{long: &s.Mark},
		{long: &s.CoveredFrom},
		{long: &s.CoveredTo},
		{bool: &s.Cut},
		{int: &s.Done},
		{int: &s.Total},
		{long: &s.PassAt},
		{long: &s.AsOf},
		{long: &s.ChangesAt},
		{long: &s.AuditAt},
		{long: &s.WaitUntil},
		{int: &s.Failures},
		{long: &s.DayAt},
		{int: &s.Calls},
		{long: &s.Bytes},
		{long: &s.PerCall},
	}
}
