package station

import (
	"errors"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/mailru/easyjson/jlexer"
)

// maxRequest is the largest request body in bytes.
const maxRequest = 3 << 20

// call is one request to one operation.
type call struct {
	*http.Request
	writer  http.ResponseWriter
	version version
	query   url.Values
	// user is who asks; zero for operations without a version.
	user user
	// strict is Config.Strict.
	strict bool
}

// bytes reads the body, up to maxRequest.
func (c *call) bytes() ([]byte, error) {
	if c.Body == nil {
		return nil, nil
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.writer, c.Body, maxRequest))
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return nil, tooLarge("The request is larger than " + strconv.Itoa(maxRequest) + " bytes.")
	case err != nil:
		return nil, badRequest("The request's body did not arrive whole.")
	}
	return body, nil
}

// decode reads the body as a model. Unknown fields and nulls are passed over, as
// the vendor's clients need it.
func (c *call) decode(m decodable) ([]byte, error) {
	return c.decodeBody(m, false)
}

// decodeOptional is decode for operations whose body may be absent or null.
func (c *call) decodeOptional(m decodable) error {
	_, err := c.decodeBody(m, true)
	return err
}

// decodable is what easyjson generates.
type decodable interface{ UnmarshalEasyJSON(*jlexer.Lexer) }

func (c *call) decodeBody(m decodable, optional bool) ([]byte, error) {
	body, err := c.bytes()
	if err != nil {
		return nil, err
	}
	switch {
	case len(strings.TrimSpace(string(body))) == 0:
		if optional {
			return nil, nil
		}
		return nil, badRequest("The request has no body.")
	case !utf8.Valid(body):
		return nil, badRequest("The request's body is not UTF-8.")
	}
	in := jlexer.Lexer{Data: body}
	m.UnmarshalEasyJSON(&in)
	in.Consumed()
	if in.Error() != nil {
		return nil, badRequest("The request's body is not the JSON that this call takes.")
	}
	return body, nil
}

// list returns a parameter that may be repeated, comma-separated, or both.
func (c *call) list(name string) []string {
	var values []string
	seen := map[string]bool{}
	for _, given := range c.query[name] {
		for part := range strings.SplitSeq(given, ",") {
			if part = strings.TrimSpace(part); part != "" && !seen[part] {
				seen[part] = true
				values = append(values, part)
			}
		}
	}
	return values
}

// external reports whether the path's id is the user's own.
func (c *call) external() (bool, error) {
	switch strings.ToLower(c.query.Get("idType")) {
	case "", "internal":
		return false, nil
	case "external":
		return true, nil
	}
	return false, badRequest("idType is internal or external.")
}

// flag returns a boolean parameter in any case, fallback when it is absent.
func (c *call) flag(name string, fallback bool) (bool, error) {
	switch strings.ToLower(c.query.Get(name)) {
	case "":
		return fallback, nil
	case "true", "1":
		return true, nil
	case "false", "0":
		return false, nil
	}
	return false, badRequest(name + " is true or false.")
}

// count returns a non-negative parameter, fallback when it is absent.
func (c *call) count(name string, fallback int) (int, error) {
	given := c.query.Get(name)
	if given == "" {
		return fallback, nil
	}
	n, err := strconv.ParseInt(given, 10, 32)
	if err != nil || n < 0 {
		return 0, badRequest(name + " is a whole number of at least 0.")
	}
	return int(n), nil
}

// instant returns a time parameter in milliseconds, fallback when it is absent.
// Requests of 1.2 have seconds, later ones milliseconds.
func (c *call) instant(name string, fallback int64) (int64, error) {
	given := c.query.Get(name)
	if given == "" {
		return fallback, nil
	}
	n, err := strconv.ParseInt(given, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/1000 {
		return 0, badRequest(name + " is a time since 1970, in " + c.version.unit() + ".")
	}
	return c.version.millis(n), nil
}

// unit of the times in a version's requests.
func (v version) unit() string {
	if v == version12 {
		return "seconds"
	}
	return "milliseconds"
}

// millis converts a time of a version's requests.
func (v version) millis(n int64) int64 {
	if v == version12 {
		return n * 1000
	}
	return n
}

// span reads from and to, both inclusive: without to it is now, without from the time
// back before to. A start more than longest before the end is moved to there.
func (c *call) span(now, back, longest int64) (from, to int64, err error) {
	if to, err = c.instant("to", now); err != nil {
		return 0, 0, err
	}
	if c.version == version12 && c.query.Has("to") {
		to += 999 // to the end of the second that was named
	}
	if from, err = c.instant("from", max(to-back, 0)); err != nil {
		return 0, 0, err
	}
	return max(from, to-longest), to, nil
}

// term is a text to search for, folded: from the query, or from the body of a POST.
// Shorter ones than three characters are an error where strict is set, none elsewhere.
func (c *call) term(strict bool) (string, error) {
	term := c.query.Get("searchTerm")
	if c.Method == http.MethodPost {
		var request searchTermRequest
		if err := c.decodeOptional(&request); err != nil {
			return "", err
		}
		if request.SearchTerm != "" {
			term = request.SearchTerm
		}
	}
	term = fold(strings.TrimSpace(unmarked(term)))
	if utf8.RuneCountInString(term) < 3 {
		if strict && term != "" {
			return "", badRequest("searchTerm has at least 3 characters.")
		}
		term = ""
	}
	return term, nil
}

// Spans of time in milliseconds.
const (
	hourMillis = 60 * 60 * 1000
	dayMillis  = 24 * hourMillis
	yearMillis = 365 * dayMillis
)
