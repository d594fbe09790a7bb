package station

import (
	"context"
	"strconv"
	"strings"
)

// maxInterval is the longest interval of the latest indicators, in hours.
const maxInterval = 24

// latest12 answers GET /1.2/indicators/latest: the indicators seen in the last hours.
func (s *Station) latest12(ctx context.Context, c *call) (answer, error) {
	limit, err := c.count("limit", 5000)
	if err != nil {
		return answer{}, err
	}
	hours, err := c.count("intervalSize", maxInterval)
	if err != nil {
		return answer{}, err
	}
	if hours > maxInterval {
		return answer{}, badRequest("intervalSize is at most " + strconv.Itoa(maxInterval) + " hours.")
	}
	source := strings.ToUpper(c.query.Get("source"))
	switch source {
	case "":
		source = "INCIDENT_REPORT"
	case "INCIDENT_REPORT", "OSINT":
	default:
		return answer{}, badRequest("source is INCIDENT_REPORT or OSINT.")
	}
	types, versions, err := types12(c.list("types"))
	if err != nil {
		return answer{}, err
	}
	now := s.millis()
	reply := latest12Answer{Status: "success", QueryDate: now, IntervalSize: hours, Limit: limit, Source: source}
	// There is no open source feed here.
	if source == "INCIDENT_REPORT" && limit > 0 {
		q := newQuery(c.user, nil)
		asked := exportQuery{Types: types, From: now - int64(hours)*hourMillis, To: now}
		found, _, err := s.typedRows(ctx, q, window{0, min(limit, maxResults)}, searchStatement(q, asked), false)
		if err != nil {
			return answer{}, err
		}
		reply.Indicators = byType(plain(found, versions))
	}
	return jsonAnswer(reply)
}

// types12 are the types of a filter of 1.2 as they are stored; it says IPv4 and IPv6,
// which are one type everywhere else. versions holds which of the two are wanted.
func types12(given []string) (types []string, versions map[string]bool, err error) {
	versions = map[string]bool{}
	for _, one := range given {
		switch strings.ToUpper(one) {
		case "IPV4":
			versions["IP4"], one = true, "IP"
		case "IPV6":
			versions["IP6"], one = true, "IP"
		case "IP":
			versions["IP4"], versions["IP6"], one = true, true, "IP"
		}
		types = append(types, strings.ToUpper(one))
	}
	if bad := unknownType(types, indicatorTypes()); bad != "" {
		return nil, nil, badRequest("There is no indicator type " + bad + ".")
	}
	return distinct(types), versions, nil
}

// plain are indicators with nothing but type and value, addresses of the wanted versions.
func plain(found []indicator13, versions map[string]bool) foundIndicators {
	var list foundIndicators
	for _, one := range found {
		if one.Type == "IP" && len(versions) > 0 && !versions[observableType(one.Type, one.Value)] {
			continue
		}
		list = append(list, foundIndicator{one.Type, one.Value})
	}
	return list
}

// indicators12 answers GET /1.2/indicators?q=: the known indicators that hold the text.
// Intelligence from elsewhere and open source correlations are empty: this station has no
// such sources.
func (s *Station) indicators12(ctx context.Context, c *call) (answer, error) {
	term := fold(strings.TrimSpace(c.query.Get("q")))
	if term == "" {
		return answer{}, badRequest("q is missing: the text to look for.")
	}
	limit, err := c.count("limit", 10)
	if err != nil {
		return answer{}, err
	}
	switch source := strings.ToUpper(c.query.Get("source")); source {
	case "", "INCIDENT_REPORT":
	case "OSINT", "VIRUSTOTAL", "FACEBOOK", "CROWDSTRIKE":
		limit = 0
	default:
		return answer{}, badRequest("There is no source " + source + ".")
	}
	var reply find12Answer
	if limit > 0 {
		q := newQuery(c.user, nil)
		asked := exportQuery{Term: term, From: 0, To: s.millis()}
		found, _, err := s.typedRows(ctx, q, window{0, min(limit, maxResults)}, searchStatement(q, asked), false)
		if err != nil {
			return answer{}, err
		}
		reply.Indicators = byType(plain(found, nil))
	}
	return jsonAnswer(reply)
}
