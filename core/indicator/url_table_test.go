package indicator

import "testing"

// TestUrlTable pins where URLs begin and end.
func TestUrlTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"see https://Evil.Example.org/Path?q=1.", "url https://evil.example.org/Path?q=1"},
		{"(http://a.example.net/x)", "url http://a.example.net/x"},
		{"http://a.example.net/x_(y)", "url http://a.example.net/x_(y)"},
		{"<http://a.example.net>", "url http://a.example.net"},
		{"[text](http://a.example.net/x)", "url http://a.example.net/x"},
		{"http://a.example.net/[label", "url http://a.example.net"},
		{"+http://a.example.net/x.php+", "url http://a.example.net/x.php"},
		{"http://a.example.net/?a[0]=1&b[x]=2", "url http://a.example.net/?a[0]=1&b[x]=2"},
		{"http://a.example.net/x,http://b.example.net/y", "url http://a.example.net/x | url http://b.example.net/y"},
		{"http://user:pw@a.example.net:8080/x", "url http://user:pw@a.example.net:8080/x"},
		{"http://[2001:db8::7]:8080/x", "url http://[2001:db8::7]:8080/x"},
		{"ftp://a.example.net/f.bin", "url ftp://a.example.net/f.bin"},
		{"ldap://a.example.net:1389/o=x", "url ldap://a.example.net:1389/o=x"},
		{"hxxp://a.example.net/x", "url http://a.example.net/x"},
		{"hXXps://a.example.net/x", "url https://a.example.net/x"},
		{"hxxps[://]a[.]example[.]net/x", "url https://a.example.net/x"},
		{"http[:]//a[.]example[.]net/x", "url http://a.example.net/x"},
		{"h**p://a.example.net/x", "url http://a.example.net/x"},
		{"h__p://a.example.net/x", "url http://a.example.net/x"},
		{"htxp://a.example.net", "url http://a.example.net"},
		{"h[tt]p://a.example.net/x", "url http://a.example.net/x"},
		{"meow://a.example.net/x", "url http://a.example.net/x"},
		{"http:\\\\a.example.net/x", "url http://a.example.net/x"},
		{"http__a.example.net/x", "url http://a.example.net/x"},
		{"http:// a.example.net/x", "url http://a.example.net/x"},
		{"http ://a.example.net/x", "url http://a.example.net/x"},
		{"http:///a.example.net/x", "url http://a.example.net/x"},
		{"http//a.example.net/x", "url http://a.example.net/x"},
		{"http:// a .example .net /x", "url http://a.example.net/x"},
		{"http!://a.example.net/x", "url http://a.example.net/x"},
		{"a.example.net/x/y", "url a.example.net/x/y"},
		{"a.example.net:8080/x", "url a.example.net:8080/x"},
		{"and/or", ""},
		{"text/html", ""},
		{"https://", ""},
		// Segments of a path that are words of a disguise elsewhere.
		{"https://www.example.com/dot/com", "url https://www.example.com/dot/com"},
		{"https://drive.example.com/a/at/b?x=1", "url https://drive.example.com/a/at/b?x=1"},
		{"https://www.example.com/AT/held/DOT/net", "url https://www.example.com/AT/held/DOT/net"},
		{"http://localhost/", ""},
		{"http://a.example.zzzz/x", "url http://a.example.zzzz/x !unknown_tld"},
		{"http://a.example.net/", "url http://a.example.net"},
		{"HTTP://A.EXAMPLE.NET/X", "url http://a.example.net/X"},
		{"\u201chttp://a.example.net/x\u201d", "url http://a.example.net/x"},
		{"http://a.example.net/x\u3002", "url http://a.example.net/x"},
		{"http://a.example.net/p'q'", "url http://a.example.net/p'q"},
		{"https://a.example.net/x,False,12", "url https://a.example.net/x"},
	})
}
