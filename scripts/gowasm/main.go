//go:build unix

// Command gowasm runs a Go program that was compiled to wasm in Node, or in a
// headless browser:
//
//	go test -exec .cache/gowasm ./wasm/...      (with GOOS=js GOARCH=wasm)
//	go test -exec '.cache/gowasm -in firefox-esr' ./wasm/internal/fetch
//
// It is GOROOT's go_js_wasm_exec with three more differences. It starts the native
// server of the transports' conformance table and of TruSTAR's operations beside the program, and in Node what the
// platform clients' tests ask, for there are no sockets in wasm. It passes on a few environment variables only: wasm_exec.js
// has 12 KB for all of them, which a developer's or a CI's environment can exceed. And
// it takes out of the program what scripts/leanwasm takes out of those that ship, so
// that they are tested as they ship.
//
// It is a native program: build it without GOOS and GOARCH.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"

	"github.com/sightline-sec/sightline/core/api/apitest"
	"github.com/sightline-sec/sightline/core/api/apitest/server"
	"github.com/sightline-sec/sightline/core/trustar/trustartest"
	"github.com/sightline-sec/sightline/scripts/internal/leanwasm"
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "gowasm:", err)
		os.Exit(2)
	}
	os.Exit(code)
}

// run returns the program's exit code.
func run(args []string) (int, error) {
	flags := flag.NewFlagSet("gowasm", flag.ContinueOnError)
	browser := flags.String("in", "", "headless browser to run the program in, chromium or firefox-esr; none is Node")
	if err := flags.Parse(args); err != nil {
		return 0, err
	}
	if flags.NArg() == 0 {
		return 0, errors.New("usage: gowasm [-in browser] program.wasm [argument ...]")
	}
	out, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		return 0, fmt.Errorf("go env GOROOT: %w", err)
	}
	goroot := strings.TrimSpace(string(out))
	// It is the test's own binary, in a folder that "go test" removes.
	if err := leanwasm.Rewrite(flags.Arg(0)); err != nil {
		return 0, fmt.Errorf("%s: %w", flags.Arg(0), err)
	}
	s := server.Start(server.Route{Pattern: trustartest.Prefix, Handler: trustartest.Handler()})
	defer s.Close()
	if *browser != "" {
		return runInBrowser(*browser, goroot, s.URL, flags.Args())
	}
	targets, stop, err := startTargets()
	if err != nil {
		return 0, err
	}
	defer stop()
	return runInNode(goroot, append(targets, apitest.EnvServer+"="+s.URL), flags.Args())
}

func runInNode(goroot string, targets, args []string) (int, error) {
	start := filepath.Join(goroot, "lib", "wasm", "wasm_exec_node.js")
	// GOROOT's runner asks for the same stack: the default is too small for Go's tests.
	node := exec.Command("node", append([]string{"--stack-size=8192", start}, args...)...)
	node.Env = append(kept(os.Environ()), targets...)
	node.Stdin, node.Stdout, node.Stderr = os.Stdin, os.Stdout, os.Stderr

	// "go test" ends what takes too long by a signal to this process: it is the child's.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals)
	defer signal.Stop(signals)
	if err := node.Start(); err != nil {
		return 0, err
	}
	go func() {
		for s := range signals {
			if !isOurs(s) {
				_ = node.Process.Signal(s)
			}
		}
	}()
	err := node.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return max(exit.ExitCode(), 1), nil
	}
	return 0, err
}

// kept is what a test may depend on.
func kept(environment []string) []string {
	var keep []string
	for _, variable := range environment {
		name, _, _ := strings.Cut(variable, "=")
		switch {
		case name == "PATH", name == "HOME", name == "TMPDIR", name == "PWD", name == "TZ", name == "LANG", name == "CI",
			strings.HasPrefix(name, "SIGHTLINE_"):
			keep = append(keep, variable)
		}
	}
	return keep
}
