package report_test

import (
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/report"
)

func TestCompose(t *testing.T) {
	t.Parallel()
	const passage = "The loader at hxxp://bad-cdn[.]com/a.php talked to 198.51.100[.]7.\r\nVersion 1.2.3.4 ran on 10.0.0.5.\x00"
	got := report.Compose(report.Page{
		Passages: []string{passage, "Second frame: 198.51.100.7 again."},
		Title:    "  Loader\n\u202estudy of 198.51.100.7 and 203.0.113.9 ",
		URL:      "https://reader:hunter2@blog.example/post?id=1#top",
		Kept:     []string{"url|http://bad-cdn.com/a.php", "domain|not-in-the-text.com"},
	})
	assert.Equal(t, "Loader study of [removed] and 203.0.113.9", got.Title)
	assert.Equal(t, "https://blog.example/post?id=1", got.ExternalURL)
	assert.Equal(t, []report.Reference{{Type: "url", Value: "http://bad-cdn.com/a.php"}}, got.Indicators)
	assert.Equal(t, "The loader at hxxp://bad-cdn[.]com/a.php talked to [removed].\n"+
		"Version 1.2.3.4 ran on [removed].\n\n"+
		"Second frame: [removed] again.\n\n"+
		"Indicators\nURL: http://bad-cdn.com/a.php", got.Body)
	assert.Empty(t, got.Notices)
}

func TestComposeOfNothing(t *testing.T) {
	t.Parallel()
	got := report.Compose(report.Page{Passages: []string{""}, URL: "file:///home/me/case.html"})
	assert.Empty(t, got.Body)
	assert.Empty(t, got.ExternalURL)
	assert.NotEmpty(t, got.Title)
}

func TestComposeKeepsAtMostWhatAReportMayHold(t *testing.T) {
	t.Parallel()
	var (
		page report.Page
		text strings.Builder
	)
	for i := range report.MaxIndicators + 7 {
		address := "203.0." + strconv.Itoa(i/250) + "." + strconv.Itoa(i%250+1)
		text.WriteString(address + " ")
		page.Kept = append(page.Kept, "ipv4|"+address)
	}
	page.Passages = []string{text.String()}
	got := report.Compose(page)
	assert.Len(t, got.Indicators, report.MaxIndicators)
	assert.Len(t, report.References(got.Body), report.MaxIndicators, "the surplus must leave the text too")
	require.Len(t, got.Notices, 1)
	assert.Contains(t, got.Notices[0], "7 more")
}

func TestComposeCutsWhatIsTooLong(t *testing.T) {
	t.Parallel()
	page := report.Page{
		Title:    "Long",
		Passages: []string{"198.51.100.7 " + strings.Repeat("wörter ohne ende, ", report.MaxBody/15)},
		Kept:     []string{"ipv4|198.51.100.7"},
	}
	got := report.Compose(page)
	assert.LessOrEqual(t, len(got.Body), report.MaxBody)
	assert.Greater(t, len(got.Body), report.MaxBody-5000)
	assert.True(t, utf8.ValidString(got.Body))
	assert.Contains(t, got.Body, "[cut here")
	assert.True(t, strings.HasSuffix(got.Body, "IPv4 address: 198.51.100.7"), "the list survives the cut")
	assert.Len(t, got.Notices, 1)
	assert.Empty(t, problemsOf(got), "what was composed may be filed")
}

// problemsOf are those of the text alone.
func problemsOf(c report.Composition) []report.Problem {
	return report.Check(report.Draft{
		ID: strings.Repeat("a", 32), Title: c.Title, Body: c.Body, ExternalURL: c.ExternalURL,
		Distribution: report.DistributionEnclave, EnclaveIDs: []string{"e"},
	})
}

func FuzzCompose(f *testing.F) {
	f.Add("see hxxp://evil[.]com/x and 198.51.100.7", "A title", "https://a.example/#x", "ipv4|198.51.100.7")
	f.Add("\xff\xfe\x00 10.0.0.1", "\u202e\u200b", "javascript:alert(1)", "")
	f.Fuzz(func(t *testing.T, text, title, url, kept string) {
		got := report.Compose(report.Page{Passages: []string{text, text}, Title: title, URL: url, Kept: []string{kept}})
		assert.LessOrEqual(t, len(got.Body), report.MaxBody)
		assert.True(t, utf8.ValidString(got.Body))
		assert.NotEmpty(t, got.Title)
		for _, reference := range got.Indicators {
			assert.Equal(t, kept, reference.Key(), "only what was kept stays")
		}
		for _, problem := range problemsOf(got) {
			assert.Equal(t, "body", problem.Field, "what Compose writes may be filed, but for an empty text: %s", problem.Words)
		}
	})
}
