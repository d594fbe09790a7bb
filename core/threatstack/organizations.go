package threatstack

import (
	"context"
	"iter"

	"github.com/sightline-sec/sightline/core/api"
)

// OrganizationService is the organizations of the key's owner.
type OrganizationService struct{ c *caller }

// Organization is one that the caller belongs to.
//
//easyjson:json
type Organization struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	// Role is the caller's there: "user" or "owner" in what is published.
	Role string `json:"role"`

	api.Extras
}

// User is a member of an organization.
//
//easyjson:json
type User struct {
	ID             string   `json:"id"`
	Email          string   `json:"email"`
	DisplayName    string   `json:"display_name"`
	Name           UserName `json:"name"`
	OrganizationID string   `json:"organization_id"`
	// Role is "owner" or "user".
	Role      string   `json:"role"`
	UpdatedAt DateTime `json:"updated_at"`

	api.Extras
}

// UserName is a person's name.
//
//easyjson:json
type UserName struct {
	First string `json:"first"`
	Last  string `json:"last"`
}

//easyjson:json
type organizationList []Organization

func (l *organizationList) items() []Organization { return *l }

//easyjson:json
type userList []User

func (l *userList) items() []User { return *l }

func organizations() resource[Organization] {
	return resource[Organization]{
		lister: lister{operation: "list organizations", path: []string{"organizations"}},
		answer: func() reading[Organization] {
			l := new(organizationList)
			return reading[Organization]{read: l.UnmarshalEasyJSON, items: l.items}
		},
		id: func(o *Organization) string { return o.ID },
	}
}

// List returns all organizations; there are no pages.
//
// Source: the vendor's page "V1 Client Documentation"; the fields from the tests of
// its Python client.
//
//api:operation GET /api/v1/organizations
func (s OrganizationService) List(ctx context.Context, opts ListOptions) ([]Organization, error) {
	return organizations().list(ctx, s.c, opts)
}

// All returns what List does.
func (s OrganizationService) All(ctx context.Context, opts ListOptions) iter.Seq2[Organization, error] {
	return organizations().all(ctx, s.c, opts)
}

// Users returns the members of an organization.
//
// Source: as List.
//
//api:operation GET /api/v1/organizations/{id}/users
func (s OrganizationService) Users(ctx context.Context, organizationID string) ([]User, error) {
	if err := needID(organizationID); err != nil {
		return nil, err
	}
	return resource[User]{
		lister: lister{operation: "list users", path: []string{"organizations", organizationID, "users"}},
		answer: func() reading[User] {
			l := new(userList)
			return reading[User]{read: l.UnmarshalEasyJSON, items: l.items}
		},
		id: func(u *User) string { return u.ID },
	}.list(ctx, s.c, ListOptions{})
}
