package trustar

import (
	"strconv"
	"strings"

	"github.com/mailru/easyjson/jlexer"
	"github.com/mailru/easyjson/jwriter"
)

// loose is a string that some servers write as a number: the sample on the vendor's
// page "Report Submission" has an external id without quotes.
type loose string

// UnmarshalEasyJSON takes a number's text as it stands.
func (s *loose) UnmarshalEasyJSON(in *jlexer.Lexer) {
	if in.CurrentToken() == jlexer.TokenNumber {
		*s = loose(in.Raw())
		return
	}
	*s = loose(in.String())
}

// MarshalEasyJSON writes a string.
func (s loose) MarshalEasyJSON(out *jwriter.Writer) { out.String(string(s)) }

// Score is a small number. One sample of the vendor's has it as a string.
type Score int

// UnmarshalEasyJSON reads a number, or a string with one.
func (s *Score) UnmarshalEasyJSON(in *jlexer.Lexer) {
	if in.CurrentToken() != jlexer.TokenString {
		*s = Score(in.Int())
		return
	}
	n, err := strconv.Atoi(strings.TrimSpace(in.String()))
	if err != nil {
		in.AddError(errNoNumber)
		return
	}
	*s = Score(n)
}

// MarshalEasyJSON writes a number.
func (s Score) MarshalEasyJSON(out *jwriter.Writer) { out.Int(int(s)) }
