package httptransport

import (
	"crypto/x509"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Unverified names hosts whose certificates are believed whoever made them, for
// appliances that have one of their own making. Whoever stands between can then read
// and change everything, credentials included: Roots is the better way wherever the
// certificate can be had. No browser has such a setting: there, the certificate must
// be made known to the browser.
type Unverified struct {
	// Hosts as they stand in a URL, e.g. "siem.example" or "192.0.2.7:8443". All others
	// are verified.
	Hosts []string

	// Warn is told of each host once, before anything is sent to it. Without it every
	// certificate is verified: this is never off in silence.
	Warn func(host string)
}

// verification decides for each host.
type verification struct {
	Unverified

	mu     sync.Mutex
	warned []string
}

func (v *verification) off(scheme, host string) bool {
	if v.Warn == nil || scheme != "https" {
		return false
	}
	host = plainHost(host)
	if !slices.ContainsFunc(v.Hosts, func(named string) bool { return plainHost(named) == host }) {
		return false
	}
	v.mu.Lock()
	first := !slices.Contains(v.warned, host)
	if first {
		v.warned = append(v.warned, host)
	}
	v.mu.Unlock()
	if first {
		v.Warn(host)
	}
	return true
}

func plainHost(host string) string { return strings.TrimSuffix(strings.ToLower(host), ":443") }

// unverifying is base without verification.
func unverifying(base *http.Transport) *http.Transport {
	open := base.Clone()
	open.TLSClientConfig.InsecureSkipVerify = true // for named hosts alone, see Unverified
	return open
}

// RootsWith returns the system's certificate authorities and those of a PEM file's
// text, e.g. an appliance's own certificate.
func RootsWith(pem []byte) (*x509.CertPool, error) {
	roots, err := x509.SystemCertPool()
	if err != nil { // a system without any
		roots = x509.NewCertPool()
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, errors.New("there is no certificate in the file: it must be PEM, with BEGIN CERTIFICATE")
	}
	return roots, nil
}
