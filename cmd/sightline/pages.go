package main

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path"
	"strings"

	"github.com/sightline-sec/sightline/server/sandbox"
	"github.com/sightline-sec/sightline/testdata"
)

type pagesCommand struct {
	serveFlags
	Dir string `type:"existingdir" placeholder:"DIR" help:"Folder to serve in place of the built-in pages."`
}

func (c *pagesCommand) Help() string {
	return serveHelp + `

Begin with /vendor-report.html. The same pages under the name localhost are of another origin.`
}

func (c *pagesCommand) Run(ctx context.Context, env environment) error {
	pages := testdata.Pages()
	if c.Dir != "" {
		pages = os.DirFS(c.Dir)
	}
	ln, err := c.listen(ctx, true)
	if err != nil {
		return err
	}
	if err := ready(env, struct {
		Service string `json:"service"`
		URL     string `json:"url"`
	}{"pages", baseURL(ln)}); err != nil {
		return err
	}
	ctx, cancel := c.until(ctx, env)
	defer cancel()
	return sandbox.Serve(ctx, ln, servePages(pages))
}

// servePages serves files, each with the headers of the .headers.json beside it.
func servePages(pages fs.FS) http.Handler {
	files := http.FileServerFS(pages)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.TrimPrefix(path.Clean(r.URL.Path), "/")
		if extra, err := fs.ReadFile(pages, strings.TrimSuffix(name, path.Ext(name))+".headers.json"); err == nil {
			var headers map[string]string
			if err := json.Unmarshal(extra, &headers); err != nil {
				http.Error(w, "the page's headers cannot be read", http.StatusInternalServerError)
				return
			}
			for name, value := range headers {
				w.Header().Set(name, value)
			}
		}
		w.Header().Set("Cache-Control", "no-store")
		files.ServeHTTP(w, r)
	})
}
