package threatstack

import (
	"context"
	"iter"
	"strconv"
	"strings"

	"github.com/sightline-sec/sightline/core/api"
)

// ServerService is the organization's hosts at Amazon.
type ServerService struct{ c *caller }

// MemberService is the organization's people.
type MemberService struct{ c *caller }

// AuditLogService is what people did in the platform.
type AuditLogService struct{ c *caller }

// Member is a person of the organization.
//
//easyjson:json
type Member struct {
	ID          string `json:"id"`
	DisplayName string `json:"displayName"`
	Email       string `json:"email"`
	// LastAuthenticatedAt is the one time of version 2 in milliseconds.
	LastAuthenticatedAt Timestamp `json:"lastAuthenticatedAt"`
	// Role is e.g. "user" or "reader".
	Role        string `json:"role"`
	SSOEnabled  bool   `json:"ssoEnabled"`
	MFAEnabled  bool   `json:"mfaEnabled"`
	UserEnabled bool   `json:"userEnabled"`

	api.Extras
}

// membersAnswer is the one list that has no token.
//
//easyjson:json
type membersAnswer struct {
	Members []Member `json:"members"`
}

//easyjson:json
type membership struct {
	ID   string `json:"id"`
	Role string `json:"role"`
}

//easyjson:json
type invitationInput struct {
	Role  string `json:"role"`
	Email string `json:"email"`
}

// Invitation is a mail that asks somebody in.
//
//easyjson:json
type Invitation struct {
	SentToEmail string `json:"sentToEmail"`
	Role        string `json:"role"`
	Status      string `json:"status"`

	api.Extras
}

// AuditQuery narrows the audit log.
type AuditQuery struct {
	// From and Until are the last thirty days where they are zero.
	From, Until       Time
	UserEmail, UserID string
	// Operation is one of the platform's own words, which are not published.
	Operation string
}

// AuditRecord is what somebody did.
//
//easyjson:json
type AuditRecord struct {
	ID             string   `json:"id"`
	UserEmail      string   `json:"userEmail"`
	UserID         string   `json:"userId"`
	OrganizationID string   `json:"organizationId"`
	Result         string   `json:"result"`
	CRUD           string   `json:"crud"`
	Action         string   `json:"action"`
	Source         string   `json:"source"`
	Description    string   `json:"description"`
	EventTime      DateTime `json:"eventTime"`
	// Context has no published schema.
	Context api.Raw `json:"context"`

	api.Extras
}

//easyjson:json
type auditAnswer struct {
	Records []AuditRecord `json:"recs"`
	cursor
}

func (a *auditAnswer) items() []AuditRecord { return a.Records }

//easyjson:json
type serversAnswer struct {
	Servers []api.Raw `json:"servers"`
	cursor
}

func (a *serversAnswer) items() []api.Raw { return a.Servers }

// EC2 returns the hosts at Amazon, as objects without a published schema; monitored
// chooses by whether they have an agent, nil is both.
//
// Source: the vendor's page on servers, and its Python client.
//
//api:operation GET /v2/aws/ec2
func (s ServerService) EC2(ctx context.Context, monitored *bool, verbose bool) iter.Seq2[api.Raw, error] {
	var query api.Query
	if monitored != nil {
		query.Add("monitored", strconv.FormatBool(*monitored))
	}
	if verbose {
		query.Add("verbose", "true")
	}
	return listV2[api.Raw]{
		listerV2: listerV2{operation: "list EC2 servers", path: []string{"aws", "ec2"}, query: query},
		answer: func() reading[api.Raw] {
			a := new(serversAnswer)
			return reading[api.Raw]{a.UnmarshalEasyJSON, a.items, a.next}
		},
	}.all(ctx, s.c)
}

// List returns the members, without those who are disabled if enabledOnly.
//
// Source: the vendor's Go command line tool.
//
//api:operation GET /v2/organizations/members
func (s MemberService) List(ctx context.Context, enabledOnly bool) ([]Member, error) {
	var query api.Query
	if enabledOnly {
		query.Add("enabledOnly", "true")
	}
	var answer membersAnswer
	_, err := s.c.into(ctx, s.c.request("GET", "list members", query, "organizations", "members"), answer.UnmarshalEasyJSON, func() error {
		if answer.Members == nil {
			return missing("members")
		}
		return nil
	})
	return answer.Members, err
}

// Add takes a user of the platform into the organization. It is not repeated by
// itself when it fails.
//
// Source: as List.
//
//api:operation POST /v2/organizations/members
func (s MemberService) Add(ctx context.Context, userID, role string) error {
	if err := needID(userID); err != nil {
		return err
	}
	if role == "" {
		return invalid("role", "is missing")
	}
	req, err := s.c.send("POST", "add member", membership{userID, role}, "organizations", "members")
	if err != nil {
		return err
	}
	return s.c.act(ctx, req)
}

// Remove takes a member out of the organization.
//
// Source: the vendor's page on members.
//
//api:operation DELETE /v2/organizations/members/{id}
func (s MemberService) Remove(ctx context.Context, userID string) error {
	if err := needID(userID); err != nil {
		return err
	}
	return s.c.act(ctx, s.c.request("DELETE", "remove member", nil, "organizations", "members", userID))
}

// Invite sends a mail to somebody; role is "user" or "reader". PUT would do as
// well, by the vendor's Go command line tool; it is POST, which is never repeated,
// because nobody wants the mail twice.
//
// Source: the vendor's scripts.
//
//api:operation POST /v2/organizations/invites
func (s MemberService) Invite(ctx context.Context, email, role string) (Invitation, error) {
	if !strings.Contains(email, "@") {
		return Invitation{}, invalid("email", "is not an address")
	}
	if role == "" {
		return Invitation{}, invalid("role", "is missing")
	}
	if err := oneOf("role", role, "user", "reader"); err != nil {
		return Invitation{}, err
	}
	return write[Invitation](ctx, s.c, "POST", "invite", invitationInput{role, email}, nil, "organizations", "invites")
}

func (q AuditQuery) list() listV2[AuditRecord] {
	var query api.Query
	err := rangeQuery(&query, q.From, q.Until)
	query.AddNonEmpty("userEmail", q.UserEmail)
	query.AddNonEmpty("userId", q.UserID)
	query.AddNonEmpty("operation", q.Operation)
	return listV2[AuditRecord]{
		listerV2: listerV2{operation: "list audit log", path: []string{"auditlogs"}, query: query, err: err},
		answer: func() reading[AuditRecord] {
			a := new(auditAnswer)
			return reading[AuditRecord]{a.UnmarshalEasyJSON, a.items, a.next}
		},
		id: func(r *AuditRecord) string { return r.ID },
	}
}

// List returns the page of a token, newest first, at most 50; "" is the first page.
//
// Source: the vendor's page on the audit log, and its Go command line tool.
//
//api:operation GET /v2/auditlogs
func (s AuditLogService) List(ctx context.Context, q AuditQuery, token string) (Page[AuditRecord], error) {
	return q.list().page(ctx, s.c, token)
}

// All returns the log page by page.
func (s AuditLogService) All(ctx context.Context, q AuditQuery) iter.Seq2[AuditRecord, error] {
	return q.list().all(ctx, s.c)
}
