//go:build unix

package main

import (
	"context"
	"encoding/json"
	"net/http/httptest"

	"github.com/sightline-sec/sightline/core/stellarcyber/stellartest"
	"github.com/sightline-sec/sightline/server/sandbox"
)

// startTargets starts the servers that the platform clients' tests ask, on loopback,
// and returns the environment variables that say where they are.
func startTargets() (variables []string, stop func(), err error) {
	s, err := sandbox.New(context.Background(), sandbox.Options{Cases: 1200})
	if err != nil {
		return nil, nil, err
	}
	server := httptest.NewServer(s)
	k := s.Credentials()
	target, err := json.Marshal(stellartest.Target{URL: server.URL, User: k.User, RefreshToken: k.RefreshToken, ScopedKey: k.ScopedKey})
	if err != nil {
		return nil, nil, err
	}
	hosts := k.ThreatStack
	threatStack, err := json.Marshal(map[string]string{
		"url": server.URL, "apiKey": hosts.APIKey, "userId": hosts.UserID, "organizationId": hosts.OrganizationID,
	})
	if err != nil {
		return nil, nil, err
	}
	return []string{stellartest.EnvTarget + "=" + string(target), "SIGHTLINE_THREATSTACK_TARGET=" + string(threatStack)}, func() {
		server.CloseClientConnections()
		server.Close()
		_ = s.Close() // its data goes with it
	}, nil
}
