//go:build unix

package main

import (
	"context"
	"encoding/json"
	"net/http/httptest"

	"github.com/sightline-sec/sightline/server/sandbox"
)

// startTargets starts the servers that the platform clients' tests ask, on loopback,
// and returns the environment variables that say where they are.
func startTargets() (variables []string, stop func(), err error) {
	s, err := sandbox.New(context.Background(), sandbox.Options{Cases: 20, Alerts: 300})
	if err != nil {
		return nil, nil, err
	}
	server := httptest.NewServer(s)
	k := s.Credentials().ThreatStack
	target, err := json.Marshal(map[string]string{"url": server.URL, "apiKey": k.APIKey, "userId": k.UserID, "organizationId": k.OrganizationID})
	if err != nil {
		return nil, nil, err
	}
	return []string{"SIGHTLINE_THREATSTACK_TARGET=" + string(target)}, func() {
		server.CloseClientConnections()
		server.Close()
		_ = s.Close() // its data goes with it
	}, nil
}
