package indicator

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/indicator/tld"
)

// TestEveryAttackID scans every id of four digits and holds what is found against a
// walk through the table: the search finds all of them and no other.
func TestEveryAttackID(t *testing.T) {
	t.Parallel()
	for _, list := range []struct {
		prefix string
		kind   Type
		ids    string
	}{
		{"T", Technique, techniqueIDs},
		{"TA", Tactic, tacticIDs},
		{"G", Group, groupIDs},
		{"S", Software, softwareIDs},
		{"M", Mitigation, mitigationIDs},
		{"C", Campaign, campaignIDs},
	} {
		known := map[string]bool{}
		for i := 0; i < len(list.ids); i += 4 {
			known[list.prefix+list.ids[i:i+4]] = true
		}
		for n := range 10_000 {
			id := list.prefix + strconv.Itoa(10_000 + n)[1:]
			retired := list.kind == Technique && n >= 1226 && n <= 1397 // PRE-ATT&CK, which no list holds any more
			assert.Equal(t, known[id] || retired, oracleFinds("see "+id+" there", list.kind, id), id)
		}
	}
	for i := 0; i < len(subtechniqueIDs); i += 7 {
		id := "T" + subtechniqueIDs[i:i+4] + "." + subtechniqueIDs[i+4:i+7]
		assert.True(t, oracleFinds("see "+id+" there", Technique, id), id)
	}
}

// TestAttackSource holds the table against the list that it was generated from.
func TestAttackSource(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../shared/data/attack.tsv")
	if err != nil {
		t.Skip("skipped: ../shared is absent")
	}
	// By the letters of the id: retired mitigations have the numbers of techniques.
	kinds := map[string]Type{"T": Technique, "TA": Tactic, "G": Group, "M": Mitigation, "C": Campaign, "S": Software}
	rows := 0
	for line := range strings.Lines(string(raw)) {
		id, _, _ := strings.Cut(line, "\t")
		if kind := kinds[strings.TrimRight(id, "0123456789.")]; kind != Unknown {
			rows++
			assert.True(t, oracleFinds("see "+id+" there", kind, id), id)
		}
	}
	assert.Greater(t, rows, 1000)
}

// TestTLDSource holds the top-level domains against IANA's list.
func TestTLDSource(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("../../../shared/data/warninglists/tlds.json")
	if err != nil {
		t.Skip("skipped: ../shared is absent")
	}
	var iana struct {
		List []string `json:"list"`
	}
	require.NoError(t, json.Unmarshal(raw, &iana))
	require.Greater(t, len(iana.List), 1000)
	for _, name := range iana.List {
		name = strings.ToLower(strings.TrimPrefix(name, "."))
		if strings.ContainsFunc(name, func(r rune) bool { return r >= 0x80 }) {
			continue // listed a second time as its A-label
		}
		assert.True(t, tld.Known(name), name)
		assert.False(t, tld.Known(name+"-"), name)
	}
}

func oracleFinds(text string, kind Type, value string) bool {
	for _, x := range Scan(text, Options{Types: SetOf(kind)}) {
		if x.Value == value {
			return true
		}
	}
	return false
}
