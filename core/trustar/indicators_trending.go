package trustar

import (
	"context"
	"strconv"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// TypeOther is what 1.2 calls all types but MALWARE and CVE.
const TypeOther = "OTHER"

// maxTrendingDays is by the vendor's Python SDK.
const maxTrendingDays = 30

// trendingPage is 1.2's answer.
//
//easyjson:json
type trendingPage struct {
	Data struct {
		Items []IndicatorDetails `json:"items"`
	} `json:"data"`
}

func (p *trendingPage) check() error {
	if p.Data.Items == nil {
		return api.Missing("items")
	}
	return checkDetails(p.Data.Items)
}

// Trending returns up to ten indicators that correlated most in the community in the
// last days, 1 to 30. kind is a type; "" is all but MALWARE and CVE. 1.2 knows MALWARE
// and CVE alone and rounds the time to 1, 3, 7 or 30 days.
//
// Source: the vendor's page "Get Community Trending Indicators" for 1.2, its Python SDK
// for 1.3.
//
//api:operation GET /1.2/community-indicators/trending
//api:operation GET /1.3/indicators/community-trending
func (s Indicators) Trending(ctx context.Context, kind string, days int) ([]IndicatorDetails, error) {
	if days < 1 || days > maxTrendingDays {
		return nil, invalid("daysBack", "must be between 1 and 30")
	}
	if s.c.version == Version12 {
		return s.trending12(ctx, kind, days)
	}
	var query api.Query
	if kind != "" && !isType(kind) {
		return nil, invalid("type", "is none that API 1.3 knows")
	}
	query.AddNonEmpty("type", kind)
	query.Add("daysBack", strconv.Itoa(days))
	req, err := s.request(s.either(), "GET", "get trending indicators", query, "indicators", "community-trending")
	if err != nil {
		return nil, err
	}
	var found detailsList
	err = s.into(ctx, req, &found, nil)
	return found, err
}

func (s Indicators) trending12(ctx context.Context, kind string, days int) ([]IndicatorDetails, error) {
	switch kind {
	case "":
		kind = TypeOther
	case TypeMalware, TypeCVE, TypeOther:
	default:
		return nil, invalid("type", "must be MALWARE, CVE or OTHER in API 1.2")
	}
	now := s.c.now()
	query := api.Query{{Name: "type", Value: kind}}
	Range{At(now.Add(-time.Duration(days) * 24 * time.Hour)), At(now)}.addTo(&query, Version12)
	req, err := s.request(Version12, "GET", "get trending indicators", query, "community-indicators", "trending")
	if err != nil {
		return nil, err
	}
	var found trendingPage
	err = s.into(ctx, req, &found, nil)
	return found.Data.Items, err
}
