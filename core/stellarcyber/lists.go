package stellarcyber

import (
	"context"
	"time"

	"github.com/sightline-sec/sightline/core/api"
)

// The lists around the cases whose rows no source describes. Each row is an Object.

// Object is a row of a list whose fields no source tells: all of them are Extra.
//
//easyjson:json
type Object struct{ api.Extras }

//easyjson:json
type rowsAnswer struct {
	Data       []Object `json:"data"`
	Connectors []Object `json:"connectors"`
	Sensors    []Object `json:"sensors"`
	Activities []Object `json:"activities"`
}

// under finds the rows where a list has them.
func (a *rowsAnswer) under(key string) ([]Object, error) {
	rows := map[string][]Object{"data": a.Data, "connectors": a.Connectors, "sensors": a.Sensors, "activities": a.Activities}[key]
	if rows == nil {
		return nil, api.Missing(key)
	}
	return rows, nil
}

func (a *rowsAnswer) check() error { return nil }

func (c *Platform) rows(ctx context.Context, req *api.Request, key string) (rows []Object, err error) {
	var answer rowsAnswer
	err = c.calls.DoInto(ctx, req, answer.UnmarshalEasyJSON, answer.check, func() error {
		rows, err = answer.under(key)
		return err
	})
	if err != nil {
		return nil, err
	}
	return rows, nil
}

// Connectors returns the connectors of a tenant, of all tenants when its id is "".
//
// Source: clients of users and of the vendor's engineers.
//
//api:operation GET /connect/api/v1/connectors
func (c *Platform) Connectors(ctx context.Context, tenantID string) ([]Object, error) {
	var query api.Query
	query.AddNonEmpty("cust_id", tenantID)
	return c.rows(ctx, c.get("list connectors", query, "connectors"), "connectors")
}

// Sensors returns the data sensors.
//
// Source: clients of the vendor's engineers and of users.
//
//api:operation GET /connect/api/v1/data_sensors
func (c *Platform) Sensors(ctx context.Context) ([]Object, error) {
	return c.rows(ctx, c.get("list sensors", nil, "data_sensors"), "sensors")
}

// UserActivities returns what users did between two times, oldest first. Zero times
// leave the range to the server, which looks at most seven days back.
//
// Source: clients of the vendor's engineers.
//
//api:operation GET /connect/api/v1/user_activities
func (c *Platform) UserActivities(ctx context.Context, from, to time.Time) ([]Object, error) {
	query := api.Query{{Name: "sort", Value: "Timestamps"}, {Name: "order", Value: Ascending}}
	query.AddNonEmpty("FROM~Timestamps", milliseconds(from))
	query.AddNonEmpty("TO~Timestamps", milliseconds(to))
	return c.rows(ctx, c.get("list user activities", query, "user_activities"), "activities")
}

// StorageUsages returns how much each tenant stores. That the path stands under the
// version is a GUESS, here and for the lists below.
//
// Source: clients of the vendor's engineers and of users.
//
//api:operation GET /connect/api/v1/storage-usages
func (c *Platform) StorageUsages(ctx context.Context) ([]Object, error) {
	query := api.Query{{Name: "aggr_type", Value: "tenant"}}
	return c.rows(ctx, c.get("list storage usages", query, "storage-usages"), "data")
}

// EntityUsages returns how many entities were seen on each of the last days, 1 to 31.
//
// Source: a user's notes.
//
//api:operation GET /connect/api/v1/entity_usages/daily_count/all
func (c *Platform) EntityUsages(ctx context.Context, days int) ([]Object, error) {
	if days < 1 || days > 31 {
		return nil, &api.InvalidError{Field: "days", Problem: "must lie between 1 and 31"}
	}
	query := api.Query{{Name: "days", Value: number(int64(days))}}
	return c.rows(ctx, c.get("list entity usages", query, "entity_usages", "daily_count", "all"), "data")
}

// SensorIngestion returns how much came in by each sensor between two times. In
// which unit the server wants them is not published: milliseconds are a GUESS.
//
// Source: clients of the vendor's engineers and of users.
//
//api:operation GET /connect/api/v1/ingestion-stats/sensor
func (c *Platform) SensorIngestion(ctx context.Context, from, to time.Time) ([]Object, error) {
	return c.ingestion(ctx, "sensor", from, to)
}

// ConnectorIngestion is SensorIngestion by connector.
//
// Source: clients of the vendor's engineers and of users.
//
//api:operation GET /connect/api/v1/ingestion-stats/connector
func (c *Platform) ConnectorIngestion(ctx context.Context, from, to time.Time) ([]Object, error) {
	return c.ingestion(ctx, "connector", from, to)
}

func (c *Platform) ingestion(ctx context.Context, kind string, from, to time.Time) ([]Object, error) {
	var query api.Query
	query.AddNonEmpty("start_time", milliseconds(from))
	query.AddNonEmpty("end_time", milliseconds(to))
	return c.rows(ctx, c.get("list ingestion", query, "ingestion-stats", kind), "data")
}

// Lookups returns the platform's lookup lists.
//
// Source: clients of the vendor's engineers and of users.
//
//api:operation GET /connect/api/v1/lookups
func (c *Platform) Lookups(ctx context.Context) ([]Object, error) {
	return c.rows(ctx, c.get("list lookups", nil, "lookups"), "data")
}

// LogFilters returns the platform's filters of logs.
//
// Source: clients of the vendor's engineers and of users.
//
//api:operation GET /connect/api/v1/log_filters
func (c *Platform) LogFilters(ctx context.Context) ([]Object, error) {
	return c.rows(ctx, c.get("list log filters", nil, "log_filters"), "data")
}
