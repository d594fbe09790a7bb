package lookup

import (
	"strconv"
	"strings"
	"time"

	"github.com/sightline-sec/sightline/core/report"
)

// memoryFormat is the version of a stored memory.
const memoryFormat = "memory1"

// Text returns the memory, under a name, as a host keeps it that may end at any moment:
// words, each behind its length. JSON would cost the wasm 10 KB for what no one reads.
// Texts may be strung together. Indicators stand in them: a host keeps them in memory
// alone.
func (m *Memory) Text(name string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	var w wordsWriter
	w.text(memoryFormat, name)
	w.number(int64(len(m.kept)))
	for reference, known := range m.kept {
		w.text(reference.Type, reference.Value)
		w.number(known.at.UnixMilli(), int64(len(known.results)))
		for i := range known.results {
			r := &known.results[i]
			w.text(r.Kind, r.ProfileID, r.Platform, r.ID, r.Number, r.Title, r.Severity, r.Status, r.Owner, r.Tenant, r.Link)
			w.number(r.CreatedAt, r.ModifiedAt, flag(r.Closed), flag(r.HasScore))
			w.text(strconv.FormatFloat(r.Score, 'g', -1, 64))
		}
	}
	return w.b.String()
}

// LoadMemories adds what Text returned to what the memories of those names remember
// already, but for what is too old. A name may have none, nil. Anything else is as
// nothing.
func LoadMemories(text string, of func(name string) *Memory) {
	r := wordsReader{rest: text}
	for r.rest != "" && r.text() == memoryFormat {
		name := r.text()
		read := r.memory()
		if m := of(name); m != nil && !r.bad {
			m.load(read)
		}
	}
}

// memory reads what one memory keeps.
func (r *wordsReader) memory() map[report.Reference]recalled {
	read := make(map[report.Reference]recalled)
	for range r.count() {
		reference := report.Reference{Type: r.text(), Value: r.text()}
		known := recalled{at: time.UnixMilli(r.number())}
		for range r.count() {
			result := Result{
				Kind: r.text(), ProfileID: r.text(), Platform: r.text(), ID: r.text(), Number: r.text(), Title: r.text(),
				Severity: r.text(), Status: r.text(), Owner: r.text(), Tenant: r.text(), Link: r.text(),
				CreatedAt: r.number(), ModifiedAt: r.number(), Closed: r.number() != 0, HasScore: r.number() != 0,
				Matched: []report.Reference{reference},
			}
			var err error
			result.Score, err = strconv.ParseFloat(r.text(), 64)
			r.bad = r.bad || err != nil
			known.results = append(known.results, result)
		}
		read[reference] = known
	}
	return read
}

func (m *Memory) load(read map[report.Reference]recalled) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for reference, known := range read {
		if _, ok := m.kept[reference]; !ok && m.stands(known) && len(m.kept) < maxRecalled {
			m.kept[reference] = known
		}
	}
}

func flag(on bool) int64 {
	if on {
		return 1
	}
	return 0
}

// wordsWriter writes words, each behind its length and a colon.
type wordsWriter struct{ b strings.Builder }

func (w *wordsWriter) text(all ...string) {
	for _, s := range all {
		w.b.WriteString(strconv.Itoa(len(s)))
		w.b.WriteByte(':')
		w.b.WriteString(s)
	}
}

func (w *wordsWriter) number(all ...int64) {
	for _, n := range all {
		w.text(strconv.FormatInt(n, 10))
	}
}

// wordsReader reads them back. After a mistake everything is empty.
type wordsReader struct {
	rest string
	bad  bool
}

func (r *wordsReader) text() string {
	length, rest, ok := strings.Cut(r.rest, ":")
	n, err := strconv.Atoi(length)
	if !ok || err != nil || n < 0 || n > len(rest) {
		r.rest, r.bad = "", true
		return ""
	}
	r.rest = rest[n:]
	return rest[:n]
}

func (r *wordsReader) number() int64 {
	n, err := strconv.ParseInt(r.text(), 10, 64)
	r.bad = r.bad || err != nil
	return n
}

// count is how many follow, at most as many as there is text for.
func (r *wordsReader) count() int {
	n := r.number()
	if n < 0 || n > int64(len(r.rest)) {
		r.rest, r.bad = "", true
		return 0
	}
	return int(n)
}
