package stellarcyber

import (
	"context"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// Tenant is a customer of the platform. Fields that were not asked for are zero.
//
//easyjson:json
type Tenant struct {
	// ID is what CaseQuery.TenantID takes: 32 hexadecimal digits.
	ID      string `json:"cust_id"`
	Name    string `json:"cust_name"`
	Group   string `json:"tgrp_name"`
	Address string `json:"address"`
	Contact string `json:"contact"`
	// Sensors and Users are how many the tenant has.
	Sensors int `json:"ds_num"`
	Users   int `json:"user_num"`
	// CreatedAt is seconds since 1970 by a user's notes, unlike all other times.
	CreatedAt int64 `json:"created_at"`
	api.Extras
}

// Created is CreatedAt as a time, the zero Time for 0.
func (t Tenant) Created() time.Time {
	if t.CreatedAt == 0 {
		return time.Time{}
	}
	return time.Unix(t.CreatedAt, 0).UTC()
}

//easyjson:json
type tenantsAnswer struct {
	Data []Tenant `json:"data"`
}

func (a *tenantsAnswer) check() error {
	if a.Data == nil {
		return api.Missing("data")
	}
	return nil
}

// Tenants returns the tenants that the account may see; fields are the names to
// answer, e.g. "cust_id", none means all.
//
// Source: clients of the vendor's engineers and of users.
//
//api:operation GET /connect/api/v1/tenants
func (c *Platform) Tenants(ctx context.Context, fields ...string) ([]Tenant, error) {
	var (
		query  api.Query
		answer tenantsAnswer
	)
	query.AddNonEmpty("fields", strings.Join(fields, ","))
	if err := c.calls.DoInto(ctx, c.get("list tenants", query, "tenants"), answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return nil, err
	}
	return answer.Data, nil
}

// User is an account of the platform.
//
//easyjson:json
type User struct {
	// ID is what a case's Assignee and ModifiedBy hold.
	ID    string `json:"user_id"`
	Email string `json:"email"`
	// Profile names what the user may.
	Profile string `json:"priv_profile_id"`
	api.Extras
}

//easyjson:json
type usersAnswer struct {
	Data []User `json:"data"`
}

func (a *usersAnswer) check() error {
	if a.Data == nil {
		return api.Missing("data")
	}
	return nil
}

//easyjson:json
type userAnswer struct {
	Data *User `json:"data"`
}

func (a *userAnswer) check() error {
	switch {
	case a.Data == nil:
		return api.Missing("data")
	case a.Data.ID == "":
		return api.Missing("user_id")
	}
	return nil
}

// Users returns the users that the account may see.
//
// Source: clients of the vendor's engineers.
//
//api:operation GET /connect/api/v1/users
func (c *Platform) Users(ctx context.Context) ([]User, error) {
	var answer usersAnswer
	if err := c.calls.DoInto(ctx, c.get("list users", nil, "users"), answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return nil, err
	}
	return answer.Data, nil
}

// User returns a user by the id.
//
// Source: clients of the vendor's engineers.
//
//api:operation GET /connect/api/v1/users/{id}
func (c *Platform) User(ctx context.Context, userID string) (User, error) {
	if err := checkUserID(userID); err != nil {
		return User{}, err
	}
	var answer userAnswer
	if err := c.calls.DoInto(ctx, c.get("get user", nil, "users", userID), answer.UnmarshalEasyJSON, answer.check, nil); err != nil {
		return User{}, err
	}
	return *answer.Data, nil
}

//easyjson:json
type profileBody struct {
	Profile string `json:"priv_profile_id"`
}

// SetProfile says what a user may. What the server answers is not published, and
// not read.
//
// Source: clients of the vendor's engineers.
//
//api:operation PATCH /connect/api/v1/users/{id}
func (c *Platform) SetProfile(ctx context.Context, userID, profile string) error {
	if err := checkUserID(userID); err != nil {
		return err
	}
	if profile == "" {
		return &api.InvalidError{Field: "priv_profile_id", Problem: "is missing"}
	}
	req := c.send("PATCH", "set profile", profileBody{profile}.MarshalEasyJSON, "users", userID)
	req.Repeatable = true // twice is the same profile
	_, err := c.calls.Do(ctx, req)
	return err
}

// DeleteUser takes an account away. It cannot be had back. A repeated call may find
// it gone: a 404 is an *api.StatusError all the same.
//
// Source: clients of the vendor's engineers.
//
//api:operation DELETE /connect/api/v1/users/{id}
func (c *Platform) DeleteUser(ctx context.Context, userID string) error {
	if err := checkUserID(userID); err != nil {
		return err
	}
	req := c.get("delete user", nil, "users", userID)
	req.Method = "DELETE"
	_, err := c.calls.Do(ctx, req)
	return err
}

func checkUserID(userID string) error {
	if userID == "" {
		return &api.InvalidError{Field: "user_id", Problem: "is missing"}
	}
	return nil
}
