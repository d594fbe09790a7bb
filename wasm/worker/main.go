//go:build js && wasm

// Worker is the station on Cloudflare Workers: the same handler as natively, on D1.
//
// The platform starts a program for every request, so nothing happens before main
// and main does little: no table is made, no statement prepared. The database is
// made beforehand; wrangler.jsonc says how.
//
// Bindings: DB, the D1 database. Variables, each absent or 0 for no limit:
// CALLS_PER_MINUTE, how often one user may call in a minute; CALLS_PER_ADDRESS, how often
// one address in five minutes; DAILY_CALLS, how often one company in a day.
package main

import (
	"database/sql"
	"log/slog"
	"net/http"
	"os"
	"strconv"

	"github.com/syumai/workers"
	"github.com/syumai/workers/cloudflare"
	"github.com/syumai/workers/cloudflare/d1"

	"github.com/sightline-sec/sightline/server/station"
)

func main() { workers.Serve(handler()) }

func handler() http.Handler {
	log := slog.New(slog.NewTextHandler(os.Stdout, &slog.HandlerOptions{Level: slog.LevelWarn}))
	connector, err := d1.OpenConnector("DB")
	if err != nil {
		log.Error("the binding DB is missing", "error", err)
		return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = w.Write([]byte(`{"status":500,"error":"Internal Server Error","message":"The station has no database: bind a D1 database as DB."}`))
		})
	}
	// The platform's own limit stands in front of this one; a wrong value is none.
	limit := func(name string) int {
		n, _ := strconv.Atoi(cloudflare.Getenv(name))
		return n
	}
	return station.New(station.Config{
		DB:  sql.OpenDB(connector),
		Log: log,
		Limits: station.Limits{
			Calls: limit("CALLS_PER_MINUTE"), AddressCalls: limit("CALLS_PER_ADDRESS"), DailyCalls: limit("DAILY_CALLS"),
		},
		// The platform sets it; there is no connection to ask.
		Address: func(r *http.Request) string { return r.Header.Get("CF-Connecting-IP") },
	})
}
