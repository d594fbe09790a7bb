package main

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strings"

	"github.com/sightline-sec/sightline/server/station"
	"github.com/sightline-sec/sightline/server/station/sqlite"
)

type stationCommand struct {
	Serve stationServeCommand `cmd:"" default:"withargs" help:"Run the store (this is what station does by itself)."`
	User  struct {
		Add    stationUserCommand       `cmd:"" help:"Make a user and print the key and the secret, once."`
		List   stationUserListCommand   `cmd:"" help:"List the users."`
		Remove stationUserRemoveCommand `cmd:"" help:"Remove a user; the keys stop at once, the reports stay."`
	} `cmd:"" help:"Users of the store."`
	Enclave struct {
		Add  stationEnclaveCommand     `cmd:"" help:"Make an enclave."`
		List stationEnclaveListCommand `cmd:"" help:"List the enclaves."`
	} `cmd:"" help:"Enclaves of the store."`
	Redact stationRedactCommand `cmd:"" help:"Put a term into a company's redaction library."`
	SQL    stationSQLCommand    `cmd:"" name:"sql" help:"Print the SQL that makes a new store on another host, e.g. Cloudflare D1."`
}

func (c *stationCommand) Help() string {
	return serveHelp + `

Examples:
  sightline station --demo > station.json
  sightline station user add --db station.db --company Kestrel --name "Night shift" --enclave Intel
  sightline station user list --db station.db
  sightline station --db station.db --listen 127.0.0.1:8443
  sightline station --db station.db --listen 0.0.0.0:8443 --tls-cert cert.pem --tls-key key.pem --calls-per-minute 60

All flags: sightline station serve --help`
}

type stationServeCommand struct {
	serveFlags
	DB      string `name:"db" default:":memory:" placeholder:"PATH" help:"SQLite file, made if it is missing; in memory, everything is gone at the end."`
	TLSCert string `name:"tls-cert" placeholder:"PATH" help:"Certificate (PEM, with its chain) to answer https with."`
	TLSKey  string `name:"tls-key" placeholder:"PATH" help:"Private key (PEM) of the certificate."`

	CallsPerMinute  int  `placeholder:"N" help:"Calls that a user may make in a minute; the vendor allows 60."`
	CallsPerAddress int  `placeholder:"N" help:"Calls from one address in five minutes; the vendor allows 1000."`
	DailyCalls      int  `placeholder:"N" help:"Calls of a company in a day (UTC), submissions not counted."`
	Strict          bool `help:"Refuse what the vendor's pages do not allow and its own client still sends."`

	Demo bool `help:"Fill it with a user, enclaves and reports to look at, and print the user's key and secret."`
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
	secure, err := c.tls()
	if err != nil {
		return err
	}
	s := station.New(station.Config{
		DB: db, Log: c.log(env), Strict: c.Strict,
		Limits: station.Limits{Calls: c.CallsPerMinute, AddressCalls: c.CallsPerAddress, DailyCalls: c.DailyCalls},
	})
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
	switch address, ok := ln.Addr().(*net.TCPAddr); {
	case secure != nil:
		line.URL = "https" + strings.TrimPrefix(line.URL, "http")
		ln = tls.NewListener(ln, secure)
	case ok && !address.IP.IsLoopback():
		fmt.Fprintln(env.stderr, "sightline: answering other machines without TLS: keys, secrets and reports can be read on the way")
	}
	if err := ready(env, line); err != nil {
		return err
	}
	ctx, cancel := c.until(ctx, env)
	defer cancel()
	return station.Serve(ctx, ln, s)
}

// tls reads the certificate; nil where there is none.
func (c *stationServeCommand) tls() (*tls.Config, error) {
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return nil, usageError("--tls-cert and --tls-key go together")
	}
	if c.TLSCert == "" {
		return nil, nil
	}
	pair, err := tls.LoadX509KeyPair(c.TLSCert, c.TLSKey)
	if err != nil {
		return nil, fmt.Errorf("the certificate cannot be used: %w", err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12}, nil
}
