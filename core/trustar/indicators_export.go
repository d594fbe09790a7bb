package trustar

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// The states of an export.
const (
	ExportRunning  = "RUNNING"
	ExportComplete = "COMPLETE"
	ExportError    = "ERROR"
	ExportCanceled = "CANCELED"
)

const (
	// MaxExport is the largest export that ExportData takes, in bytes: 256 MiB. It is
	// held in memory.
	MaxExport = 256 << 20

	exportTimeout = 10 * time.Minute
)

// export is an export that was begun.
//
//easyjson:json
type export struct {
	GUID string `json:"guid"`
}

func (e *export) check() error {
	if e.GUID == "" {
		return api.Missing("guid")
	}
	return nil
}

//easyjson:json
type exportStatus struct {
	Status string `json:"status"`
}

func (s *exportStatus) check() error {
	if s.Status == "" {
		return api.Missing("status")
	}
	return nil
}

// StartExport has the server gather the metadata of all indicators that a search finds,
// more than can be paged through, and returns the export's GUID. PageSize is ignored.
//
// Source: later versions of the vendor's Python SDK.
//
//api:operation POST /1.3/indicators/metadata/bulk-export
func (s Indicators) StartExport(ctx context.Context, q IndicatorSearch) (string, error) {
	query, err := q.encode()
	if err != nil {
		return "", err
	}
	req, err := s.request(Version13, "POST", "start export", query, "indicators", "metadata", "bulk-export")
	if err != nil {
		return "", err
	}
	if err := carry(req, searchTerm{q.Term}); err != nil {
		return "", err
	}
	var begun export
	err = s.into(ctx, req, &begun, nil)
	return begun.GUID, err
}

// ExportStatus returns an Export constant, or one that came later.
//
// Source: as StartExport.
//
//api:operation GET /1.3/indicators/metadata/bulk-export/{guid}/status
func (s Indicators) ExportStatus(ctx context.Context, guid string) (string, error) {
	req, err := s.request(Version13, "GET", "get export's status", nil, "indicators", "metadata", "bulk-export", guid, "status")
	if err != nil {
		return "", err
	}
	var found exportStatus
	err = s.into(ctx, req, &found, nil)
	return found.Status, err
}

// ExportData returns a complete export as CSV, with the columns that the server gives
// it: they are not published. It is at most MaxExport bytes.
//
// Source: as StartExport.
//
//api:operation GET /1.3/indicators/metadata/bulk-export/{guid}/data.csv
func (s Indicators) ExportData(ctx context.Context, guid string) ([]byte, error) {
	req, err := s.request(Version13, "GET", "get export", nil, "indicators", "metadata", "bulk-export", guid, "data.csv")
	if err != nil {
		return nil, err
	}
	req.MaxBody, req.Timeout = MaxExport, exportTimeout
	text, err := s.text(ctx, req, func(text string) error {
		if first, _, _ := strings.Cut(text, "\n"); first == "" || text[0] == '{' {
			return errors.New("it is no CSV")
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return []byte(text + "\n"), nil
}
