package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"io"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// certificate writes a self-signed certificate for 127.0.0.1 and returns its files and a
// pool that trusts it.
func certificate(t *testing.T) (cert, key string, pool *x509.CertPool) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "station"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	require.NoError(t, err)
	encoded, err := x509.MarshalECPrivateKey(private)
	require.NoError(t, err)
	folder := t.TempDir()
	cert, key = filepath.Join(folder, "cert.pem"), filepath.Join(folder, "key.pem")
	pemCert := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	require.NoError(t, os.WriteFile(cert, pemCert, 0o600))
	require.NoError(t, os.WriteFile(key, pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: encoded}), 0o600))
	pool = x509.NewCertPool()
	require.True(t, pool.AppendCertsFromPEM(pemCert))
	return cert, key, pool
}

// TestStationTLS: the station answers https with a given certificate, and nothing else.
func TestStationTLS(t *testing.T) {
	t.Parallel()
	cert, key, pool := certificate(t)
	station := serve(t, "station", "--demo", "--tls-cert", cert, "--tls-key", key)
	require.True(t, strings.HasPrefix(station.url, "https://127.0.0.1:"), station.url)
	var said stationReady
	require.NoError(t, json.Unmarshal([]byte(station.line), &said))
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	request, err := http.NewRequestWithContext(t.Context(), "POST", station.url+"/oauth/token?grant_type=client_credentials", nil)
	require.NoError(t, err)
	request.SetBasicAuth(said.APIKey, said.APISecret)
	answer, err := client.Do(request)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	assert.Equal(t, 200, answer.StatusCode, string(body))
	assert.Contains(t, string(body), "access_token")

	plain, err := http.Get("http" + strings.TrimPrefix(station.url, "https"))
	if err == nil {
		plain.Body.Close()
		assert.Equal(t, 400, plain.StatusCode, "no answer without TLS")
	}

	for _, flags := range [][]string{{"--tls-cert", cert}, {"--tls-key", key}, {"--tls-cert", key, "--tls-key", cert}} {
		got := call(t, nil, "", append([]string{"station"}, flags...)...)
		assert.NotEqual(t, exitOK, got.code, flags)
		assert.NotContains(t, got.stderr, "PRIVATE KEY")
	}
}

// TestStationAdministration: users and enclaves are made, listed and removed; the store
// moves as SQL; a limit of the command line holds.
func TestStationAdministration(t *testing.T) {
	t.Parallel()
	db := filepath.Join(t.TempDir(), "station.db")
	admin := func(args ...string) string {
		got := call(t, nil, "", append([]string{"station"}, args...)...)
		require.Equal(t, exitOK, got.code, got.stderr)
		return got.stdout
	}
	admin("enclave", "add", "--db", db, "--company", "Kestrel", "--name", "Mail", "--type", "CLOSED", "--phishing")
	var made stationReady
	require.NoError(t, json.Unmarshal([]byte(admin("user", "add", "--db", db, "--company", "Kestrel", "--name", "Ana",
		"--enclave", "Intel", "--read", "Mail", "--submit", "Drop")), &made))
	require.Len(t, made.Enclaves, 3)
	admin("user", "add", "--db", db, "--company", "Kestrel", "--name", "Ben")
	admin("redact", "--db", db, "--company", "Kestrel", "--term", "Kestrel Ltd", "--as", "company")

	users := admin("user", "list", "--db", db)
	require.Equal(t, 2, strings.Count(users, "\n"))
	assert.NotContains(t, users, made.APIKey)
	enclaves := admin("enclave", "list", "--db", db)
	assert.Contains(t, enclaves, `"company":"Kestrel","name":"Mail","type":"CLOSED","template":"Phishing Enclave"`)
	script := admin("sql", "--db", db)
	assert.Contains(t, script, "kestrel ltd")
	assert.NotContains(t, script, made.APISecret)
	assert.Contains(t, admin("sql", "--from", "1"), "CREATE TABLE IF NOT EXISTS safelists")
	assert.NotEqual(t, exitOK, call(t, nil, "", "station", "sql").code, "a new store has a first user")

	station := serve(t, "station", "--db", db, "--calls-per-minute", "2")
	token := func() (int, string) {
		request, err := http.NewRequestWithContext(t.Context(), "POST", station.url+"/oauth/token?grant_type=client_credentials", nil)
		require.NoError(t, err)
		request.SetBasicAuth(made.APIKey, made.APISecret)
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		defer answer.Body.Close()
		var said struct {
			Token string `json:"access_token"`
		}
		_ = json.NewDecoder(answer.Body).Decode(&said)
		return answer.StatusCode, said.Token
	}
	status, bearer := token()
	require.Equal(t, 200, status)
	limited := false
	for range 5 { // the minute may turn in between
		request, err := http.NewRequestWithContext(t.Context(), "GET", station.url+"/api/2.0/enclaves", nil)
		require.NoError(t, err)
		request.Header.Set("Authorization", "Bearer "+bearer)
		answer, err := http.DefaultClient.Do(request)
		require.NoError(t, err)
		answer.Body.Close()
		limited = limited || answer.StatusCode == 429
	}
	assert.True(t, limited)

	for line := range strings.Lines(users) {
		var user struct{ ID string }
		require.NoError(t, json.Unmarshal([]byte(line), &user))
		admin("user", "remove", "--db", db, user.ID)
		assert.NotEqual(t, exitOK, call(t, nil, "", "station", "user", "remove", "--db", db, user.ID).code, "once")
	}
	status, _ = token()
	assert.Equal(t, 401, status, "a removed user is out while the station runs")
}
