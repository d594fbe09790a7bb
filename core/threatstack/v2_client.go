package threatstack

import (
	"context"
	"math/rand/v2"
	"strconv"
	"sync/atomic"

	"github.com/sightline-sec/sightline/core/api"
)

// ClientV2 speaks version 2. Make it with NewV2.
type ClientV2 struct {
	Agents          AgentServiceV2
	Alerts          AlertServiceV2
	Vulnerabilities VulnerabilityService
	Rulesets        RulesetService
	Servers         ServerService
	Members         MemberService
	AuditLogs       AuditLogService
	S3Export        S3ExportService

	c    *caller
	root *caller // without the version
}

// NewV2 returns a client of version 2, or *api.InvalidError when config cannot work.
// It makes no call.
func NewV2(config Config) (*ClientV2, error) {
	if err := config.check(Version2, DefaultURLV2); err != nil {
		return nil, err
	}
	switch {
	case config.OrgID == "":
		return nil, invalid("org_id", "is missing")
	case config.UserID == "":
		return nil, invalid("user_id", "is missing")
	}
	s := &signer{config: config, nonce: newNonce, skew: new(atomic.Int64)}
	c := &caller{do: s.do, base: api.JoinURL(config.BaseURL, "v2"), timeout: config.Timeout}
	root := &caller{do: s.do, base: config.BaseURL, timeout: config.Timeout}
	return &ClientV2{
		AgentServiceV2{c},
		AlertServiceV2{c},
		VulnerabilityService{c},
		RulesetService{c},
		ServerService{c},
		MemberService{c},
		AuditLogService{c},
		S3ExportService{c},
		c, root,
	}, nil
}

// newNonce is unique, which is all that a nonce must be: nobody gains by guessing one.
// crypto/rand would bring AES and big numbers into the wasm.
func newNonce() string {
	return strconv.FormatUint(rand.Uint64(), 36) + strconv.FormatUint(rand.Uint64(), 36)
}

// SelfTest asks whether the credentials are good. Its answer is not published; any
// JSON will do.
//
// Source: the vendor's examples for the REST API.
//
//api:operation GET /help/hawk/self-test
func (c *ClientV2) SelfTest(ctx context.Context) error {
	var answer api.Raw
	_, err := c.root.into(ctx, c.root.request("GET", "self-test", nil, "help", "hawk", "self-test"), answer.UnmarshalEasyJSON, nil)
	return err
}
