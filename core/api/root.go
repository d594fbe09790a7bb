package api

import (
	"strings"

	"github.com/sightline-sec/sightline/core/internal/errtype"
)

// CheckRoot returns an *InvalidError that names field when root is not an address
// that paths can be appended to.
func CheckRoot(field, root string) error {
	request := Request{Method: "GET", URL: root}
	var invalid *InvalidError
	if err := request.Check(); errtype.As(err, &invalid) {
		return &InvalidError{Field: field, Problem: invalid.Problem}
	}
	if strings.ContainsAny(root, "?#") {
		return &InvalidError{Field: field, Problem: "must end before its ? or #"}
	}
	return nil
}
