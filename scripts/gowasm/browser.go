//go:build unix

package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/sightline-sec/sightline/core/api/apitest"
)

// page loads the program and posts what it printed to "/end", with its exit code.
//
//go:embed page.html
var page string

// browserLimit is how long a program may run in a browser, its start included.
const browserLimit = 3 * time.Minute

// runInBrowser runs the program in a page of a headless browser and returns its
// exit code. The page is on another port than the table's server: what the program
// sees of answers, it sees through CORS.
func runInBrowser(browser, goroot, serverURL string, args []string) (int, error) {
	profile, err := os.MkdirTemp("", "gowasm")
	if err != nil {
		return 0, err
	}
	defer func() { _ = os.RemoveAll(profile) }()
	ended := make(chan result, 1)
	web := httptest.NewServer(pages(goroot, serverURL, args, ended))
	defer func() {
		web.CloseClientConnections()
		web.Close()
	}()

	ctx, cancel := context.WithTimeout(context.Background(), browserLimit)
	defer cancel()
	command := exec.CommandContext(ctx, browser, append(browserFlags(browser, profile), web.URL+"/")...)
	// A browser is many processes: they get a group of their own and end with it.
	command.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	command.Cancel = func() error { return syscall.Kill(-command.Process.Pid, syscall.SIGKILL) }
	if err := command.Start(); err != nil {
		return 0, err
	}
	defer func() { _ = command.Wait() }()
	defer cancel()
	select {
	case r := <-ended:
		_, _ = io.WriteString(os.Stdout, r.output)
		return r.code, nil
	case <-ctx.Done():
		return 0, errors.New(browser + ": no result within " + browserLimit.String())
	}
}

type result struct {
	code   int
	output string
}

func browserFlags(browser, profile string) []string {
	if strings.Contains(filepath.Base(browser), "firefox") {
		return []string{"--headless", "--no-remote", "--profile", profile}
	}
	return []string{"--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir=" + profile}
}

func pages(goroot, serverURL string, args []string, ended chan<- result) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		quoted := make([]string, len(args))
		for i, arg := range args {
			quoted[i] = strconv.Quote(arg)
		}
		_, _ = fmt.Fprintf(w, page, apitest.EnvServer, serverURL, strings.Join(quoted, ", "))
	})
	mux.HandleFunc("GET /wasm_exec.js", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(goroot, "lib", "wasm", "wasm_exec.js"))
	})
	mux.HandleFunc("GET /program.wasm", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/wasm")
		http.ServeFile(w, r, args[0])
	})
	mux.HandleFunc("POST /end/{code}", func(_ http.ResponseWriter, r *http.Request) {
		var output bytes.Buffer
		_, _ = io.Copy(&output, r.Body)
		code, err := strconv.Atoi(r.PathValue("code"))
		if err != nil {
			code = 2
		}
		select {
		case ended <- result{code, output.String()}:
		default: // the first word counts
		}
	})
	return mux
}
