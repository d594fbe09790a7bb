package trustar

import (
	"context"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/internal/errtype"
)

// Enclave is a place that keeps reports, with what the account may do there.
//
//easyjson:json
type Enclave struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Type is OPEN, INTERNAL, CLOSED, OTHER, RESEARCH, COMMUNITY, or one that came later.
	Type   string `json:"type"`
	Read   bool   `json:"read"`
	Create bool   `json:"create"`
	Update bool   `json:"update"`
}

//easyjson:json
type enclaveList []Enclave

func (l *enclaveList) check() error {
	if *l == nil {
		return api.Missing("list")
	}
	for _, enclave := range *l {
		if enclave.ID == "" {
			return api.Missing("id for one of its enclaves")
		}
	}
	return nil
}

// Enclaves returns the enclaves that the account can see. 1.2 has no such call; a
// client of it asks the 1.3 of the same server, which takes the same token, and fails
// with *api.UnsupportedError where that is not there.
//
// Source: the vendor's Python SDKs.
//
//api:operation GET /1.3/enclaves
//api:operation GET /2.0/enclaves
func (c *Client) Enclaves(ctx context.Context) ([]Enclave, error) {
	req := c.get("list enclaves", nil, "enclaves")
	if c.version == Version12 {
		req.URL = api.JoinURL(strings.TrimSuffix(c.base, Version12)+Version13, "enclaves")
	}
	var answer enclaveList
	err := c.calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, nil)
	var status *api.StatusError
	if c.version == Version12 && errtype.As(err, &status) && status.Status == 404 && status.Operation == req.Operation {
		return nil, &api.UnsupportedError{Operation: req.Operation, Version: Version12, Has: Version13}
	}
	if err != nil {
		return nil, err
	}
	return answer, nil
}
