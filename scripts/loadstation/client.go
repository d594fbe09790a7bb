//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// ledger is what all clients together have seen.
type ledger struct {
	mu sync.Mutex
	// acknowledged maps external ids to the station's.
	acknowledged  map[string]string
	ids           []string
	sent          int
	writes, reads []time.Duration
	// refused counts answers other than 200.
	refused map[string]int
}

// client is one analyst.
type client struct {
	http          http.Client
	key, secret   string
	enclave       string
	authorization string
}

func newClient(said []byte) (*client, error) {
	var line struct {
		APIKey    string `json:"apiKey"`
		APISecret string `json:"apiSecret"`
		Enclaves  []struct {
			ID string `json:"id"`
		} `json:"enclaves"`
	}
	if err := json.Unmarshal(said, &line); err != nil {
		return nil, err
	}
	c := &client{key: line.APIKey, secret: line.APISecret, enclave: line.Enclaves[0].ID}
	c.http = http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{}}
	return c, nil
}

// send returns status and body; an error means that no whole answer came.
func (c *client) send(ctx context.Context, method, address, body string) (int, string, error) {
	req, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	if c.authorization != "" {
		req.Header.Set("Authorization", c.authorization)
	} else {
		req.SetBasicAuth(c.key, c.secret)
	}
	resp, err := c.http.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(text), err
}

func (c *client) signIn(ctx context.Context, base string) error {
	c.authorization = ""
	status, text, err := c.send(ctx, "POST", base+"/oauth/token", "grant_type=client_credentials")
	if err != nil {
		return err
	}
	var token struct {
		Token string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(text), &token); err != nil || status != 200 {
		return fmt.Errorf("token: %d %s", status, text)
	}
	c.authorization = "Bearer " + token.Token
	return nil
}

// write submits one report after the other, in turns by the three versions, until the
// station is gone.
func (c *client) write(ctx context.Context, base string, number int, l *ledger) {
	for i := 0; ; i++ {
		external := fmt.Sprintf("w%di%d", number, i)
		text := fmt.Sprintf("Beacons from 203.0.%d.%d to c2-%d.example-load.com and drop.example-load.com, hash %032x", i%250, number+1, i%500, i*7919+number)
		method, path, body := "POST", "/api/1.3/reports", map[string]any{
			"title": external, "reportBody": text, "externalTrackingId": external, "enclaveIds": []string{c.enclave},
		}
		switch i % 3 {
		case 1:
			path = "/api/1.2/report"
			body = map[string]any{
				"incidentReport": map[string]any{"title": external, "reportBody": text, "externalTrackingId": external, "distributionType": "ENCLAVE"},
				"enclaveIds":     []string{c.enclave},
			}
		case 2:
			path = "/api/2.0/submissions/events/upsert"
			body = map[string]any{"title": external, "content": text, "externalId": external, "enclaveGuid": c.enclave}
		}
		encoded, _ := json.Marshal(body)
		l.mu.Lock()
		l.sent++
		l.mu.Unlock()
		began := time.Now()
		status, answer, err := c.send(ctx, method, base+path, string(encoded))
		took := time.Since(began)
		if err != nil {
			return
		}
		l.mu.Lock()
		if status == 200 {
			l.acknowledged[external] = idIn(answer)
			l.ids = append(l.ids, external)
			l.writes = append(l.writes, took)
		} else {
			l.refused[fmt.Sprint(status)]++
		}
		l.mu.Unlock()
	}
}

// idIn finds the report's id in an answer of any version.
func idIn(answer string) string {
	var named struct {
		ReportID string `json:"reportId"`
		ID       string `json:"id"`
	}
	if json.Unmarshal([]byte(answer), &named) != nil {
		return answer
	}
	return named.ReportID + named.ID
}

// read asks what an analyst asks, until the station is gone.
func (c *client) read(ctx context.Context, base string, number int, l *ledger) {
	random := rand.New(rand.NewPCG(uint64(number), 1))
	for {
		value := fmt.Sprintf("203.0.%d.%d", random.IntN(250), random.IntN(20)+1)
		method, path, body := "GET", "/api/1.3/reports/correlated?indicators="+value, ""
		switch random.IntN(6) {
		case 0:
			path = "/api/1.3/reports?enclaveIds=" + c.enclave
		case 1:
			method, path, body = "POST", "/api/1.3/indicators/metadata", `[{"value":"`+value+`"}]`
		case 2:
			path = "/api/1.2/reports/correlate?q=" + value
		case 3:
			method, path, body = "POST", "/api/1.3/indicators/summaries", `["`+value+`"]`
		case 4:
			l.mu.Lock()
			if len(l.ids) > 0 {
				path = "/api/1.3/reports/" + l.ids[random.IntN(len(l.ids))] + "?idType=external"
			}
			l.mu.Unlock()
		}
		began := time.Now()
		status, _, err := c.send(ctx, method, base+path, body)
		took := time.Since(began)
		if err != nil {
			return
		}
		l.mu.Lock()
		l.reads = append(l.reads, took)
		if status != 200 {
			l.refused[fmt.Sprint("read ", status)]++
		}
		l.mu.Unlock()
	}
}

// missing counts the acknowledged reports that the station does not answer under their
// external id with the id that was acknowledged.
func (c *client) missing(ctx context.Context, base string, acknowledged map[string]string) (int, error) {
	type pair struct{ external, id string }
	work, lost := make(chan pair), 0
	var mu sync.Mutex
	var group sync.WaitGroup
	var failed error
	for range 4 {
		group.Go(func() {
			for p := range work {
				status, answer, err := c.send(ctx, "GET", base+"/api/1.3/reports/"+url.PathEscape(p.external)+"?idType=external", "")
				mu.Lock()
				if err != nil {
					failed = err
				} else if status != 200 || idIn(answer) != p.id {
					lost++
				}
				mu.Unlock()
			}
		})
	}
	for external, id := range acknowledged {
		work <- pair{external, id}
	}
	close(work)
	group.Wait()
	return lost, failed
}
