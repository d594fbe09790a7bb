package trustar

import (
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
