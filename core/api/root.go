package api

import "strings"

// CheckRoot returns an *InvalidError that names field when root is not an address
// that paths can be appended to.
func CheckRoot(field, root string) error {
	problem := urlProblem(root)
	if problem == "" && strings.ContainsAny(root, "?#") {
		problem = "must end before its ? or #"
	}
	if problem != "" {
		return &InvalidError{Field: field, Problem: problem}
	}
	return nil
}

// CheckServer returns an *InvalidError when there is no transport, or when the address
// of a server or that of its pages is none that paths can be appended to. There need be
// no pages: webURL may be "".
func CheckServer(transport Transport, baseURL, webURL string) error {
	if transport == nil {
		return &InvalidError{Field: "transport", Problem: "is missing"}
	}
	if err := CheckRoot("address", baseURL); err != nil || webURL == "" {
		return err
	}
	return CheckRoot("web address", webURL)
}
