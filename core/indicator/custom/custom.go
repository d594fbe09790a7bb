// Package custom finds what an organisation describes by patterns of its own: ticket
// numbers, asset names, account names.
//
// Patterns are RE2 (package regexp), so that their time is linear in the text. They run
// beside the engine of core/indicator, not inside it: a program that does not import
// this package does not carry regexp.
package custom

import (
	"regexp"
	"strconv"

	"github.com/sightline-sec/sightline/core/indicator"
)

// Limits of a set of patterns.
const (
	MaxPatterns = 64   // patterns in a set
	MaxLength   = 1024 // bytes of one pattern
	MaxMatches  = 10_000
)

// Pattern describes one type of an organisation.
type Pattern struct {
	// Name is the type's name, 1 to 40 of a-z, 0-9 and _.
	Name string

	// Expr is an RE2 expression. Its first group, where it has one, is the value;
	// else the whole match is. It must not match the empty text.
	Expr string
}

// Match is one find.
type Match struct {
	Name  string
	Value string
	Span  indicator.Span // of the value, in bytes
}

// PatternError says which pattern was refused, and why.
type PatternError struct {
	Index  int // in the list given to Compile
	Name   string
	Reason string
}

func (e *PatternError) Error() string {
	return "custom pattern " + strconv.Itoa(e.Index) + " (" + strconv.Quote(e.Name) + "): " + e.Reason
}

// Set is a compiled list of patterns. It is safe for concurrent use.
type Set struct {
	names []string
	exprs []*regexp.Regexp
}

// Compile checks and compiles patterns. The error is a *[PatternError].
func Compile(patterns []Pattern) (*Set, error) {
	if len(patterns) > MaxPatterns {
		return nil, &PatternError{MaxPatterns, patterns[MaxPatterns].Name, "a set has at most " + strconv.Itoa(MaxPatterns) + " patterns"}
	}
	set := &Set{}
	for i, p := range patterns {
		fail := func(reason string) (*Set, error) { return nil, &PatternError{i, p.Name, reason} }
		if !validName(p.Name) {
			return fail("a name has 1 to 40 of a-z, 0-9 and _")
		}
		if _, taken := indicator.ParseType(p.Name); taken {
			return fail("the name is one of the engine's types")
		}
		if len(p.Expr) > MaxLength {
			return fail("the expression is longer than " + strconv.Itoa(MaxLength) + " bytes")
		}
		expr, err := regexp.Compile(p.Expr)
		if err != nil {
			return fail(err.Error())
		}
		if expr.MatchString("") {
			return fail("the expression matches the empty text")
		}
		set.names = append(set.names, p.Name)
		set.exprs = append(set.exprs, expr)
	}
	return set, nil
}

func validName(name string) bool {
	if len(name) == 0 || len(name) > 40 {
		return false
	}
	for i := 0; i < len(name); i++ {
		if c := name[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '_' {
			return false
		}
	}
	return true
}

// Find returns the matches in text, pattern by pattern, each pattern's in the order of
// position; [MaxMatches] at most. Matches may overlap the engine's finds: whoever
// shows both decides which to prefer.
func (s *Set) Find(text string) []Match {
	var found []Match
	for i, expr := range s.exprs {
		for _, at := range expr.FindAllStringSubmatchIndex(text, MaxMatches-len(found)) {
			start, end := at[0], at[1]
			if len(at) > 3 && at[2] >= 0 {
				start, end = at[2], at[3]
			}
			if start < end {
				found = append(found, Match{s.names[i], text[start:end], indicator.Span{Start: start, End: end}})
			}
		}
		if len(found) >= MaxMatches {
			break
		}
	}
	return found
}
