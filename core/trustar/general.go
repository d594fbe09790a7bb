package trustar

import (
	"context"
	"errors"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
)

// RequestQuota is how many calls the company has in a span of time. It is the daily
// quota; the limit of 60 calls a minute is not shown.
//
//easyjson:json
type RequestQuota struct {
	GUID        string `json:"guid"`
	MaxRequests int64  `json:"maxRequests"`
	// UsedRequests counts those of the whole company.
	UsedRequests int64 `json:"usedRequests"`
	// TimeWindow is milliseconds: 86,400,000 for a day.
	TimeWindow    int64     `json:"timeWindow"`
	LastResetTime Timestamp `json:"lastResetTime"`
	NextResetTime Timestamp `json:"nextResetTime"`
}

//easyjson:json
type quotaList []RequestQuota

func (l *quotaList) check() error {
	if *l == nil {
		return api.Missing("list")
	}
	for _, quota := range *l {
		if quota.TimeWindow <= 0 {
			return api.Missing("timeWindow for one of its quotas")
		}
	}
	return nil
}

// RequestQuotas returns what is left of the company's quotas. Asking costs nothing of
// them.
//
// Source: the vendor's page "Get Request Quotas".
//
//api:operation GET /1.3/request-quotas
func (c *Client) RequestQuotas(ctx context.Context) ([]RequestQuota, error) {
	s := service{c}
	req, err := s.request(Version13, "GET", "get request quotas", nil, "request-quotas")
	if err != nil {
		return nil, err
	}
	var found quotaList
	err = s.into(ctx, req, &found, nil)
	return found, err
}

// EnclaveDetails is an enclave with what late servers say of it.
//
//easyjson:json
type EnclaveDetails struct {
	Enclave
	TemplateName      string `json:"templateName"`
	WorkflowSupported bool   `json:"workflowSupported"`
}

//easyjson:json
type enclaveDetailsList []EnclaveDetails

func (l *enclaveDetailsList) check() error {
	if *l == nil {
		return api.Missing("list")
	}
	for i := range *l {
		if (*l)[i].ID == "" {
			return api.Missing("id for one of its enclaves")
		}
	}
	return nil
}

// EnclaveDetails returns the enclaves with more than Enclaves, whose call it is.
func (c *Client) EnclaveDetails(ctx context.Context) ([]EnclaveDetails, error) {
	if c.version == Version12 {
		return nil, c.lacks("list enclaves", Version13+" and "+Version20)
	}
	var found enclaveDetailsList
	err := service{c}.into(ctx, c.get("list enclaves", nil, "enclaves"), &found, nil)
	return found, err
}

// ServerVersion returns the version that the server says it speaks, e.g. "1.3" or
// "1.3-beta". 2.0 has no such call; a client of it asks the server as a whole.
//
// Source: the vendor's Python SDK, and a public Go client for the address without a
// version.
//
//api:operation GET /1.2/version
//api:operation GET /1.3/version
//api:operation GET /api/version
func (c *Client) ServerVersion(ctx context.Context) (string, error) {
	req := c.get("get version", nil, "version")
	if c.version == Version20 {
		req.URL = api.JoinURL(strings.TrimSuffix(c.base, "/"+Version20), "version")
	}
	resp, err := c.calls.Do(ctx, req)
	if err != nil {
		return "", err
	}
	version := strings.TrimSpace(string(resp.Body))
	if !isVersion(version) {
		return "", api.DecodeFailure(req, resp, errors.New("it is no version"))
	}
	return version, nil
}

// isVersion takes what begins with a digit and goes on with letters, digits, dots and
// hyphens.
func isVersion(s string) bool {
	if s == "" || len(s) > 40 || s[0] < '0' || s[0] > '9' {
		return false
	}
	for i := range len(s) {
		if s[i] != '.' && s[i] != '-' && !alphanumeric(s[i:i+1]) {
			return false
		}
	}
	return true
}
