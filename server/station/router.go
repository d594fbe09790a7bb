package station

import (
	"net/http"
	"net/url"
	"strings"
)

// match returns the operation of a request and sets the values of its path. Operations
// are tried in the order of the table, so a literal part stands before a wildcard.
//
// It is not http.ServeMux: the vendor's paths overlap (reports/copy/{id} and
// reports/{id}/tags), which ServeMux refuses, and on Workers its table would be built
// anew for every request.
func match(r *http.Request) (operation, bool) {
	path := r.URL.EscapedPath()
	for _, op := range operations() {
		method, pattern, _ := strings.Cut(op.pattern, " ")
		if method != r.Method {
			continue
		}
		if op.version == unversioned {
			if pattern == path {
				return op, true
			}
			continue
		}
		below, found := strings.CutPrefix(path, "/api")
		if !found {
			continue
		}
		// The unversioned base behaves as 1.2.
		bare, is12 := strings.CutPrefix(pattern, "/1.2")
		if walk(r, pattern, below) || is12 && walk(r, bare, below) {
			return op, true
		}
	}
	return operation{}, false
}

// walk compares a path with a pattern, part by part. A slash at the end is passed over.
func walk(r *http.Request, pattern, path string) bool {
	pattern, path = strings.TrimSuffix(pattern, "/"), strings.TrimSuffix(path, "/")
	if strings.Count(pattern, "/") != strings.Count(path, "/") {
		return false
	}
	type value struct{ name, text string }
	var values []value
	for pattern != "" {
		var want, got string
		want, pattern, _ = strings.Cut(pattern, "/")
		got, path, _ = strings.Cut(path, "/")
		if name, wild := strings.CutPrefix(want, "{"); wild {
			text, err := url.PathUnescape(got)
			if err != nil || text == "" {
				return false
			}
			values = append(values, value{strings.TrimSuffix(name, "}"), text})
		} else if want != got {
			return false
		}
	}
	for _, v := range values {
		r.SetPathValue(v.name, v.text)
	}
	return true
}
