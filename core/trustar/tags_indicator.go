package trustar

import (
	"context"

	"github.com/sightline-sec/sightline/core/api"
)

// taggedValue is the body that puts a tag on an indicator.
//
//easyjson:json
type taggedValue struct {
	Value string `json:"value"`
	Tag   newTag `json:"tag"`
}

// newTag is a tag on its way in.
//
//easyjson:json
type newTag struct {
	Name      string `json:"name"`
	EnclaveID string `json:"enclaveId"`
}

func (t newTag) check() error {
	if t.EnclaveID == "" {
		return invalid("enclaveId", "is missing: an indicator's tag belongs to an enclave")
	}
	return checkTagNames(t.Name)
}

// OfIndicators returns the tags of indicators in the given enclaves; in all that are
// readable when none is given.
//
// Source: the vendor's Python SDK.
//
//api:operation GET /1.3/indicators/tags
func (s Tags) OfIndicators(ctx context.Context, enclaveIDs ...string) ([]Tag, error) {
	return s.within(ctx, "list indicator tags", "indicators", enclaveIDs)
}

// AddToIndicator puts a tag of an enclave on an indicator and returns it with its
// GUID. A tag that the enclave has is used again.
//
// Source: the vendor's page "Add Tag to Indicator".
//
//api:operation POST /1.3/indicators/tags
func (s Tags) AddToIndicator(ctx context.Context, value, name, enclaveID string) (Tag, error) {
	req, err := s.request(Version13, "POST", "add tag to indicator", nil, "indicators", "tags")
	if err != nil {
		return Tag{}, err
	}
	sent := taggedValue{value, newTag{name, enclaveID}}
	if value == "" {
		return Tag{}, invalid("value", "is missing")
	}
	if err := sent.Tag.check(); err != nil {
		return Tag{}, err
	}
	req.Repeatable = true
	if err := carry(req, sent); err != nil {
		return Tag{}, err
	}
	var made Tag
	err = s.into(ctx, req, &made, nil)
	return made, err
}

// DeleteFromIndicator takes a tag from an indicator, by the tag's GUID.
//
// Source: the vendor's Python SDK. Its page "Tags" says that the name stands there.
//
//api:operation DELETE /1.3/indicators/tags/{tagGuid}
func (s Tags) DeleteFromIndicator(ctx context.Context, value, tagGUID string) error {
	if value == "" {
		return invalid("value", "is missing")
	}
	req, err := s.request(Version13, "DELETE", "delete tag from indicator", api.Query{{Name: "value", Value: value}}, "indicators", "tags", tagGUID)
	if err != nil {
		return err
	}
	return s.act(ctx, req)
}
