package indicator

import "testing"

// TestNameTable pins malware, tools and threat actors.
func TestNameTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"They used Emotet, TrickBot and Cobalt Strike.", "malware Emotet | malware TrickBot | malware Cobalt Strike"},
		{"APT29 and Lazarus Group", "threat_actor APT29 | threat_actor Lazarus Group"},
		{"MIMIKATZ and mimikatz", "tool Mimikatz | tool Mimikatz"},
		{"we play a game", ""},
		{"Play is a game", ""},
		{"Play ransomware encrypted it", "malware Play"},
		{"the Dukes", "threat_actor The Dukes"},
		{"Dukes of York", ""},
		{"Operation Dust Storm", ""},
		{"Emotet.dll", "file_name Emotet.dll"},
		{"emotetx", ""},
		{"see #Emotet", "malware Emotet"},
		{"page.html#Emotet", "file_name page.html"},
		{"Tor exit", "tool Tor"},
		{"x ,Emotet]], y", "malware Emotet"},
	})
}
