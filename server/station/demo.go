package station

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

// DemoCompany is the company of the demonstration's user.
const DemoCompany = "Example Corp"

// demoReports are given reports on the invented campaigns that the sample pages are
// about. Each file: title, age in days, enclave, body.
//
//go:embed demo/*.txt
var demoReports embed.FS

// DemoData is what Demo has made.
type DemoData struct {
	// Credentials of a user of DemoCompany who was made by this very call.
	Credentials Credentials
	// Enclaves of the user: two of the company's own, which may be updated, and the
	// Community.
	Enclaves []Enclave
	// Reports by external id, in no order that means something.
	Reports []DemoReport
}

// DemoReport is one of the given reports.
type DemoReport struct{ ID, ExternalID, Title string }

// Demo fills a station with something to look at: a company, a user, enclaves and
// given reports. On a station that has been filled before it only makes another
// user, since the secret of the first is not kept.
func Demo(ctx context.Context, s *Station) (DemoData, error) {
	credentials, err := s.CreateUser(ctx, NewUser{Company: DemoCompany, Name: "Demo analyst"})
	if err != nil {
		return DemoData{}, err
	}
	data := DemoData{Credentials: credentials}
	for _, given := range []NewEnclave{
		{Company: DemoCompany, Name: "Threat Intel"},
		{Company: DemoCompany, Name: "SOC Shared", Type: EnclaveClosed},
	} {
		enclave, err := s.CreateEnclave(ctx, given)
		if err != nil {
			return DemoData{}, err
		}
		if err := s.Grant(ctx, credentials.UserID, enclave.ID, Permissions{Read: true, Create: true, Update: true}); err != nil {
			return DemoData{}, err
		}
	}
	company, err := s.company(ctx, DemoCompany)
	if err != nil {
		return DemoData{}, err
	}
	u := user{id: credentials.UserID, company: company}
	if data.Enclaves, err = s.enclavesOf(ctx, u); err != nil {
		return DemoData{}, err
	}
	files, err := fs.Glob(demoReports, "demo/*.txt")
	if err != nil {
		return DemoData{}, err
	}
	for _, name := range files {
		given, err := s.demoReport(ctx, u, data.Enclaves, name)
		if err != nil {
			return DemoData{}, fmt.Errorf("station: demo report %s: %w", name, err)
		}
		data.Reports = append(data.Reports, given)
	}
	return data, nil
}

func (s *Station) demoReport(ctx context.Context, u user, enclaves []Enclave, name string) (DemoReport, error) {
	text, err := demoReports.ReadFile(name)
	if err != nil {
		return DemoReport{}, err
	}
	parts := strings.SplitN(string(text), "\n", 4)
	if len(parts) < 4 {
		return DemoReport{}, errors.New("is not of the form title, days, enclave, body")
	}
	days, err := strconv.Atoi(parts[1])
	if err != nil {
		return DemoReport{}, err
	}
	at := s.now().Add(-time.Duration(days) * 24 * time.Hour).UnixMilli()
	sub := submission{
		title:        parts[0],
		body:         parts[3],
		externalID:   "demo" + strings.ReplaceAll(strings.TrimSuffix(path.Base(name), ".txt"), "-", ""),
		distribution: distributionEnclave,
		timeBegan:    at,
		fingerprint:  hash(string(text)),
	}
	for _, e := range enclaves {
		if e.Name == parts[2] {
			sub.enclaves = []string{e.ID}
		}
	}
	if parts[2] == CommunityName {
		sub.distribution = distributionCommunity
	}
	filed, err := s.file(ctx, u, sub, at)
	if errors.Is(err, errDuplicate) {
		// Given by an earlier call.
		filed.id, _, err = one[string](ctx, s, `SELECT id FROM reports WHERE company_id = ?1 AND external_id = ?2`, u.company, sub.externalID)
	}
	return DemoReport{ID: filed.id, ExternalID: sub.externalID, Title: sub.title}, err
}
