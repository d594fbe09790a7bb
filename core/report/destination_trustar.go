package report

import (
	"context"
	"errors"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/trustar"
)

// TruSTAR files reports with a TruSTAR Station.
type TruSTAR struct{ client *trustar.Client }

// NewTruSTAR returns the destination behind a client.
func NewTruSTAR(client *trustar.Client) TruSTAR { return TruSTAR{client} }

// Prepare implements Destination.
func (t TruSTAR) Prepare(d Draft) (Prepared, error) {
	var began time.Time
	if d.TimeBegan != "" {
		var words string
		if began, words = ParseTime(d.TimeBegan); words != "" {
			return Prepared{}, &api.InvalidError{Field: "timeBegan", Problem: words}
		}
	}
	req, err := t.client.PrepareSubmission(trustar.Submission{
		ExternalID:   d.ID,
		Title:        d.Title,
		Body:         d.Body,
		TimeBegan:    began,
		Distribution: d.Distribution,
		EnclaveIDs:   d.EnclaveIDs,
		ExternalURL:  d.ExternalURL,
	})
	if err != nil {
		return Prepared{}, err
	}
	return prepared(req), nil
}

// Send implements Destination.
func (t TruSTAR) Send(ctx context.Context, item Item) (Receipt, error) {
	now, err := t.Prepare(item.Draft)
	if err != nil {
		return Receipt{}, err
	}
	if err := verify(item, now); err != nil {
		return Receipt{}, err
	}
	submitted, err := t.client.SubmitBytes(ctx, []byte(item.Prepared.Body))
	if errors.Is(err, trustar.ErrDuplicate) {
		return t.earlier(ctx, item.ID), nil
	}
	if err != nil {
		return Receipt{}, err
	}
	if submitted.ExternalID != "" && submitted.ExternalID != item.ID {
		// A mixed-up answer says nothing about our report: it is sent again.
		return Receipt{}, &api.DecodeError{
			Exchange: api.Exchange{Operation: "trustar: submit report", Method: now.Method, URL: now.URL, Status: 200},
			Cause:    errors.New("the answer is about another report"),
		}
	}
	return Receipt{
		ReportID:  submitted.ReportID,
		Link:      t.client.Link(submitted.ReportID),
		Extracted: references(submitted.Indicators),
	}, nil
}

// earlier describes a report that an earlier attempt has filed. The platform may
// answer 404 for a while after it has taken a report, so a look-up that fails
// takes nothing back.
func (t TruSTAR) earlier(ctx context.Context, externalID string) Receipt {
	receipt := Receipt{Repeated: true}
	found, err := t.client.ReportByExternalID(ctx, externalID)
	if err != nil || found.ID == "" {
		return receipt
	}
	receipt.ReportID = found.ID
	receipt.Link = t.client.Link(found.ID)
	receipt.Extracted = references(found.Indicators)
	return receipt
}

func references(found []trustar.Indicator) []Reference {
	if found == nil {
		return nil
	}
	references := make([]Reference, 0, len(found))
	for _, indicator := range found {
		references = append(references, Reference{Type: indicator.Type, Value: indicator.Value})
	}
	return references
}
