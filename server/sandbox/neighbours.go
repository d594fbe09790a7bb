package sandbox

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The endpoints around the cases, as far as the clients of cases touch them. What
// no client reads is left out; what stands in a row beyond its ids is a GUESS.

// listTenants answers GET tenants; fields chooses among the keys.
func (s *Sandbox) listTenants(r *http.Request) answer {
	rows := []map[string]any{}
	for i, t := range tenants() {
		if scope := scopeOf(r); scope != "" && scope != t.id {
			continue
		}
		row := map[string]any{
			"cust_id": t.id, "cust_name": t.name, "tgrp_name": []string{"Customers", "Trials"}[i/4], "address": fmt.Sprintf("%d Quay Street", 10+i),
			"contact": "soc@" + strings.ToLower(strings.ReplaceAll(t.name, " ", "-")) + ".example", "ds_num": 2 + i, "user_num": 1 + i,
			"created_at": s.start.Add(-time.Duration(400+i) * 24 * time.Hour).Unix(), // seconds, unlike all else
		}
		rows = append(rows, keep(row, r.URL.Query().Get("fields")))
	}
	return data(rows)
}

// keep leaves the named fields; "" leaves all.
func keep(row map[string]any, fields string) map[string]any {
	if fields == "" {
		return row
	}
	for name := range row {
		if !slices.Contains(strings.Split(fields, ","), name) {
			delete(row, name)
		}
	}
	return row
}

// listConnectors answers GET connectors?cust_id=, not under "data".
func (s *Sandbox) listConnectors(r *http.Request) answer {
	rows := []map[string]any{}
	for i, t := range tenants() {
		if of := orElse(scopeOf(r), r.URL.Query().Get("cust_id")); of == "" || of == t.id {
			rows = append(rows, map[string]any{
				"_id": fmt.Sprintf("c0%02d5d7e9f1a3b5c7d9e1f3a", i), "cust_id": t.id, "name": "Mail of " + t.name, "type": "office365", "active": i%5 != 4,
				"last_activity": s.start.Add(-time.Duration(i) * time.Hour).UnixMilli(),
			})
		}
	}
	return success(struct {
		Connectors []map[string]any `json:"connectors"`
		Total      int              `json:"total"`
	}{rows, len(rows)})
}

// listSensors answers GET data_sensors, not under "data".
func (s *Sandbox) listSensors(*http.Request) answer {
	rows := []map[string]any{}
	for i := range 12 {
		rows = append(rows, map[string]any{
			"sensor_id": fmt.Sprintf("5e%06d", i+1), "hostname": "sensor-" + strconv.Itoa(i+1), "cust_id": tenants()[i%len(tenants())].id,
			"status": []string{"connected", "disconnected"}[i/11], "mode": "modular",
		})
	}
	return success(struct {
		Sensors []map[string]any `json:"sensors"`
	}{rows})
}

// listUserActivities answers GET user_activities, not under "data": who did what
// over the last seven days. A wider range is cut to seven days (GUESS).
func (s *Sandbox) listUserActivities(r *http.Request) answer {
	values := r.URL.Query()
	from, to := s.start.Add(-7*24*time.Hour).UnixMilli(), s.start.UnixMilli()
	for name, into := range map[string]*int64{"FROM~Timestamps": &from, "TO~Timestamps": &to} {
		if values.Has(name) {
			n, err := strconv.ParseInt(values.Get(name), 10, 64)
			if err != nil {
				return failure(http.StatusBadRequest, name+": must be a number")
			}
			*into = n
		}
	}
	from = max(from, to-(7*24*time.Hour).Milliseconds())
	rows := []map[string]any{}
	for i, at := 0, s.start.Add(-7*24*time.Hour); at.Before(s.start); i, at = i+1, at.Add(5*time.Hour) {
		if ms := at.UnixMilli(); from <= ms && ms <= to {
			p := people()[i%len(people())]
			rows = append(rows, map[string]any{"Timestamps": ms, "User": p.name, "Action": []string{"login", "view case", "update case"}[i%3], "Target": "case"})
		}
	}
	if values.Get("order") == "desc" {
		slices.Reverse(rows)
	}
	return success(struct {
		Activities []map[string]any `json:"activities"`
	}{rows})
}

// listStorageUsages answers GET storage-usages?aggr_type=tenant.
func (s *Sandbox) listStorageUsages(*http.Request) answer {
	rows := []map[string]any{}
	for i, t := range tenants() {
		rows = append(rows, map[string]any{"cust_id": t.id, "cust_name": t.name, "volume_gb": float64(40*(i+1)) + 0.5})
	}
	return data(rows)
}

// listEntityUsages answers GET entity_usages/daily_count/all?days=, 1 to 31.
func (s *Sandbox) listEntityUsages(r *http.Request) answer {
	days, err := strconv.Atoi(orElse(r.URL.Query().Get("days"), "1"))
	if err != nil || days < 1 || days > 31 {
		return failure(http.StatusUnprocessableEntity, "days: must be a number from 1 to 31")
	}
	rows := []map[string]any{}
	for i := range days {
		rows = append(rows, map[string]any{"date": s.start.AddDate(0, 0, i-days).UTC().Format(time.DateOnly), "count": 300 + 7*i})
	}
	return data(rows)
}

// listIngestion answers GET ingestion-stats/sensor and ingestion-stats/connector.
func (s *Sandbox) listIngestion(r *http.Request) answer {
	for _, name := range []string{"start_time", "end_time"} {
		if value := r.URL.Query().Get(name); value != "" {
			if _, err := strconv.ParseInt(value, 10, 64); err != nil {
				return failure(http.StatusBadRequest, name+": must be a number")
			}
		}
	}
	rows := []map[string]any{}
	for i := range 4 {
		rows = append(rows, map[string]any{"name": r.PathValue("kind") + "-" + strconv.Itoa(i+1), "bytes": int64(i+1) << 30, "records": 100_000 * (i + 1)})
	}
	return data(rows)
}

// listLookups and listLogFilters answer lists whose rows no source describes.
func (s *Sandbox) listLookups(*http.Request) answer {
	return data([]map[string]any{{"_id": "l1", "name": "Known scanners", "size": 12}, {"_id": "l2", "name": "Managers", "size": 30}})
}

func (s *Sandbox) listLogFilters(*http.Request) answer {
	return data([]map[string]any{{"_id": "f1", "name": "Drop health checks", "enabled": true}})
}
