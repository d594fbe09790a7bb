package station_test

import (
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
)

// The conversations are the table of operations: each with its successes and refusals.
// They are run here against SQLite, and by scripts/worker-test.mjs against the Worker on
// D1. A file of testdata/conversation is a list of steps:
//
//	## what the step shows
//	METHOD /path
//	as: analyst                        whose token goes along, or a whole Authorization
//	header: Name: value
//	keep: name                         names the first new id in the answer; "name after x": behind x
//	body: {"a":"b"}
//	=> 200 application/json
//	the answer without what differs from run to run
//
// In path and body {name} stands for an id kept earlier or an enclave's, {9*text} for a
// text nine times, {hex:00ff} for bytes, {addresses:9} for nine different addresses.
// -update writes the answers anew; they are reviewed like code.

// step is one request of a conversation with a station.
type step struct {
	name, call, as, body, keep string
	// header is a list of names and values.
	header []string
	// answer is status, type and body.
	answer string
}

// chapter is a file of steps.
type chapter struct {
	path  string
	steps []step
}

func chapters(t testing.TB) []chapter {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join("testdata", "conversation", "*.txt"))
	require.NoError(t, err)
	require.NotEmpty(t, paths)
	list := make([]chapter, len(paths))
	for i, path := range paths {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		list[i] = chapter{path, parseSteps(t, path, string(text))}
	}
	return list
}

func parseSteps(t testing.TB, path, text string) []step {
	t.Helper()
	var steps []step
	for _, part := range strings.Split("\n"+text, "\n## ")[1:] {
		request, answer, found := strings.Cut(part, "\n=> ")
		lines := strings.Split(request, "\n")
		require.Greater(t, len(lines), 1, "%s: %s", path, part)
		s := step{name: lines[0], call: lines[1], as: "analyst"}
		if found {
			s.answer = strings.TrimRight(answer, "\n")
		}
		for _, line := range lines[2:] {
			name, value, _ := strings.Cut(line, ": ")
			switch strings.TrimSuffix(name, ":") {
			case "as":
				s.as = value
			case "keep":
				s.keep = value
			case "body":
				s.body = value
			case "header":
				name, value, _ := strings.Cut(value, ": ")
				s.header = append(s.header, name, value)
			case "":
			default:
				require.Fail(t, "unknown line", "%s: %s", path, line)
			}
		}
		steps = append(steps, s)
	}
	return steps
}

// String writes a step as it stands in its file.
func (s step) String() string {
	var out strings.Builder
	fmt.Fprintf(&out, "## %s\n%s\n", s.name, s.call)
	if s.as != "analyst" {
		fmt.Fprintf(&out, "as: %s\n", s.as)
	}
	for i := 0; i+1 < len(s.header); i += 2 {
		fmt.Fprintf(&out, "header: %s: %s\n", s.header[i], s.header[i+1])
	}
	if s.keep != "" {
		fmt.Fprintf(&out, "keep: %s\n", s.keep)
	}
	if s.body != "" {
		fmt.Fprintf(&out, "body: %s\n", s.body)
	}
	fmt.Fprintf(&out, "=> %s\n\n", s.answer)
	return out.String()
}

// conversationSteps are all steps in the order of the files.
func conversationSteps(t testing.TB) []step {
	var steps []step
	for _, c := range chapters(t) {
		steps = append(steps, c.steps...)
	}
	return steps
}

// conversation holds what one run of steps knows.
type conversation struct {
	t      testing.TB
	base   string
	tokens map[string]string
	ids    map[string]string
}

func converse(t testing.TB, base string, p people) *conversation {
	return &conversation{
		t:    t,
		base: base,
		tokens: map[string]string{
			"analyst":               bearer(t, base, p.analyst),
			"reader":                bearer(t, base, p.reader),
			"stranger":              bearer(t, base, p.stranger),
			"nobody":                "",
			"analyst's credentials": basic(p.analyst),
		},
		ids: map[string]string{
			"intel": p.intel.ID, "shared": p.shared.ID, "mail": p.mail.ID, "strangers": p.strangersOwn.ID, "community": station.CommunityID,
		},
	}
}

var (
	uuids  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[34][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)
	dates  = regexp.MustCompile(`\b1[789]\d{11}\b`) // not before 2023: the time of the run
	lives  = regexp.MustCompile(`"expires_in":5\d\d\b`)
	macros = regexp.MustCompile(`\{(\d+)\*([^}]*)\}|\{hex:([0-9a-f]*)\}|\{addresses:(\d+)\}`)
)

// expand replaces what stands for something else in a path or a body.
func (c *conversation) expand(text string) string {
	for name, id := range c.ids {
		text = strings.ReplaceAll(text, "{"+name+"}", id)
	}
	return macros.ReplaceAllStringFunc(text, func(macro string) string {
		part := macros.FindStringSubmatch(macro)
		switch {
		case part[1] != "":
			n, _ := strconv.Atoi(part[1])
			return strings.Repeat(part[2], n)
		case part[4] != "":
			var list strings.Builder
			n, _ := strconv.Atoi(part[4])
			for i := range n {
				fmt.Fprintf(&list, "198.51.%d.%d ", i/250, i%250+1)
			}
			return list.String()
		}
		raw, _ := hex.DecodeString(part[3])
		return string(raw)
	})
}

// run sends a step and returns the answer without what differs from run to run: ids,
// dates, what is left of a token's life.
func (c *conversation) run(s step) string {
	method, path, _ := strings.Cut(s.call, " ")
	authorization, known := c.tokens[s.as]
	if !known {
		authorization = s.as
	}
	header := make([]string, len(s.header))
	for i, part := range s.header {
		header[i] = c.expand(part)
	}
	got := send(c.t, method, c.base+c.expand(path), authorization, c.expand(s.body), header...)
	if s.keep != "" {
		name, marker, _ := strings.Cut(s.keep, " after ")
		_, behind, _ := strings.Cut(got.body, marker)
		for _, id := range uuids.FindAllString(behind, -1) {
			if !c.holds(id) {
				c.ids[name] = id
				break
			}
		}
		require.NotEmpty(c.t, c.ids[name], "%s: %s", s.name, got.body)
	}
	body := got.body
	for name, id := range c.ids {
		body = strings.ReplaceAll(body, id, "{"+name+"}")
	}
	body = uuids.ReplaceAllString(body, "{id}")
	body = dates.ReplaceAllString(body, "0")
	body = lives.ReplaceAllString(body, `"expires_in":599`)
	body = strings.ReplaceAll(body, "\r", "{cr}")
	if rest, ends := strings.CutSuffix(body, "\n"); ends {
		body = rest + "{newline}"
	}
	return strings.TrimRight(fmt.Sprintf("%d %s", got.status, got.header.Get("Content-Type")), " ") + strings.TrimRight("\n"+body, "\n")
}

func (c *conversation) holds(id string) bool {
	for _, known := range c.ids {
		if known == id {
			return true
		}
	}
	return false
}

// TestConversation runs the table against SQLite and compares the answers, word for
// word, with those that were reviewed when the files were written.
func TestConversation(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	c := converse(t, f.url, f.people)
	for _, chapter := range chapters(t) {
		var text strings.Builder
		for _, s := range chapter.steps {
			f.clock.advance(time.Millisecond)
			got := c.run(s)
			if !*update {
				assert.Equal(t, s.answer, got, "%s: %s; if the change is meant: go test ./server/station -update", filepath.Base(chapter.path), s.name)
			}
			s.answer = got
			text.WriteString(s.String())
		}
		if *update {
			require.NoError(t, os.WriteFile(chapter.path, []byte(text.String()), 0o644))
		}
	}
}
