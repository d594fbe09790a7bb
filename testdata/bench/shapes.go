package bench

import "strconv"

var words = []string{
	"the", "operators", "used", "a", "loader", "to", "reach", "second", "stage", "in", "March", "it", "was", "delivered", "by", "mail", "and",
	"archive", "held", "shortcut", "once", "ran", "host", "asked", "for", "list", "of", "tasks", "we", "saw", "no", "lateral", "movement", "but",
	"keys", "were", "read", "from", "memory", "which", "points", "at", "an", "earlier", "campaign", "with", "well", "known", "tooling", "that",
	"has", "not", "changed", "since", "victims", "include", "energy", "transport", "firms", "several", "countries", "their", "backups", "survived",
}

// prose is a paragraph: an indicator in every fifth sentence.
func prose(m *maker) {
	for range 4 + m.n(5) {
		for i := range 8 + m.n(14) {
			if i > 0 {
				m.write(" ")
			}
			m.write(m.of(words))
			if m.n(11) == 0 {
				m.write(",")
			}
		}
		switch m.n(25) {
		case 0:
			m.write(" ", m.address("."))
		case 1:
			m.write(" ", m.domain("[.]"))
		case 2:
			m.write(" (CVE-202", strconv.Itoa(m.n(7)), "-", strconv.Itoa(1000+m.n(40000)), ")")
		case 3:
			m.write(" hxxps://", m.domain("[.]"), "/", m.of(words), "/", m.hex(6))
		case 4:
			m.write(" ", m.hex(64))
		}
		m.write(". ")
	}
	m.write("\n\n")
}

// markup is a row of a page's source, with its tags.
func markup(m *maker) {
	m.write(`<tr class="row row-`, strconv.Itoa(m.n(2)), `"><td data-id="`, m.hex(8), `"><a href="https://www.example.com/`, m.of(words), "/", m.of(words), `">`,
		m.of(words), " ", m.of(words), `</a></td><td style="color:#`, m.hex(6), `">`, m.of(words), " ", m.of(words), "&nbsp;", m.of(words), "</td><td><code>", m.domain("."), "</code></td></tr>\n")
}

// minified is a script without blanks.
func minified(m *maker) {
	name := func() string { return string(rune('a' + m.n(26))) }
	for range 40 {
		m.write("function ", name(), "(", name(), ",", name(), "){return ", name(), ".", m.of(words), "(", name(), "[", strconv.Itoa(m.n(90)), "],{", m.of(words), ":",
			strconv.Itoa(m.n(9)), ".", strconv.Itoa(m.n(9)), ",", name(), ":!0})||", name(), ".", name(), `.`, name(), `("`, m.of(words), `")}`, name(), "=", name(), "?.5:", name(), ";")
	}
	m.write("\n")
}

// logLine is a web server's.
func logLine(m *maker) {
	m.write(m.address("."), " - - [", strconv.Itoa(10+m.n(18)), "/Oct/2026:13:", strconv.Itoa(10+m.n(49)), ":", strconv.Itoa(10+m.n(49)), ` +0000] "GET /`, m.of(words), "/", m.of(words),
		`.html?id=`, strconv.Itoa(m.n(100000)), ` HTTP/1.1" `, m.of([]string{"200", "304", "404"}), " ", strconv.Itoa(m.n(90000)), ` "https://www.example.com/`, m.of(words),
		`" "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0"`, "\n")
}

// dense is a line of a list of indicators.
func dense(m *maker) {
	switch m.n(6) {
	case 0:
		m.write(m.address("."))
	case 1:
		m.write(m.domain("."))
	case 2:
		m.write("https://", m.domain("."), "/", m.of(words), "/", m.of(words), "?", m.of(words), "=", m.hex(8))
	case 3:
		m.write(m.hex(32))
	case 4:
		m.write(m.hex(64))
	case 5:
		m.write(m.of(words), "@", m.domain("."))
	}
	m.write("\n")
}

// defanged is such a line in disguise.
func defanged(m *maker) {
	switch m.n(4) {
	case 0:
		m.write(m.address("[.]"))
	case 1:
		m.write(m.domain("[.]"))
	case 2:
		m.write("hxxps[:]//", m.domain("[.]"), "/", m.of(words), "/", m.hex(8))
	case 3:
		m.write(m.of(words), "[@]", m.domain("(.)"))
	}
	m.write("\n")
}
