package report

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sightline-sec/sightline/core/indicator"
)

const (
	// Removed stands where an indicator was that the analyst did not keep.
	Removed = "[removed]"

	listHeading = "Indicators"
	cutMark     = "\n[cut here: the page's text is longer than a report may be]"
	// maxPassages bounds what is scanned for one draft; a page has fewer frames.
	maxPassages = 1000
)

// Key names an indicator within one answer: type, a vertical bar, value.
func (r Reference) Key() string { return r.Type + "|" + r.Value }

// Page is what a draft is made of: text that was previewed, and what the analyst kept of it.
type Page struct {
	// Passages are the texts of the page's frames.
	Passages []string
	// Title and URL are the page's own claims.
	Title string
	URL   string
	// Kept are the keys of the indicators that stay.
	Kept []string
}

// Composition is what Compose makes of a page.
type Composition struct {
	Title       string
	Body        string
	ExternalURL string
	// Indicators are the kept ones that the text holds, in its order.
	Indicators []Reference
	// Notices say in words what was changed on the way.
	Notices []string
}

// Compose writes a report of a page: its text, followed by a list of the kept
// indicators in a form that every platform extracts.
//
// Of the text, each find that was not kept is replaced by [Removed]. What the
// engine holds back because it is no indicator at all (a version number, a file
// name that looks like a domain) is left as it stands: removing it would harm the
// text and protect nobody. Private addresses and well-known names are removed like
// all others.
//
// The text is cut so that the report fits into [MaxBody], and at most
// [MaxIndicators] are kept; a notice says so.
func Compose(page Page) Composition {
	c := composer{kept: make(map[string]bool, len(page.Kept)), state: make(map[Reference]bool)}
	for _, key := range page.Kept {
		c.kept[key] = true
	}
	passages := page.Passages[:min(len(page.Passages), maxPassages)]
	finds := make([][]indicator.Indicator, len(passages))
	for i, passage := range passages {
		finds[i] = indicator.Scan(passage, indicator.Options{})
		c.decide(finds[i])
	}
	list := c.list()
	room := MaxBody - len(list)
	var body strings.Builder
	for i, passage := range passages {
		if body.Len() > 0 {
			body.WriteString("\n\n")
		}
		c.redact(&body, passage, finds[i])
		if body.Len() > room {
			break
		}
	}
	text := strings.TrimSpace(body.String())
	if len(text) > room || len(passages) < len(page.Passages) {
		text = cut(text, room-len(cutMark)) + cutMark
		c.notice("The page's text was cut to what a report may hold, " + strconv.Itoa(MaxBody) + " bytes.")
	}
	out := Composition{
		Title:       c.title(page),
		Body:        text + list,
		ExternalURL: SafeURL(page.URL),
		Indicators:  c.indicators,
	}
	if utf8.RuneCountInString(out.ExternalURL) > MaxExternalURL {
		out.ExternalURL = ""
		c.notice("The page's address is longer than a report may carry and was left out.")
	}
	out.Notices = c.notices
	return out
}

// composer decides what of a page's finds stays.
type composer struct {
	kept map[string]bool
	// state has every find so far: true when it stays in the text.
	state      map[Reference]bool
	indicators []Reference
	surplus    int
	notices    []string
}

func (c *composer) notice(words string) { c.notices = append(c.notices, words) }

func (c *composer) decide(finds []indicator.Indicator) {
	for _, find := range finds {
		reference := Reference{Type: find.Type.String(), Value: find.Value}
		if _, again := c.state[reference]; again {
			continue
		}
		keep := c.kept[reference.Key()]
		if keep && len(c.indicators) == MaxIndicators {
			keep = false
			c.surplus++
		}
		if keep {
			c.indicators = append(c.indicators, reference)
		}
		c.state[reference] = keep || misread(find.Held)
	}
}

// misread reports whether a reason to hold a find back says that it is no
// indicator at all.
func misread(reason indicator.Reason) bool {
	switch reason {
	case indicator.NotHeld, indicator.HeldPrivate, indicator.HeldReserved, indicator.HeldKnownGood:
		return false
	}
	return true
}

// list is what follows the text: one kept indicator a line, refanged.
func (c *composer) list() string {
	if c.surplus > 0 {
		c.notice("A report may hold " + strconv.Itoa(MaxIndicators) + " indicators: " + strconv.Itoa(c.surplus) + " more were taken out.")
	}
	if len(c.indicators) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteString("\n\n" + listHeading + "\n")
	for i, reference := range c.indicators {
		line := label(reference.Type) + ": " + reference.Value + "\n"
		if b.Len()+len(line) > MaxBody/2 {
			c.notice("The list of indicators was cut: " + strconv.Itoa(len(c.indicators)-i) + " stand in the text alone.")
			break
		}
		b.WriteString(line)
	}
	return strings.TrimRight(b.String(), "\n")
}

func label(typeName string) string {
	if t, ok := indicator.ParseType(typeName); ok {
		return t.Label()
	}
	return typeName
}

// redact writes a passage without what does not stay.
func (c *composer) redact(b *strings.Builder, passage string, finds []indicator.Indicator) {
	at := 0
	for _, find := range finds {
		if c.state[Reference{Type: find.Type.String(), Value: find.Value}] {
			continue
		}
		clean(b, passage[at:find.Span.Start])
		b.WriteString(Removed)
		at = find.Span.End
	}
	clean(b, passage[at:])
}

// title is the page's title, less the finds of the text that do not stay. What
// stands in the title alone was not shown to the analyst as a find, and stays.
func (c *composer) title(page Page) string {
	title := SafeTitle(page.Title)
	var b strings.Builder
	at := 0
	for _, find := range indicator.Scan(title, indicator.Options{}) {
		stays, found := c.state[Reference{Type: find.Type.String(), Value: find.Value}]
		if !found || stays {
			continue
		}
		b.WriteString(title[at:find.Span.Start])
		b.WriteString(Removed)
		at = find.Span.End
	}
	b.WriteString(title[at:])
	if b.Len() == 0 {
		return "Indicators from a page without title"
	}
	return b.String()
}

// cut shortens text to at most limit bytes, at the end of a line where one is
// near, so that no indicator is cut in two.
func cut(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit = max(limit, 0); limit > 0 && !utf8.RuneStart(text[limit]); limit-- {
	}
	text = text[:limit]
	const near = 4096
	if i := strings.LastIndexAny(text, " \n\t"); i >= 0 && i >= len(text)-near {
		text = strings.TrimRight(text[:i], " \n\t")
	}
	return text
}
