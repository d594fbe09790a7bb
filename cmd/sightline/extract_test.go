package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/indicator"
	"github.com/sightline-sec/sightline/testdata"
)

const passage = `Beacons went to 203[.]0[.]113[.]47 and hxxps://dl[.]sightline-sample-1[.]top/invoice/2026-1107.iso;
our host was 10.20.4.17. Fixed: CVE-2026-99017. Again 203.0.113.47, from accounts[@]sightline-sample-1[.]top.
`

func TestExtract(t *testing.T) {
	t.Parallel()
	page := "<!doctype html><title>One</title><p>From <b>203.0.113</b>.47</p><script>'198.51.100.23'</script><table><tr><td>192.0.2.61<td>198.51.100.77</table>"
	lines := `{"id":"a","text":"203.0.113.47"}` + "\n\n" + `{"id":"b","text":"nothing here"}` + "\n" + `{"id":"c","text":"10.0.0.1 and 203.0.113.9"}`
	tests := []struct {
		name, stdin string
		args        []string
		code        int
	}{
		{"table", passage, []string{"--out", "table"}, 0},
		{"table-held", passage, []string{"--out", "table", "--held"}, 0},
		{"table-plain", passage, []string{"--out", "table", "--plain", "--only", "ipv4,url"}, 0},
		{"jsonl", passage, nil, 0},
		{"jsonl-held", passage, []string{"--held"}, 0},
		{"html", page, nil, 0},
		{"lines", lines, nil, 0},
		{"lines-held", lines, []string{"--held", "--in", "jsonl"}, 0},
		{"nothing", "all quiet", nil, 3},
		{"nothing-table", "all quiet", []string{"--out", "table"}, 3},
		{"held-only", "in version 10.0.0.1 of it", []string{"--out", "table"}, 3},
		{"csv", passage + "+442079460123 is a phone", []string{"--out", "csv", "--held"}, 0},
		{"json", passage, []string{"--out", "json", "--only", "ipv4,url"}, 0},
		{"lines-json", lines, []string{"--out", "json"}, 0},
		{"lines-table", lines, []string{"--in", "jsonl", "--out", "table"}, 0},
		{"nothing-json", "all quiet", []string{"--out", "json"}, 3},
		{"alias", lines, []string{"--jsonl"}, 0},
		{"markdown", "# IOCs\n\n| host | note |\n|---|---|\n| dl[.]sightline-sample-1[.]top | see [post](https://vendor.example/blog) |\n", []string{"--in", "markdown"}, 0},
		{"bad-line", lines + "\n[1]\n" + `{"id":"d","text":"203.0.113.210"}`, []string{"--in", "jsonl"}, 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := call(t, nil, test.stdin, append([]string{"extract"}, test.args...)...)
			assert.Equal(t, test.code, got.code)
			golden(t, "extract-"+test.name+".txt", got.stdout+"-- stderr --\n"+got.stderr)
		})
	}
}

func TestTypes(t *testing.T) {
	t.Parallel()
	got := call(t, nil, "", "extract", "--types")
	assert.Equal(t, exitOK, got.code)
	var names []string
	require.NoError(t, json.Unmarshal([]byte(got.stdout), &names))
	assert.Subset(t, names, []string{"ipv4", "ipv6", "url", "domain", "email", "md5", "sha1", "sha256", "cve", "registry_key"})
}

func TestManyLinesKeepTheirOrder(t *testing.T) {
	t.Parallel()
	var in strings.Builder
	for i := range 2000 {
		in.WriteString(`{"id":"` + strconv.Itoa(i) + `","text":"203.0.113.` + strconv.Itoa(1+i%250) + strings.Repeat(" quiet", i%97) + `"}` + "\n")
	}
	got := call(t, nil, in.String(), "extract")
	require.Equal(t, exitOK, got.code, got.stderr)
	out := strings.Split(strings.TrimSpace(got.stdout), "\n")
	require.Len(t, out, 2000)
	for i, one := range out {
		assert.Equal(t, `{"id":"`+strconv.Itoa(i)+`","iocs":[{"type":"ipv4","value":"203.0.113.`+strconv.Itoa(1+i%250)+`"}]}`, one)
	}
}

func TestEncodings(t *testing.T) {
	t.Parallel()
	wide := "\xff\xfe"
	for _, r := range "to 203.0.113.47 ✓" {
		wide += string([]byte{byte(r), byte(r >> 8)})
	}
	for name, in := range map[string]string{"utf-8 with mark": "\xef\xbb\xbf203.0.113.47", "utf-16": wide, "neither": "\xff\xc3 203.0.113.47 \x80"} {
		assert.Contains(t, call(t, nil, in, "extract").stdout, `"203.0.113.47"`, name)
	}
}

// TestCellsAreInert says that no cell of CSV is a formula.
func TestCellsAreInert(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"": "", "a=b": "a=b", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t=1"} {
		assert.Equal(t, want, inert(in))
	}
	var c extractCommand
	name := "=cmd|' /C calc'!A0.txt"
	assert.True(t, strings.HasPrefix(string(c.encodeCSV(name, scan("203.0.113.47", indicator.Options{}))), "'="))
}

func TestTerminalIsNotObeyed(t *testing.T) {
	t.Parallel()
	assert.Equal(t, "a\uFFFD[31mb\uFFFDc\uFFFD", printable("a\x1b[31mb\nc\u202e"))
}

// truth is a page's .expect.json.
type truth struct {
	Found []found `json:"found"`
	Held  []struct {
		Type, Value string
	} `json:"held"`
	Never []struct{ Value string } `json:"never"`
}

// TestPagesGiveTheirTruth extracts the sample pages and compares with what their
// author wrote down. Types that the truth does not speak of are not judged.
func TestPagesGiveTheirTruth(t *testing.T) {
	t.Parallel()
	judged := []string{"ipv4", "ipv6", "url", "domain", "email", "md5", "sha1", "sha256", "cve", "registry_key"}
	names, err := fs.Glob(testdata.Pages(), "*.expect.json")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(names), 8)
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			text, err := fs.ReadFile(testdata.Pages(), name)
			require.NoError(t, err)
			var want truth
			require.NoError(t, json.Unmarshal(text, &want))
			page := strings.TrimSuffix(name, ".expect.json") + ".html"
			body, err := fs.ReadFile(testdata.Pages(), page)
			if err != nil {
				page = strings.TrimSuffix(name, ".expect.json") + ".txt"
				body, err = fs.ReadFile(testdata.Pages(), page)
			}
			require.NoError(t, err)
			if bytes.Contains(body, []byte("setInterval")) {
				t.Skip("its rows are made by a script; the browser tests read it")
			}
			got := call(t, nil, string(body), "extract", "--held")
			var answer struct {
				IOCs []found `json:"iocs"`
			}
			require.NoError(t, json.Unmarshal([]byte(got.stdout), &answer), got.stderr)
			kept, held := []string{}, map[string]bool{}
			for _, one := range answer.IOCs {
				for _, never := range want.Never {
					assert.False(t, one.Held == "" && one.Value == never.Value, "%s is nothing", one.Value)
				}
				if one.Held != "" {
					held[one.Type+" "+one.Value] = true
				} else if contains(judged, one.Type) {
					kept = append(kept, one.Type+" "+one.Value)
				}
			}
			expected := []string{}
			for _, one := range want.Found {
				expected = append(expected, one.Type+" "+one.Value)
			}
			assert.ElementsMatch(t, expected, kept)
			for _, one := range want.Held {
				assert.True(t, held[one.Type+" "+one.Value], "%s is held back", one.Value)
			}
		})
	}
}

func contains(list []string, one string) bool {
	for _, other := range list {
		if other == one {
			return true
		}
	}
	return false
}

// TestScore runs the scorer on the labelled corpus that the team keeps beside the
// project.
func TestScore(t *testing.T) {
	t.Parallel()
	shared := filepath.Join("..", "..", "..", "shared")
	scorer := filepath.Join(shared, "score", "score.py")
	if _, err := os.Stat(scorer); err != nil {
		t.Skip("skipped: ../shared is absent")
	}
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("skipped: there is no python3")
	}
	self, err := os.Executable()
	require.NoError(t, err)
	score := exec.CommandContext(t.Context(), python, scorer, filepath.Join(shared, "corpora", "dev", "reports.jsonl"), "--cmd", "us="+self+" extract")
	score.Env = append(os.Environ(), "SIGHTLINE_TEST_AS_PROGRAM=1")
	out, err := score.CombinedOutput()
	require.NoError(t, err, string(out))
	t.Logf("%s", out)
	assert.NotContains(t, string(out), "FAILED")
	assert.NotContains(t, string(out), "not answered")
}
