package lookup

// FillSettings are the user's, for one profile. The zero value is off.
//
//easyjson:json
type FillSettings struct {
	// On is false until the user switches the index on for the profile.
	On bool `json:"on"`
	// Days is how far back objects are fetched; 0 is all there are. An index with a
	// bound never calls an indicator new, since older objects may know it.
	Days int `json:"days"`
	// Cases is how many objects are fetched at most, newest first; 0 is no bound.
	Cases int `json:"cases"`
	// Calls and Bytes are how many calls are made and bytes of answers read in 24
	// hours, those for tokens and repetitions included; 0 is no bound. Calls that are
	// under way when it is reached still end.
	Calls int   `json:"calls"`
	Bytes int64 `json:"bytes"`
}

// FillState is how far the filling of one profile has come. It is small, and all
// that has to last: what is lost since it was stored is fetched again, at most one
// page of a list and what was read since. Times are milliseconds since 1970.
type FillState struct {
	ProfileID string
	// Server is where it came from: what one server has says nothing about another.
	Server   string
	Settings FillSettings

	// Walk is under way, newest objects first.
	Walk FillWalk
	// Mark is the time of change up to which everything is in the index, by the
	// platform's clock.
	Mark int64
	// CoveredFrom and CoveredTo bound the times of creation that the index covers; no
	// object between them is missing but those of Failed. CoveredTo is 0 before there
	// is any.
	CoveredFrom int64
	CoveredTo   int64
	// Cut says that older objects were left out because of Settings.Cases.
	Cut bool
	// Failed are ids of objects that could not be read. They are tried again with
	// every pass.
	Failed []string

	// Done of Total objects are in the index, as far as is known.
	Done  int
	Total int

	// PassAt is when the pass under way began, 0 between passes; AsOf the moment of
	// which the index is true, 0 before the first pass was complete.
	PassAt int64
	AsOf   int64
	// ChangesAt is when what had changed was asked for last, AuditAt when the number
	// of objects was compared.
	ChangesAt int64
	AuditAt   int64

	// WaitUntil is before when nothing is asked, Words why.
	WaitUntil int64
	Words     string
	// Failures in a row made the wait longer.
	Failures int

	// DayAt begins the 24 hours over which Calls and Bytes are counted.
	DayAt int64
	Calls int
	Bytes int64
	// PerCall is how long a call takes of the fill's time, in microseconds.
	PerCall int64
}

// FillWalk is a way through a platform's objects by the time of their creation.
type FillWalk struct {
	Active bool
	// From is where it ends, To where it is: objects created after To are in the
	// index. To is 0 before the first page.
	From int64
	To   int64
	// Newest is the newest object that it met.
	Newest int64
	// Again says that the index has been there before: what it has and the platform
	// has not is gone.
	Again bool
	// StartedAt is when it began, 0 while it has not.
	StartedAt int64
}

// Restart begins the walk anew, with what the index has: done objects. What has not
// changed is not read again.
func (s *FillState) Restart(done int) {
	s.Walk, s.CoveredFrom, s.CoveredTo, s.Cut = FillWalk{}, 0, 0, false
	s.AsOf, s.PassAt, s.AuditAt, s.Mark = 0, 0, 0, 0
	s.Done, s.Total = done, done
	if done > 0 {
		s.AuditAt = 1 // long ago: what is there may have vanished from the platform
	}
}

// coveredFrom is the time of creation from which on everything is in the index.
func (s *FillState) coveredFrom() int64 {
	if s.CoveredTo == 0 && s.Walk.Active {
		return s.Walk.To
	}
	return s.CoveredFrom
}

// complete reports whether the index has all that the settings ask for.
func (s *FillState) complete() bool {
	return s.AsOf > 0 && len(s.Failed) == 0 && !(s.Walk.Active && !s.Walk.Again)
}

// FillProgress is how far a fill has come, for people.
//
//easyjson:json
type FillProgress struct {
	ProfileID string `json:"profileId"`
	Platform  string `json:"platform"`
	Name      string `json:"name"`
	// Settings are the user's.
	Settings FillSettings `json:"settings"`
	// Phase is "off", "walk", "changes", "audit", "idle" or "waiting".
	Phase string `json:"phase"`
	// Done of Total objects are in the index; Failed could not be read.
	Done   int `json:"done"`
	Total  int `json:"total"`
	Failed int `json:"failed"`
	// CallsLeft and MillisLeft until the first pass is complete, estimated; 0 when it is.
	CallsLeft  int   `json:"callsLeft"`
	MillisLeft int64 `json:"millisLeft"`
	// Calls and Bytes of the last 24 hours.
	Calls int   `json:"calls"`
	Bytes int64 `json:"bytes"`
	// AsOf is the moment of which the index is true, 0 before the first pass was complete.
	AsOf int64 `json:"asOf"`
	// CoveredFrom is the time of creation from which on the index has everything; 0
	// is without bound.
	CoveredFrom int64 `json:"coveredFrom"`
	// WakeAt is when there is something to do next, milliseconds since 1970; 0 is
	// never, a time that has passed is now.
	WakeAt int64 `json:"wakeAt"`
	// Words say why it waits or what went wrong, "" when all is well.
	Words string `json:"words"`
}
