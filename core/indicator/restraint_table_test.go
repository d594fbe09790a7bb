package indicator

import "testing"

// TestRestraintTable pins what only looks like an indicator.
func TestRestraintTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"version 1.2.3.4", "ipv4 1.2.3.4 !version"},
		{"v1.2.3.4", ""},
		{"foo (>= 1.2.3.4)", "ipv4 1.2.3.4 !version"},
		{"Chrome/96.0.46.45", "ipv4 96.0.46.45 !version"},
		{"section 4.3.2.1", "ipv4 4.3.2.1 !version"},
		{"1.3.6.1.4.1.311", ""},
		{"foo 1.2.3.4-rc1", "ipv4 1.2.3.4 !version"},
		{"AutoIt 3.3.14.5", "ipv4 3.3.14.5 !version"},
		{"Opera 98.0.0.12", "ipv4 98.0.0.12 !version"},
		{"Seen 203.0.113.7 again", "ipv4 203.0.113.7"},
		{"Blocked 45.0.77.9 and 104.21.0.3.", "ipv4 45.0.77.9 | ipv4 104.21.0.3"},
		{"Version=4.0.0.0, Culture=neutral", "ipv4 4.0.0.0 !version"},
		{"AssemblyVersion(\"1.2.3.4\")", "ipv4 1.2.3.4 !version"},
		{"the 1.2.3.4 release", "ipv4 1.2.3.4 !version"},
		{"versions 1.2.3.4 and 1.2.3.5", "ipv4 1.2.3.4 !version | ipv4 1.2.3.5 !version"},
		{"| File | Version |\n|---|---|\n| a.dll | 5.6.7.8 |", "file_name a.dll | ipv4 5.6.7.8 !version"},
		{"server 5.6.7.8 answered", "ipv4 5.6.7.8"},
		{"setup.py and README.md", "file_name setup.py | file_name README.md"},
		{"this.name and self.data", "domain this.name !code | domain self.data !code"},
		{"obj.id = 3; foo(a.link)", "domain obj.id !code | domain a.link !code"},
		{"works.In the", "domain works.in !sentence"},
		{"com.example.android.app", "file_name com.example.android.app"},
		{"System.IO", "domain system.io !code"},
		{"std::io::Read", ""},
		{"java.net and log.info", "domain java.net !code | domain log.info !code"},
		{"ul.menu li.last", "domain ul.menu !code"},
		{"see configure.in", "domain configure.in !file_name"},
		{"works.it", "domain works.it"},
		{"a.b.c", "file_name a.b.c"},
		{"nodejs: import x.name", "domain x.name !code"},
		{"- bad.app", "domain bad.app"},
		{"`bad.link`", "domain bad.link"},
		{"Upgraded from 3.4.5.6 to 3.4.5.7", "ipv4 3.4.5.6 !version | ipv4 3.4.5.7 !version"},
		{"Connected from 3.4.5.6 to 3.4.5.7", "ipv4 3.4.5.6 | ipv4 3.4.5.7"},
		{"versions 2.0.0.1 through 2.14.1.3", "ipv4 2.0.0.1 !version | ipv4 2.14.1.3 !version"},
		{"sdk: 30.0.3.1", "ipv4 30.0.3.1 !version"},
		{"Req. 10.2.1.1 of the standard", "ipv4 10.2.1.1 !version"},
		{"#include <foo.cc>", "domain foo.cc !file_name"},
		{"<foo.cc>", "domain foo.cc"},
		{"Math.max(a.top, b.top)", "domain a.top !code | domain b.top !code"},
		{"- b.top", "domain b.top"},
		{"meet at noon dot dot dot", ""},
		{
			"index 83db48f1c2a9d0f7b6e5d4c3b2a190817263545f..9fceb02d0ae598e95dc970b74767f19372d61af8 100644",
			"sha1 83db48f1c2a9d0f7b6e5d4c3b2a190817263545f !commit | sha1 9fceb02d0ae598e95dc970b74767f19372d61af8 !commit",
		},
	})
}
