//go:build ignore

// usage: go run ./scripts/miniflare/setup.go [--company NAME] [--user NAME] [--enclave NAME]…
// Prints the SQL of a new station with a first user, and the user's credentials as
// one JSON object on standard error. wasm/worker/wrangler.jsonc says what for.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"

	"github.com/sightline-sec/sightline/server/station/sqlite"
)

func main() {
	first := sqlite.FirstUser{}
	flag.StringVar(&first.Company, "company", "Example Corp", "the user's company")
	flag.StringVar(&first.Name, "user", "First user", "the user's name")
	flag.Func("enclave", "an enclave in which the user may do everything; may be repeated", func(name string) error {
		first.Enclaves = append(first.Enclaves, name)
		return nil
	})
	flag.Parse()
	credentials, err := sqlite.Setup(context.Background(), os.Stdout, first)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Fprintf(os.Stderr, "{\"apiKey\":%q,\"apiSecret\":%q}\n", credentials.Key, credentials.Secret.Reveal())
}
