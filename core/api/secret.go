package api

// Secret is a credential. It prints as "[hidden]" in every format, so that it
// cannot reach a log or an error by accident; Reveal is the one way to its value.
type Secret string

// Hidden is how a non-empty Secret prints.
const Hidden = "[hidden]"

// Reveal returns the credential itself.
func (s Secret) Reveal() string { return string(s) }

// String implements fmt.Stringer. An empty secret prints as "".
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return Hidden
}

// GoString implements fmt.GoStringer, for %#v.
func (s Secret) GoString() string { return s.String() }

// MarshalText hides the secret from encoders too.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }
