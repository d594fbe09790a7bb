package station

import (
	"context"
)

func byType(found foundIndicators) reportIndicators {
	var lists reportIndicators
	for _, one := range found {
		var list *[]string
		switch one.Type {
		case "IP":
			list = &lists.IP
		case "URL":
			list = &lists.URL
		case "MD5":
			list = &lists.MD5
		case "SHA1":
			list = &lists.SHA1
		case "SHA256":
			list = &lists.SHA256
		case "SOFTWARE":
			list = &lists.Software
		case "CVE":
			list = &lists.CVE
		case "EMAIL_ADDRESS":
			list = &lists.EmailAddress
		case "MALWARE":
			list = &lists.Malware
		case "REGISTRY_KEY":
			list = &lists.RegistryKey
		case "CIDR_BLOCK":
			list = &lists.CIDRBlock
		case "BITCOIN_ADDRESS":
			list = &lists.BitcoinAddress
		default:
			continue
		}
		*list = append(*list, one.Value)
	}
	return lists
}

// submit12 answers POST /1.2/report: the new id and the indicators by type.
func (s *Station) submit12(ctx context.Context, c *call) (answer, error) {
	var request submit12Request
	raw, err := c.decode(&request)
	if err != nil {
		return answer{}, err
	}
	if request.IncidentReport == nil {
		return answer{}, badRequest("The request has no incidentReport.")
	}
	now := s.millis()
	sub, err := c.submissionOf(request.IncidentReport, request.EnclaveIDs, now, raw)
	if err != nil {
		return answer{}, err
	}
	filed, err := s.file(ctx, c.user, sub, now)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(submit12Answer{
		ReportID:           filed.id,
		ExternalTrackingID: optional(filed.externalID),
		ReportIndicators:   byType(filed.indicators),
	})
}

// report12 answers GET /1.2/report/{id}.
func (s *Station) report12(ctx context.Context, c *call) (answer, error) {
	found, err := s.find(ctx, c)
	if err != nil {
		return answer{}, err
	}
	correlated, err := s.correlationCount(ctx, c.user, found)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(report12Answer{
		ID:                 found.id,
		ExternalID:         optional(found.externalID),
		ExternalTrackingID: optional(found.externalID),
		ExternalURL:        optional(found.externalURL),
		Title:              found.title,
		ReportBody:         found.body,
		DistributionType:   found.distribution,
		Enclaves:           found.enclaves,
		TimeBegan:          found.timeBegan,
		Created:            found.created,
		Updated:            found.updated,
		CorrelationCount:   correlated,
		Indicators:         found.indicators,
		IndicatorsCount:    len(found.indicators),
		SubmissionStatus:   "PROCESSED",
	})
}

// optional is null on the wire when the text is absent.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}
