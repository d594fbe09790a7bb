package indicator_test

import (
	"fmt"

	"github.com/sightline-sec/sightline/core/indicator"
)

func ExampleScan() {
	text := "The loader asks hxxps[://]cdn[.]example[.]net/a, then 203.0.113[.]7; its own address is 10.0.0.5."
	for _, x := range indicator.Scan(text, indicator.Options{}) {
		fmt.Printf("%s %s (%s) %q\n", x.Type, x.Value, text[x.Span.Start:x.Span.End], x.Held)
	}
	// Output:
	// url https://cdn.example.net/a (hxxps[://]cdn[.]example[.]net/a) ""
	// ipv4 203.0.113.7 (203.0.113[.]7) ""
	// ipv4 10.0.0.5 (10.0.0.5) "private"
}

func ExampleDefang() {
	fmt.Println(indicator.Defang(indicator.URL, "https://cdn.example.net/a.js"))
	fmt.Println(indicator.Defang(indicator.Email, "user@example.org"))
	// Output:
	// hxxps[://]cdn[.]example[.]net/a.js
	// user[@]example[.]org
}

func ExampleSteps_Words() {
	found := indicator.Scan("hxxp://evil[.]example", indicator.Options{})
	fmt.Println(found[0].Steps.Words())
	// Output: [disguised scheme to http [.] to .]
}

func ExampleStream() {
	s := indicator.NewStream(indicator.Options{}, func(x indicator.Indicator) {
		fmt.Println(x.Value, x.Span)
	})
	for _, piece := range []string{"see evil[.", "]example.o", "rg for more"} {
		_, _ = s.WriteString(piece)
	}
	_ = s.Close()
	// Output: evil.example.org {4 22}
}

func ExampleType_STIXPattern() {
	fmt.Println(indicator.SHA256.STIXPattern("ab12"))
	fmt.Println(indicator.FilePath.STIXPattern(`C:\Temp\it's.exe`))
	// Output:
	// [file:hashes.'SHA-256' = 'ab12']
	// [file:name = 'it\'s.exe' AND file:parent_directory_ref.path = 'C:\\Temp']
}
