package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

// stationDB is the store that a command is about.
type stationDB struct {
	DB string `name:"db" required:"" placeholder:"PATH" help:"SQLite file of the store, made if it is missing."`
}

// with opens the store, migrated, and closes it afterwards.
func (d stationDB) with(ctx context.Context, use func(*station.Station) error) error {
	db, err := sqlite.Open(d.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	s := station.New(station.Config{DB: db})
	if err := s.Migrate(ctx); err != nil {
		return err
	}
	return use(s)
}

type stationUserCommand struct {
	stationDB
	Company string   `required:"" help:"Company of the user, made with its first one."`
	Name    string   `required:"" help:"Name for people."`
	Enclave []string `placeholder:"NAME" help:"Enclaves that the user may read, file into and change; made if they are missing."`
	Submit  []string `placeholder:"NAME" help:"Enclaves that the user may read and file into."`
	Read    []string `placeholder:"NAME" help:"Enclaves that the user may read."`
}

func (c *stationUserCommand) Run(ctx context.Context, env environment) error {
	return c.with(ctx, func(s *station.Station) error {
		credentials, err := s.CreateUser(ctx, station.NewUser{Company: c.Company, Name: c.Name})
		if err != nil {
			return err
		}
		line := stationReady{Service: "station", APIKey: credentials.Key, APISecret: credentials.Secret.Reveal()}
		for _, granted := range []struct {
			names       []string
			permissions station.Permissions
		}{
			{c.Enclave, station.Permissions{Read: true, Create: true, Update: true}},
			{c.Submit, station.Permissions{Read: true, Create: true}},
			{c.Read, station.Permissions{Read: true}},
		} {
			for _, name := range granted.names {
				enclave, err := s.CreateEnclave(ctx, station.NewEnclave{Company: c.Company, Name: name})
				if err != nil {
					return err
				}
				if err := s.Grant(ctx, credentials.UserID, enclave.ID, granted.permissions); err != nil {
					return err
				}
				line.Enclaves = append(line.Enclaves, namedEnclave{enclave.ID, enclave.Name})
			}
		}
		return ready(env, line)
	})
}

type stationUserListCommand struct{ stationDB }

// Run prints one line of JSON a user.
func (c *stationUserListCommand) Run(ctx context.Context, env environment) error {
	return c.with(ctx, func(s *station.Station) error {
		users, err := s.Users(ctx)
		if err != nil {
			return err
		}
		lines := json.NewEncoder(env.stdout)
		for _, u := range users {
			line := struct {
				ID      string `json:"id"`
				Company string `json:"company"`
				Name    string `json:"name"`
				Created int64  `json:"created"`
			}{u.ID, u.Company, u.Name, u.Created}
			if err := lines.Encode(line); err != nil {
				return err
			}
		}
		return nil
	})
}

type stationUserRemoveCommand struct {
	stationDB
	ID string `arg:"" help:"Id of the user, as user list prints it."`
}

func (c *stationUserRemoveCommand) Run(ctx context.Context, _ environment) error {
	return c.with(ctx, func(s *station.Station) error { return s.RemoveUser(ctx, c.ID) })
}

type stationEnclaveCommand struct {
	stationDB
	Company  string `required:"" help:"Company that owns the enclave."`
	Name     string `required:"" help:"Name of the enclave."`
	Type     string `default:"INTERNAL" enum:"INTERNAL,OPEN,CLOSED,RESEARCH,OTHER" help:"Kind of the enclave: ${enum}."`
	Phishing bool   `help:"Its reports are phishing submissions, for the triage."`
}

func (c *stationEnclaveCommand) Run(ctx context.Context, env environment) error {
	return c.with(ctx, func(s *station.Station) error {
		given := station.NewEnclave{Company: c.Company, Name: c.Name, Type: c.Type}
		if c.Phishing {
			given.Template = station.TemplatePhishing
		}
		enclave, err := s.CreateEnclave(ctx, given)
		if err != nil {
			return err
		}
		return ready(env, namedEnclave{enclave.ID, enclave.Name})
	})
}

type stationEnclaveListCommand struct{ stationDB }

// Run prints one line of JSON an enclave.
func (c *stationEnclaveListCommand) Run(ctx context.Context, env environment) error {
	return c.with(ctx, func(s *station.Station) error {
		enclaves, err := s.Enclaves(ctx)
		if err != nil {
			return err
		}
		lines := json.NewEncoder(env.stdout)
		for _, e := range enclaves {
			line := struct {
				ID       string `json:"id"`
				Company  string `json:"company,omitempty"`
				Name     string `json:"name"`
				Type     string `json:"type"`
				Template string `json:"template"`
			}{e.ID, e.Company, e.Name, e.Type, e.Template}
			if err := lines.Encode(line); err != nil {
				return err
			}
		}
		return nil
	})
}

type stationRedactCommand struct {
	stationDB
	Company string `required:"" help:"Company whose library it is."`
	Term    string `required:"" help:"Words to replace, in any letter case."`
	As      string `placeholder:"WORD" help:"What stands for them, e.g. company for <company>; without it the term is taken out."`
}

func (c *stationRedactCommand) Run(ctx context.Context, _ environment) error {
	return c.with(ctx, func(s *station.Station) error { return s.SetRedaction(ctx, c.Company, c.Term, c.As) })
}

type stationSQLCommand struct {
	Company string   `help:"Company of the first user."`
	Name    string   `help:"Name of the first user."`
	Enclave []string `placeholder:"NAME" help:"Enclaves of the first user."`
	DB      string   `name:"db" placeholder:"PATH" help:"Print this store, with all that is in it, in place of a new one."`
	From    *int     `placeholder:"SCHEMA" help:"Print what brings a store of this schema to the present one."`
}

func (c *stationSQLCommand) Help() string {
	return `The SQL goes to stdout, one statement a line, and holds no secret; the first user's key and secret go to stderr, once.

Examples:
  sightline station sql --company Kestrel --name Ana --enclave Intel > store.sql
  sightline station sql --db station.db > store.sql
  sightline station sql --from 1 > upgrade.sql`
}

func (c *stationSQLCommand) Run(ctx context.Context, env environment) error {
	switch {
	case c.From != nil:
		statements, err := station.Migrations(*c.From)
		if err != nil {
			return err
		}
		out := bufio.NewWriter(env.stdout)
		for _, statement := range statements {
			fmt.Fprintf(out, "%s;\n", strings.Join(strings.Fields(statement), " "))
		}
		return out.Flush()
	case c.DB != "":
		db, err := sqlite.Open(c.DB)
		if err != nil {
			return err
		}
		defer db.Close()
		if err := station.New(station.Config{DB: db}).Migrate(ctx); err != nil {
			return err
		}
		return sqlite.Dump(ctx, db, env.stdout)
	case c.Company == "" || c.Name == "":
		return usageError("a new store has --company and --name of its first user")
	}
	credentials, err := sqlite.Setup(ctx, env.stdout, sqlite.FirstUser{Company: c.Company, Name: c.Name, Enclaves: c.Enclave})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.stderr, "apiKey %s\napiSecret %s\n", credentials.Key, credentials.Secret.Reveal())
	return err
}
