package trustar

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

// Safelists are the libraries of values that 2.0 takes for harmless. Earlier versions
// have one, the Whitelist.
type Safelists struct{ service }

// Safelists returns the calls about safelist libraries of 2.0.
func (c *Client) Safelists() Safelists { return Safelists{service{c}} }

// Safelist is a library, its Entries only where it is asked for by itself.
//
//easyjson:json
type Safelist struct {
	GUID        string `json:"guid"`
	Name        string `json:"name"`
	CompanyGUID string `json:"companyGuid"`
	// Excerpt is the beginning of the entries, as text.
	Excerpt   string          `json:"excerpt"`
	CreatedAt Timestamp       `json:"createdAt"`
	UpdatedAt Timestamp       `json:"updatedAt"`
	CreatedBy string          `json:"createdBy"`
	UpdatedBy string          `json:"updatedBy"`
	Entries   []SafelistEntry `json:"entries,omitempty"`
}

// SafelistEntry is a value that is harmless.
//
//easyjson:json
type SafelistEntry struct {
	GUID      string    `json:"guid"`
	Entity    string    `json:"entity"`
	Type      string    `json:"type"`
	CreatedBy string    `json:"createdBy"`
	CreatedAt Timestamp `json:"createdAt"`
}

func (l *Safelist) check() error {
	if l.GUID == "" {
		return api.Missing("guid")
	}
	for i := range l.Entries {
		if l.Entries[i].Entity == "" {
			return api.Missing("entity for one of its entries")
		}
	}
	return nil
}

//easyjson:json
type safelistList []Safelist

func (l *safelistList) check() error {
	if *l == nil {
		return api.Missing("list")
	}
	for i := range *l {
		if err := (*l)[i].check(); err != nil {
			return err
		}
	}
	return nil
}

//easyjson:json
type entries struct {
	Entries []Entity `json:"entries"`
}

//easyjson:json
type freeText struct {
	Text string `json:"text"`
}

// List returns the company's libraries, without their entries.
//
// Source: the vendor's second Python SDK, as for all calls about safelists.
//
//api:operation GET /2.0/safelist-libraries
func (s Safelists) List(ctx context.Context) ([]Safelist, error) {
	req, err := s.request(Version20, "GET", "list safelists", nil, "safelist-libraries")
	if err != nil {
		return nil, err
	}
	var found safelistList
	err = s.into(ctx, req, &found, nil)
	return found, err
}

// Create makes an empty library.
//
//api:operation POST /2.0/safelist-libraries
func (s Safelists) Create(ctx context.Context, name string) (Safelist, error) {
	req, err := s.request(Version20, "POST", "create safelist", nil, "safelist-libraries")
	if err != nil {
		return Safelist{}, err
	}
	if name == "" {
		return Safelist{}, invalid("name", "is missing")
	}
	if err := carry(req, named{name}); err != nil {
		return Safelist{}, err
	}
	var made Safelist
	err = s.into(ctx, req, &made, nil)
	return made, err
}

// Get returns a library with its entries.
//
//api:operation GET /2.0/safelist-libraries/{guid}
func (s Safelists) Get(ctx context.Context, guid string) (Safelist, error) {
	req, err := s.request(Version20, "GET", "get safelist", nil, "safelist-libraries", guid)
	if err != nil {
		return Safelist{}, err
	}
	return s.one(ctx, req, guid)
}

func (s Safelists) one(ctx context.Context, req *api.Request, guid string) (Safelist, error) {
	var found Safelist
	err := s.into(ctx, req, &found, func() error { return sameID(guid)(Report{ID: found.GUID}) })
	if err != nil {
		return Safelist{}, err
	}
	return found, nil
}

// Add adds entries to a library and returns it.
//
//api:operation PATCH /2.0/safelist-libraries/{guid}
func (s Safelists) Add(ctx context.Context, guid string, add ...Entity) (Safelist, error) {
	req, err := s.request(Version20, "PATCH", "add to safelist", nil, "safelist-libraries", guid)
	if err != nil {
		return Safelist{}, err
	}
	if len(add) == 0 {
		return Safelist{}, invalid("entries", "are missing")
	}
	for _, entry := range add {
		if err := (Term{entry.Type, entry.Entity}).sendable("entries", func(kind string) bool { return kind != "" }); err != nil {
			return Safelist{}, err
		}
	}
	req.Repeatable = true
	if err := carry(req, entries{add}); err != nil {
		return Safelist{}, err
	}
	return s.one(ctx, req, guid)
}

// DeleteEntry takes an entry from a library.
//
//api:operation DELETE /2.0/safelist-libraries/{guid}/{entryGuid}
func (s Safelists) DeleteEntry(ctx context.Context, guid, entryGUID string) error {
	req, err := s.request(Version20, "DELETE", "delete from safelist", nil, "safelist-libraries", guid, entryGUID)
	if err != nil {
		return err
	}
	return s.act(ctx, req)
}

// Delete removes a library.
//
//api:operation DELETE /2.0/safelist-libraries/{guid}
func (s Safelists) Delete(ctx context.Context, guid string) error {
	req, err := s.request(Version20, "DELETE", "delete safelist", nil, "safelist-libraries", guid)
	if err != nil {
		return err
	}
	return s.act(ctx, req)
}

// Extract returns what could be put on a library of a text. Nothing is stored.
//
//api:operation POST /2.0/safelist-libraries/extract
func (s Safelists) Extract(ctx context.Context, text string) ([]Entity, error) {
	req, err := s.request(Version20, "POST", "extract for safelist", nil, "safelist-libraries", "extract")
	if err != nil {
		return nil, err
	}
	if err := checkText(text); err != nil {
		return nil, err
	}
	req.Repeatable = true
	if err := carry(req, freeText{text}); err != nil {
		return nil, err
	}
	var found entityList
	err = s.into(ctx, req, &found, nil)
	return found, err
}
