package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net"
)

// serveFlags are what every server takes.
type serveFlags struct {
	Listen        string `default:"127.0.0.1:0" placeholder:"ADDRESS" help:"Address to answer on; port 0 lets the system choose."`
	StopWithStdin bool   `help:"Stop when standard input is closed, so that the server ends with the program that started it."`
	Verbose       bool   `short:"v" help:"Log every request to stderr."`
}

const serveHelp = `When it answers, it prints one line of JSON on stdout that says where and with which keys. Everything
else goes to stderr. It stops on SIGINT and SIGTERM, after the requests in flight.`

// log is for stderr; requests are logged with Verbose alone.
func (f serveFlags) log(env environment) *slog.Logger {
	level := slog.LevelWarn
	if f.Verbose {
		level = slog.LevelDebug
	}
	return slog.New(slog.NewTextHandler(env.stderr, &slog.HandlerOptions{Level: level}))
}

// listen takes the address. Only loopback may be asked for where loopback is true.
func (f serveFlags) listen(ctx context.Context, loopback bool) (net.Listener, error) {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", f.Listen)
	if err != nil {
		return nil, err
	}
	if address, ok := ln.Addr().(*net.TCPAddr); loopback && (!ok || !address.IP.IsLoopback()) {
		ln.Close()
		return nil, usageError("--listen: this server answers on this machine only, e.g. 127.0.0.1:8080")
	}
	return ln, nil
}

// until returns a context that ends with ctx and, if that was asked for, with
// standard input.
func (f serveFlags) until(ctx context.Context, env environment) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	if f.StopWithStdin {
		go func() {
			defer cancel()
			_, _ = io.Copy(io.Discard, env.stdin) // an error is an end too
		}()
	}
	return ctx, cancel
}

// ready prints the one line. The listener takes connections by then.
func ready(env environment, line any) error {
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(env.stdout, "%s\n", text)
	return err
}

func baseURL(ln net.Listener) string { return "http://" + ln.Addr().String() }
