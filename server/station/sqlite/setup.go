package sqlite

import (
	"context"
	"io"

	"github.com/sightline-sec/sightline/server/station"
)

// FirstUser is who a new station is set up for.
type FirstUser struct {
	Company, Name string
	// Enclaves are names; the user may do everything in them.
	Enclaves []string
}

// Setup writes the SQL that makes a new station on a host where this program cannot
// run, with a first user, and returns that user's credentials. The SQL holds only
// their hashes.
func Setup(ctx context.Context, w io.Writer, first FirstUser) (station.Credentials, error) {
	db, err := Open(Memory)
	if err != nil {
		return station.Credentials{}, err
	}
	defer db.Close()
	s := station.New(station.Config{DB: db})
	if err := s.Migrate(ctx); err != nil {
		return station.Credentials{}, err
	}
	credentials, err := s.CreateUser(ctx, station.NewUser{Company: first.Company, Name: first.Name})
	if err != nil {
		return station.Credentials{}, err
	}
	for _, name := range first.Enclaves {
		enclave, err := s.CreateEnclave(ctx, station.NewEnclave{Company: first.Company, Name: name})
		if err != nil {
			return station.Credentials{}, err
		}
		all := station.Permissions{Read: true, Create: true, Update: true}
		if err := s.Grant(ctx, credentials.UserID, enclave.ID, all); err != nil {
			return station.Credentials{}, err
		}
	}
	return credentials, Dump(ctx, db, w)
}
