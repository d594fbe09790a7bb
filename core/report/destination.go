package report

import (
	"context"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/sha256"
)

// Destination is a platform that keeps reports. There is one file for each.
type Destination interface {
	// Prepare returns the exact bytes that Send will send for a draft and the host
	// that gets them. *api.InvalidError: the draft cannot be filed as it stands.
	Prepare(d Draft) (Prepared, error)

	// Send files the frozen bytes of a claimed item. What the platform says no to,
	// and what is unknown, are errors of package api for Failed to judge; that the
	// platform has the report already is none.
	Send(ctx context.Context, item Item) (Receipt, error)
}

// Receipt is what a platform says of a report that it has.
type Receipt struct {
	// ReportID is the platform's id, "" when it has the report and did not say under
	// which: an earlier attempt filed it.
	ReportID string
	// Link opens the report in the platform, "" if it has no page.
	Link string
	// Extracted are the indicators that the platform found, in its own types; nil
	// when it does not say.
	Extracted []Reference
	// Repeated says that an earlier attempt had filed the report.
	Repeated bool
}

// MovedError means that a profile no longer points to where an item was going
// when its bytes were shown. Nothing is sent to an address that nobody confirmed.
type MovedError struct {
	// Shown and Now are addresses without secrets.
	Shown, Now string
}

func (e *MovedError) Error() string {
	return "the profile points to " + e.Now + ", the report was to go to " + e.Shown
}

// TamperedError means that an item's bytes are not those that were shown.
type TamperedError struct{}

func (e *TamperedError) Error() string { return "the stored report is not the one that was shown" }

// prepared describes a request as it will be shown and stored.
func prepared(req *api.Request) Prepared {
	url := api.Redact(req.URL)
	return Prepared{
		Method: req.Method,
		URL:    url,
		Host:   hostOf(url),
		Body:   string(req.Body),
		Bytes:  len(req.Body),
		Hash:   hash(req.Body),
	}
}

// verify checks that what is stored is what was shown, and that it goes where it was to go.
func verify(item Item, now Prepared) error {
	if hash([]byte(item.Prepared.Body)) != item.Prepared.Hash {
		return &TamperedError{}
	}
	if now.URL != item.Prepared.URL || now.Method != item.Prepared.Method {
		return &MovedError{Shown: item.Prepared.URL, Now: now.URL}
	}
	return nil
}

func hash(body []byte) string {
	sum := sha256.Sum(body)
	return hex(sum[:])
}

// hostOf returns host and port of an absolute URL.
func hostOf(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		rest = rest[:end]
	}
	return rest
}
