package trustar

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
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
		return missing("list")
	}
	for _, enclave := range *l {
		if enclave.ID == "" {
			return missing("id for one of its enclaves")
		}
	}
	return nil
}

// Enclaves returns the enclaves that the account can see. 1.2 has no such call:
// *api.UnsupportedError.
//
// Source: the vendor's Python SDK.
//
//api:operation GET /1.3/enclaves
func (c *Client) Enclaves(ctx context.Context) ([]Enclave, error) {
	req := c.get("list enclaves", nil, "enclaves")
	if c.version == Version12 {
		return nil, &api.UnsupportedError{Operation: req.Operation, Version: Version12, Has: Version13}
	}
	var answer enclaveList
	if err := c.getInto(ctx, req, &answer, nil); err != nil {
		return nil, err
	}
	return answer, nil
}
