package trustar

import "context"

// Enclave is a place that keeps reports, with what the caller may do in it.
type Enclave struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Type is OPEN, INTERNAL, CLOSED, OTHER, RESEARCH, COMMUNITY, or one that came later.
	Type   string `json:"type"`
	Read   bool   `json:"read"`
	Create bool   `json:"create"`
	Update bool   `json:"update"`
}

// Enclaves returns the enclaves that the account can see. 1.2 has no such call:
// *api.UnsupportedError.
func (c *Client) Enclaves(ctx context.Context) ([]Enclave, error) { return nil, errUnbuilt }
