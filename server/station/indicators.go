package station

import (
	"crypto/md5" //nolint:gosec // names, not secrets: RFC 9562 makes UUIDs of version 3 with it
	"encoding/hex"
	"slices"
	"strings"

	"github.com/sightline-sec/sightline/core/indicator"
)

// indicatorTypes are the types of an indicator in 1.2 and 1.3.
func indicatorTypes() []string {
	return []string{
		"IP", "CIDR_BLOCK", "URL", "EMAIL_ADDRESS", "MD5", "SHA1", "SHA256", "MALWARE", "SOFTWARE", "REGISTRY_KEY", "CVE", "BITCOIN_ADDRESS",
	}
}

// observableTypes are the types of an observable in 2.0.
func observableTypes() []string {
	return []string{
		"BITCOIN_ADDRESS", "CIDR_BLOCK", "DOMAIN", "EMAIL_ADDRESS", "IP4", "IP6", "MD5", "PHONE_NUMBER", "REGISTRY_KEY", "SHA1", "SHA256",
		"SOFTWARE", "URL", "X_ID",
	}
}

// observableType is the type in 2.0 of an indicator's type and value in 1.3; "" where it
// is an attribute there. The schema has the same rule in SQL.
func observableType(indicatorType, value string) string {
	switch indicatorType {
	case "IP":
		if strings.Contains(value, ":") {
			return "IP6"
		}
		return "IP4"
	case "URL":
		if strings.Contains(value, "/") {
			return "URL"
		}
		return "DOMAIN"
	case "CVE", "MALWARE":
		return ""
	}
	return indicatorType
}

// indicatorType is the type in 1.3 of an observable's type; "" where it has none.
func indicatorType(observable string) string {
	switch observable {
	case "IP4", "IP6":
		return "IP"
	case "DOMAIN":
		return "URL"
	case "PHONE_NUMBER", "X_ID":
		return ""
	}
	return observable
}

// extract finds the indicators of a report's body in the order of their first
// appearance, each once. Private and reserved addresses are left out, as the vendor
// does. The title is not searched (GUESS).
func extract(body string) storedIndicators {
	return gather(body, indicator.Options{DropHeld: true})
}

// recognise finds the indicators of a text that somebody gave as an indicator: what a
// report would hold back is meant here.
func recognise(text string) storedIndicators { return gather(text, indicator.Options{}) }

func gather(text string, options indicator.Options) storedIndicators {
	var (
		found storedIndicators
		seen  = map[[3]string]bool{}
	)
	for _, hit := range indicator.Scan(text, options) {
		one := storedIndicator{Type: hit.Type.TruSTAR(), Value: hit.Value}
		if one.Type == "" {
			// The types that 2.0 alone knows.
			one.ObservableType = hit.Type.TruSTAR2()
		}
		key := [3]string{one.Type, one.ObservableType, one.Value}
		if (one.Type != "" || one.ObservableType != "") && !seen[key] {
			seen[key] = true
			found = append(found, one)
		}
	}
	return found
}

// recogniseOne is the single indicator that a text is, false if it is none.
func recogniseOne(text string) (storedIndicator, bool) {
	found := recognise(strings.TrimSpace(text))
	if len(found) != 1 {
		return storedIndicator{}, false
	}
	return found[0], true
}

// observable is the indicator's type in 2.0.
func (i storedIndicator) observable() string {
	if i.ObservableType != "" {
		return i.ObservableType
	}
	return observableType(i.Type, i.Value)
}

// known13 are the indicators that 1.2 and 1.3 have a type for.
func (list storedIndicators) known13() foundIndicators {
	var found foundIndicators
	for _, one := range list {
		if one.Type != "" {
			found = append(found, foundIndicator{one.Type, one.Value})
		}
	}
	return found
}

// values are the folded values of a list, each once.
func (list storedIndicators) values() []string {
	var values []string
	for _, one := range list {
		if value := fold(one.Value); !slices.Contains(values, value) {
			values = append(values, value)
		}
	}
	return values
}

// guid13 is the name of an indicator in 1.3.
func guid13(indicatorType, value string) string { return indicatorType + "|" + value }

// nameID is the UUID of version 3 of a name: the same for the same name.
func nameID(parts ...string) string {
	raw := md5.Sum([]byte(strings.Join(parts, "\x00"))) //nolint:gosec // see the import
	raw[6] = raw[6]&0x0f | 0x30
	raw[8] = raw[8]&0x3f | 0x80
	return dashed(hex.EncodeToString(raw[:]))
}

// dashed writes 32 hexadecimal digits as a UUID.
func dashed(digits string) string {
	return digits[:8] + "-" + digits[8:12] + "-" + digits[12:16] + "-" + digits[16:20] + "-" + digits[20:]
}

// unknownType returns the first text that is not among the known ones, "" if all are.
func unknownType(given, known []string) string {
	for _, one := range given {
		if !slices.Contains(known, one) {
			return one
		}
	}
	return ""
}
