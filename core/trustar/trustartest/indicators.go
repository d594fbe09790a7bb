package trustartest

import (
	"context"

	"github.com/sightline-sec/sightline/core/trustar"
)

func indicators13() []Operation {
	const v = trustar.Version13
	search := trustar.IndicatorSearch{Range: span(), Term: "192.0.2", Types: []string{trustar.TypeIP, trustar.TypeURL}, EnclaveIDs: []string{labID}, ExcludedTags: []string{"old"}}
	const filters = "entityTypes=IP&entityTypes=URL&from=1700000000000&to=1700000050000&enclaveIds=" + labID + "&excludedTags=old"
	return []Operation{
		one("GET /1.3/indicators/related", v, "/1.3/indicators/related?pageNumber=0&pageSize=1000&indicators=192.0.2.7&enclaveIds="+labID, "indicators-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Indicators().Related(ctx, []string{"192.0.2.7"}, labID))
		}),
		sent("POST /1.3/indicators/search", v, "/1.3/indicators/search?"+filters+"&pageNumber=0&pageSize=1000", `{"searchTerm":"192.0.2"}`, "search-indicators-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Indicators().Search(ctx, search))
		}),
		{
			Name: "GET /1.3/indicators/search", Version: v,
			Exchanges: []Exchange{
				{Line: "POST /1.3/indicators/search?pageNumber=0&pageSize=1000", Sent: "{}", Answer: "not-found.json", Status: 405},
				{Line: "GET /1.3/indicators/search?pageNumber=0&pageSize=1000", Answer: "search-indicators-1.3.json"},
			},
			Run: func(ctx context.Context, c *trustar.Client) (any, error) {
				return collect(c.Indicators().Search(ctx, trustar.IndicatorSearch{}))
			},
		},
		one("GET /1.3/indicators", v, "/1.3/indicators?pageNumber=0&pageSize=1000&from=1700000000000&to=1700000050000&enclaveIds="+labID+"&tagIds="+tagID, "indicators-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Indicators().List(ctx, span(), []string{labID}, []string{tagID}, nil))
		}),
		sent("POST /1.3/indicators", v, "/1.3/indicators", `{"enclaveIds":["`+labID+`"],"content":[{"value":"192.0.2.7","firstSeen":1700000000000,"lastSeen":1700000050000,"sightings":2,"source":"feed","notes":"seen in mail","tags":[{"name":"c2","enclaveId":"`+labID+`"}]},{"value":"evil.example"}],"tags":[{"name":"apt","enclaveId":"`+labID+`"}]}`, "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Indicators().Submit(ctx, []string{labID}, []trustar.SubmittedIndicator{
				{Value: "192.0.2.7", FirstSeen: year2023, LastSeen: aBitLater, Sightings: 2, Source: "feed", Notes: "seen in mail", Tags: []trustar.IndicatorTag{{Name: "c2", EnclaveID: labID}}},
				{Value: "evil.example"},
			}, trustar.IndicatorTag{Name: "apt", EnclaveID: labID}))
		}),
		sent("POST /1.3/indicators/metadata", v, "/1.3/indicators/metadata?enclaveIds="+labID, `[{"indicatorType":"IP","value":"192.0.2.7"}]`, "metadata-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Indicators().Metadata(ctx, []trustar.Indicator{{Type: trustar.TypeIP, Value: "192.0.2.7"}}, labID)
		}),
		sent("POST /1.3/indicators/summaries", v, "/1.3/indicators/summaries?pageNumber=0&pageSize=100", `["192.0.2.7"]`, "summaries-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Indicators().Summaries(ctx, []string{"192.0.2.7"}))
		}),
		one("GET /1.3/indicators/details", v, "/1.3/indicators/details?indicatorValues=192.0.2.7&enclaveIds="+labID, "details-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Indicators().Details(ctx, []string{"192.0.2.7"}, labID)
		}),
		one("GET /1.3/indicators/community-trending", v, "/1.3/indicators/community-trending?type=MALWARE&daysBack=7", "trending-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Indicators().Trending(ctx, trustar.TypeMalware, 7)
		}),
		one("GET /1.3/whitelist", v, "/1.3/whitelist?pageNumber=0&pageSize=1000", "whitelist-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return collect(c.Whitelist().All(ctx))
		}),
		sent("POST /1.3/whitelist", v, "/1.3/whitelist", `["192.0.2.53","not an indicator"]`, "whitelist-added-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Whitelist().Add(ctx, "192.0.2.53", "not an indicator")
		}),
		one("DELETE /1.3/whitelist", v, "/1.3/whitelist?indicatorType=IP&value=192.0.2.53", "empty.txt", func(ctx context.Context, c *trustar.Client) (any, error) {
			return nothing(c.Whitelist().Delete(ctx, trustar.Indicator{Type: trustar.TypeIP, Value: "192.0.2.53"}))
		}),
		sent("POST /1.3/indicators/metadata/bulk-export", v, "/1.3/indicators/metadata/bulk-export?"+filters, `{"searchTerm":"192.0.2"}`, "export-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Indicators().StartExport(ctx, search)
		}),
		one("GET /1.3/indicators/metadata/bulk-export/{guid}/status", v, "/1.3/indicators/metadata/bulk-export/"+tagID+"/status", "export-status-1.3.json", func(ctx context.Context, c *trustar.Client) (any, error) {
			return c.Indicators().ExportStatus(ctx, tagID)
		}),
		one("GET /1.3/indicators/metadata/bulk-export/{guid}/data.csv", v, "/1.3/indicators/metadata/bulk-export/"+tagID+"/data.csv", "export-1.3.csv", func(ctx context.Context, c *trustar.Client) (any, error) {
			data, err := c.Indicators().ExportData(ctx, tagID)
			return string(data), err
		}),
	}
}
