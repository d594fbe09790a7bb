package station_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/server/station"
)

// step is one request of a conversation with a station.
type step struct {
	// name is what the step shows.
	name string
	// as says whose token goes along: analyst, reader, stranger, nobody, or a whole
	// Authorization header.
	as string
	// call is method and path. {name} stands for an id kept earlier or an enclave's.
	call string
	body string
	// header is a list of names and values.
	header []string
	// keep names the id in the answer for later steps.
	keep string
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
			"intel": p.intel.ID, "shared": p.shared.ID, "strangers": p.strangersOwn.ID, "community": station.CommunityID,
		},
	}
}

var (
	uuids = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`)
	dates = regexp.MustCompile(`"(timestamp|created|updated)":\d{13}`)
	fresh = regexp.MustCompile(`"timeBegan":1[789]\d{11}\b`) // not before 2023: the time of filing
	lives = regexp.MustCompile(`"expires_in":5\d\d\b`)
)

// run sends a step and returns the answer without what differs from run to run: ids,
// dates, what is left of a token's life.
func (c *conversation) run(s step) string {
	method, path, _ := strings.Cut(s.call, " ")
	authorization, known := c.tokens[s.as]
	if !known {
		authorization = s.as
	}
	for name, id := range c.ids {
		path = strings.ReplaceAll(path, "{"+name+"}", id)
		s.body = strings.ReplaceAll(s.body, "{"+name+"}", id)
	}
	got := send(c.t, method, c.base+path, authorization, s.body, s.header...)
	if s.keep != "" {
		id := uuids.FindString(got.body)
		require.NotEmpty(c.t, id, "%s: %s", s.name, got.body)
		c.ids[s.keep] = id
	}
	body := got.body
	for name, id := range c.ids {
		body = strings.ReplaceAll(body, id, "{"+name+"}")
	}
	body = uuids.ReplaceAllString(body, "{id}")
	body = dates.ReplaceAllString(body, `"$1":0`)
	body = fresh.ReplaceAllString(body, `"timeBegan":0`)
	body = lives.ReplaceAllString(body, `"expires_in":599`)
	return fmt.Sprintf("%d %s\n%s", got.status, got.header.Get("Content-Type"), body)
}

// TestConversation runs the table against SQLite and compares the answers, word for
// word, with those that were reviewed when the golden file was written.
func TestConversation(t *testing.T) {
	t.Parallel()
	f := newFixture(t)
	c := converse(t, f.url, f.people)
	var transcript strings.Builder
	for _, s := range conversationSteps() {
		fmt.Fprintf(&transcript, "# %s\n%s (%s)\n", s.name, s.call, s.as)
		if s.body != "" {
			fmt.Fprintf(&transcript, "%s\n", shorten(s.body))
		}
		fmt.Fprintf(&transcript, "=> %s\n\n", strings.TrimSuffix(shorten(c.run(s)), "\n"))
	}
	golden := filepath.Join("testdata", "conversation.golden")
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(golden, []byte(transcript.String()), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	assert.Equal(t, string(want), transcript.String(), "if the change is meant: go test ./server/station -update")
}

// shorten keeps the golden file readable.
func shorten(text string) string {
	if text = strings.ToValidUTF8(text, "�"); len(text) > 900 {
		return fmt.Sprintf("%s… (%d bytes)", text[:100], len(text))
	}
	return text
}
