package report_test

import (
	"bytes"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/sightline-sec/sightline/core/report"
)

func draft() report.Draft {
	return report.Draft{
		ID:           "0123456789abcdef0123456789abcdef",
		ProfileID:    "p1",
		Title:        "Loader study",
		Body:         "The loader talked to 198.51.100.7.",
		Distribution: report.DistributionEnclave,
		EnclaveIDs:   []string{"7f2d1c5e-0000-4000-8000-000000000001"},
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	assert.Empty(t, report.Check(draft()))
	for name, tt := range map[string]struct {
		change func(*report.Draft)
		field  string // "" when it may be filed
	}{
		"no id":                    {func(d *report.Draft) { d.ID = "" }, "id"},
		"id in capitals":           {func(d *report.Draft) { d.ID = strings.ToUpper(d.ID) }, "id"},
		"no title":                 {func(d *report.Draft) { d.Title = " \n" }, "title"},
		"long title":               {func(d *report.Draft) { d.Title = strings.Repeat("é", report.MaxTitle+1) }, "title"},
		"longest title":            {func(d *report.Draft) { d.Title = strings.Repeat("é", report.MaxTitle) }, ""},
		"broken title":             {func(d *report.Draft) { d.Title = "a\xff" }, "title"},
		"no body":                  {func(d *report.Draft) { d.Body = "\t" }, "body"},
		"longest body":             {func(d *report.Draft) { d.Body = strings.Repeat("x", report.MaxBody) }, ""},
		"long body":                {func(d *report.Draft) { d.Body = strings.Repeat("x", report.MaxBody+1) }, "body"},
		"time with zone":           {func(d *report.Draft) { d.TimeBegan = "2016-09-22T11:38:35+00:00" }, ""},
		"time in UTC":              {func(d *report.Draft) { d.TimeBegan = "2016-09-22T11:38:35.123Z" }, ""},
		"time without seconds":     {func(d *report.Draft) { d.TimeBegan = "2016-09-22T11:38-05:30" }, ""},
		"time without zone":        {func(d *report.Draft) { d.TimeBegan = "2016-09-22T11:38:35" }, "timeBegan"},
		"time before 1970":         {func(d *report.Draft) { d.TimeBegan = "1969-12-31T23:59:59Z" }, "timeBegan"},
		"1970 by its zone":         {func(d *report.Draft) { d.TimeBegan = "1970-01-01T00:30:00+01:00" }, "timeBegan"},
		"time after 2100":          {func(d *report.Draft) { d.TimeBegan = "2101-01-01T00:00:00Z" }, "timeBegan"},
		"time in words":            {func(d *report.Draft) { d.TimeBegan = "yesterday" }, "timeBegan"},
		"no distribution":          {func(d *report.Draft) { d.Distribution = "" }, "distribution"},
		"distribution in small":    {func(d *report.Draft) { d.Distribution = "enclave" }, "distribution"},
		"no enclave":               {func(d *report.Draft) { d.EnclaveIDs = nil }, "enclaveIds"},
		"blank enclave":            {func(d *report.Draft) { d.EnclaveIDs = []string{" "} }, "enclaveIds"},
		"community":                {func(d *report.Draft) { d.Distribution, d.EnclaveIDs = report.DistributionCommunity, nil }, ""},
		"community with enclave":   {func(d *report.Draft) { d.Distribution = report.DistributionCommunity }, "enclaveIds"},
		"address":                  {func(d *report.Draft) { d.ExternalURL = "https://blog.example/a" }, ""},
		"address of another kind":  {func(d *report.Draft) { d.ExternalURL = "file:///a" }, "externalUrl"},
		"address with password":    {func(d *report.Draft) { d.ExternalURL = "https://a:b@blog.example/" }, "externalUrl"},
		"address that is too long": {func(d *report.Draft) { d.ExternalURL = "https://a.example/" + strings.Repeat("x", 500) }, "externalUrl"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := draft()
			tt.change(&d)
			problems := report.Check(d)
			if tt.field == "" {
				assert.Empty(t, problems)
				return
			}
			require.Len(t, problems, 1)
			assert.Equal(t, tt.field, problems[0].Field)
			assert.True(t, strings.HasSuffix(problems[0].Words, "."), "words are a sentence: %s", problems[0].Words)
		})
	}
}

func TestCheckCountsIndicators(t *testing.T) {
	t.Parallel()
	d := draft()
	var b strings.Builder
	for i := range report.MaxIndicators + 1 {
		b.WriteString("CVE-2024-" + string([]byte{byte('1' + i/1000), byte('0' + i/100%10), byte('0' + i/10%10), byte('0' + i%10)}) + "\n")
	}
	d.Body = b.String()
	problems := report.Check(d)
	require.Len(t, problems, 1)
	assert.Equal(t, "body", problems[0].Field)
	assert.Contains(t, problems[0].Words, "2001")
}

func TestNewID(t *testing.T) {
	t.Parallel()
	id, err := report.NewID(bytes.NewReader([]byte("0123456789abcdef")))
	require.NoError(t, err)
	assert.Equal(t, "30313233343536373839616263646566", id)
	_, err = report.NewID(iotest.ErrReader(assert.AnError))
	require.Error(t, err)
	_, err = report.NewID(bytes.NewReader([]byte("short")))
	require.Error(t, err, "an id of fewer random bits is no id")
}
