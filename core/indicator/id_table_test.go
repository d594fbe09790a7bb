package indicator

import "testing"

// TestIdTable pins the ids of vulnerabilities, weaknesses and ATT&CK.
func TestIdTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"CVE-2021-44228", "cve CVE-2021-44228"},
		{"cve-2021-44228", "cve CVE-2021-44228"},
		{"CVE\u20112021\u201144228", "cve CVE-2021-44228"},
		{"CVE 2021-44228", "cve CVE-2021-44228"},
		{"CVE: 2021-44228", "cve CVE-2021-44228"},
		{"HEUR:Exploit.CVE_2017_11882", "cve CVE-2017-11882"},
		{"CVE-2021-12", ""},
		{"CVE-1492-1234", ""},
		{"Exploit.CVE-2017-11882.Gen", "cve CVE-2017-11882"},
		{"CWE-79 CAPEC-13", "cwe CWE-79 | capec CAPEC-13"},
		{"GHSA-jfh8-c2jp-5v3q", "ghsa GHSA-jfh8-c2jp-5v3q"},
		{"cpe:2.3:a:openbsd:openssh:7.5:-:*:*:*:*:*:*", "cpe cpe:2.3:a:openbsd:openssh:7.5:-:*:*:*:*:*:*"},
		{"cpe:/a:openbsd:openssh:7.5", "cpe cpe:/a:openbsd:openssh:7.5"},
		{"T1059 T1059.001 t1566 T1027/002", "attack_technique T1059 | attack_technique T1059.001 | attack_technique T1566 | attack_technique T1027.002"},
		{"T9999 T1000 XT1059 T1059-x", ""},
		{"TA0001 G0016 S0154 M1013", "attack_tactic TA0001 | attack_group G0016 | attack_software S0154 | attack_mitigation M1013"},
		{"g0016", ""},
		{"AS13335 ASN13335 ASN 13335", "asn AS13335 | asn AS13335 | asn AS13335"},
		{"AS 13335", "asn AS13335"},
		{"origin AS 13335", "asn AS13335"},
		{"AS64512 AS0", ""},
		{"AS/400, just as 2014", ""},
		{"AS 2014", ""},
		{"TLP:AMBER TLP:AMBER+STRICT tlp-green TLPRED", "tlp TLP:AMBER | tlp TLP:AMBER+STRICT | tlp TLP:GREEN | tlp TLP:RED"},
		{"TLP: AMBER, tlp red", "tlp TLP:AMBER | tlp TLP:RED"},
		{"TLP: redacted", ""},
		{"ASN: 13335", "asn AS13335"},
		{"UA-12345-1 pub-1234567890123456", "ga_tracking UA-12345-1 | ga_publisher pub-1234567890123456"},
		{"+442071234567 and +1 (202) 555-0100", "phone +442071234567 | phone +12025550100"},
		{"GB82WEST12345698765432 GB82WEST12345698765431", "iban GB82WEST12345698765432"},
		{"00:1A:2B:3C:4D:5E 00-1a-2b-3c-4d-5e 001a.2b3c.4d5e", "mac 00:1a:2b:3c:4d:5e | mac 00:1a:2b:3c:4d:5e | mac 00:1a:2b:3c:4d:5e"},
		{"00:00:00:00:00:00 00:1A:2B:3C:4D:5E:6F:70", ""},
	})
}
