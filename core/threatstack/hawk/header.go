package hawk

import (
	"errors"
	"strconv"
	"strings"
)

// MaxHeader is the longest header that Parse reads, in bytes.
const MaxHeader = 4096

// Header is the value of an Authorization, Server-Authorization or
// WWW-Authenticate header. An attribute that is "" or 0 is not there.
type Header struct {
	ID string
	// Time is seconds since 1970.
	Time  int64
	Nonce string
	Hash  string
	Ext   string
	MAC   string
	App   string
	Dlg   string
	// TimeMAC and Error are in WWW-Authenticate alone.
	TimeMAC string
	Error   string
}

// What is wrong with a header. The words quote nothing of it.
var (
	ErrScheme    = errors.New("the header is not of the Hawk scheme")
	ErrTooLong   = errors.New("the Hawk header is too long")
	ErrMalformed = errors.New("the Hawk header is malformed")
	ErrUnknown   = errors.New("the Hawk header has an unknown attribute")
	ErrTwice     = errors.New("the Hawk header has an attribute twice")
)

// String returns the header's value. It does not check that the attributes may
// stand there; see IsAttribute.
func (h Header) String() string {
	var b strings.Builder
	b.WriteString("Hawk")
	comma := byte(' ')
	put := func(name, value string) {
		if value == "" {
			return
		}
		if comma == ',' {
			b.WriteByte(',')
		}
		comma = ','
		b.WriteString(" " + name + `="` + value + `"`)
	}
	put("id", h.ID)
	if h.Time != 0 {
		put("ts", strconv.FormatInt(h.Time, 10))
	}
	put("nonce", h.Nonce)
	put("hash", h.Hash)
	put("ext", h.Ext)
	put("mac", h.MAC)
	put("app", h.App)
	put("dlg", h.Dlg)
	put("tsm", h.TimeMAC)
	put("error", h.Error)
	return b.String()
}

// Parse reads a header. Attributes may come in any order, each once at most.
func Parse(value string) (Header, error) {
	if len(value) > MaxHeader {
		return Header{}, ErrTooLong
	}
	scheme, rest, _ := strings.Cut(value, " ")
	if !strings.EqualFold(scheme, "Hawk") {
		return Header{}, ErrScheme
	}
	var (
		h    Header
		ts   string
		seen [10]bool
	)
	for rest = trim(rest); rest != ""; {
		name, after, ok := strings.Cut(rest, "=")
		if !ok || !strings.HasPrefix(after, `"`) {
			return Header{}, ErrMalformed
		}
		text, after, ok := strings.Cut(after[1:], `"`)
		if !ok || !IsAttribute(text) {
			return Header{}, ErrMalformed
		}
		into, place := h.attribute(name, &ts)
		if into == nil {
			return Header{}, ErrUnknown
		}
		if seen[place] {
			return Header{}, ErrTwice
		}
		seen[place] = true
		*into = text
		rest = trim(after)
		if rest == "" {
			break
		}
		if rest[0] != ',' {
			return Header{}, ErrMalformed
		}
		if rest = trim(rest[1:]); rest == "" {
			return Header{}, ErrMalformed
		}
	}
	if seen[1] {
		seconds, err := strconv.ParseUint(ts, 10, 62)
		if err != nil || seconds == 0 || ts != strconv.FormatUint(seconds, 10) {
			return Header{}, ErrMalformed
		}
		h.Time = int64(seconds)
	}
	return h, nil
}

// attribute returns where a value goes, and which of the ten names it is.
func (h *Header) attribute(name string, ts *string) (*string, int) {
	switch name {
	case "id":
		return &h.ID, 0
	case "ts":
		return ts, 1
	case "nonce":
		return &h.Nonce, 2
	case "hash":
		return &h.Hash, 3
	case "ext":
		return &h.Ext, 4
	case "mac":
		return &h.MAC, 5
	case "app":
		return &h.App, 6
	case "dlg":
		return &h.Dlg, 7
	case "tsm":
		return &h.TimeMAC, 8
	case "error":
		return &h.Error, 9
	}
	return nil, 0
}

// IsAttribute reports whether a text may be an attribute's value: printable ASCII
// without quotation marks and backslashes.
func IsAttribute(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

func trim(s string) string { return strings.Trim(s, " \t") }
