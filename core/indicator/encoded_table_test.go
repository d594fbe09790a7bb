package indicator

import "testing"

// TestEncodedTable pins URLs that are wrapped in another encoding.
func TestEncodedTable(t *testing.T) {
	t.Parallel()
	checkTable(t, []struct{ text, want string }{
		{"http%3A%2F%2Fa%2Eexample%2Enet%2Fx", "url http://a.example.net/x"},
		{"u=http%3A%2F%2Fa.example.net%2Fx&v=1", "url http://a.example.net/x"},
		{"aHR0cDovL2EuZXhhbXBsZS5uZXQveA==", "url http://a.example.net/x"},
		{"eHggaHR0cDovL2EuZXhhbXBsZS5uZXQveA", "url http://a.example.net/x"},
		{"aHR0cFs6XS8vZXZpbC5leGFtcGxlLm5ldC94", "url http://evil.example.net/x"},               // http[:]//evil.example.net/x
		{"aHR0cCYjNTg7JiM0NzsmIzQ3O2V2aWwuZXhhbXBsZS5uZXQveA", "url http://evil.example.net/x"}, // http&#58;&#47;&#47;evil.example.net/x
		{"aHR0cCUzQSUyRiUyRmV2aWwuZXhhbXBsZS5uZXQlMkZ4", "url http://evil.example.net/x"},       // http%3A%2F%2Fevil.example.net%2Fx
		{"aHR0cDpcXGV2aWwuZXhhbXBsZS5uZXQveA", "url http://evil.example.net/x"},                 // http:\\evil.example.net/x
		{"aHR0cFs6XVsvXVsvXWV2aWwuZXhhbXBsZS5uZXQveA", "url http://evil.example.net/x"},         // http[:][/][/]evil.example.net/x
		{"687474703a2f2f612e6578616d706c652e6e65742f78", "url http://a.example.net/x"},
		{"http&#58;//a&#46;example&#46;net", "url http://a.example.net"},
		{"https://a.example.net/?u=http%3A%2F%2Fb.example.net", "url https://a.example.net/?u=http%3A%2F%2Fb.example.net"},
	})
}
