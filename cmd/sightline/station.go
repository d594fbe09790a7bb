package main

import (
	"context"
	"fmt"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

type stationCommand struct {
	Serve stationServeCommand `cmd:"" default:"withargs" help:"Run the store (this is what station does by itself)."`
	User  struct {
		Add stationUserCommand `cmd:"" help:"Make a user and print the key and the secret, once."`
	} `cmd:"" help:"Users of the store."`
	SQL stationSQLCommand `cmd:"" name:"sql" help:"Print the SQL that makes a new store on another host, e.g. Cloudflare D1."`
}

func (c *stationCommand) Help() string {
	return serveHelp + `

Examples:
  sightline station --demo > station.json
  sightline station user add --db station.db --company Kestrel --name "Night shift" --enclave Intel
  sightline station --db station.db --listen 127.0.0.1:8443

All flags: sightline station serve --help`
}

type stationServeCommand struct {
	serveFlags
	DB   string `name:"db" default:":memory:" placeholder:"PATH" help:"SQLite file, made if it is missing; in memory, everything is gone at the end."`
	Demo bool   `help:"Fill it with a user, enclaves and reports to look at, and print the user's key and secret."`
}

type stationReady struct {
	Service   string         `json:"service"`
	URL       string         `json:"url"`
	APIKey    string         `json:"apiKey,omitempty"`
	APISecret string         `json:"apiSecret,omitempty"`
	Enclaves  []namedEnclave `json:"enclaves,omitempty"`
}

type namedEnclave struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

func (c *stationServeCommand) Run(ctx context.Context, env environment) error {
	db, err := sqlite.Open(c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	s := station.New(station.Config{DB: db, Log: c.log(env)})
	if err := s.Migrate(ctx); err != nil {
		return err
	}
	line := stationReady{Service: "station"}
	if c.Demo {
		demo, err := station.Demo(ctx, s)
		if err != nil {
			return err
		}
		line.APIKey, line.APISecret = demo.Credentials.Key, demo.Credentials.Secret.Reveal()
		for _, e := range demo.Enclaves {
			line.Enclaves = append(line.Enclaves, namedEnclave{e.ID, e.Name})
		}
	}
	ln, err := c.listen(ctx, false)
	if err != nil {
		return err
	}
	line.URL = baseURL(ln)
	if err := ready(env, line); err != nil {
		return err
	}
	ctx, cancel := c.until(ctx, env)
	defer cancel()
	return station.Serve(ctx, ln, s)
}

type stationUserCommand struct {
	DB      string   `name:"db" required:"" placeholder:"PATH" help:"SQLite file of the store, made if it is missing."`
	Company string   `required:"" help:"Company of the user, made with its first one."`
	Name    string   `required:"" help:"Name for people."`
	Enclave []string `placeholder:"NAME" help:"Enclaves that the user may read, file into and change; made if they are missing."`
}

func (c *stationUserCommand) Run(ctx context.Context, env environment) error {
	db, err := sqlite.Open(c.DB)
	if err != nil {
		return err
	}
	defer db.Close()
	s := station.New(station.Config{DB: db})
	if err := s.Migrate(ctx); err != nil {
		return err
	}
	credentials, err := s.CreateUser(ctx, station.NewUser{Company: c.Company, Name: c.Name})
	if err != nil {
		return err
	}
	line := stationReady{Service: "station", APIKey: credentials.Key, APISecret: credentials.Secret.Reveal()}
	for _, name := range c.Enclave {
		enclave, err := s.CreateEnclave(ctx, station.NewEnclave{Company: c.Company, Name: name})
		if err != nil {
			return err
		}
		if err := s.Grant(ctx, credentials.UserID, enclave.ID, station.Permissions{Read: true, Create: true, Update: true}); err != nil {
			return err
		}
		line.Enclaves = append(line.Enclaves, namedEnclave{enclave.ID, enclave.Name})
	}
	return ready(env, line)
}

type stationSQLCommand struct {
	Company string   `required:"" help:"Company of the first user."`
	Name    string   `required:"" help:"Name of the first user."`
	Enclave []string `placeholder:"NAME" help:"Enclaves of the first user."`
}

func (c *stationSQLCommand) Help() string {
	return `The SQL goes to stdout and holds no secret; the first user's key and secret go to stderr, once.

Example: sightline station sql --company Kestrel --name Ana --enclave Intel > store.sql`
}

func (c *stationSQLCommand) Run(ctx context.Context, env environment) error {
	credentials, err := sqlite.Setup(ctx, env.stdout, sqlite.FirstUser{Company: c.Company, Name: c.Name, Enclaves: c.Enclave})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.stderr, "apiKey %s\napiSecret %s\n", credentials.Key, credentials.Secret.Reveal())
	return err
}
