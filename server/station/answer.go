package station

import (
	"net/http"
	"strconv"

	"github.com/mailru/easyjson/jwriter"
)

// answer is a success: always status 200, as the vendor's clients demand.
type answer struct {
	contentType string
	body        []byte
}

// model is what easyjson generates.
type model interface{ MarshalEasyJSON(*jwriter.Writer) }

// encode writes a model; empty lists are [], never null.
func encode(m model) ([]byte, error) {
	w := jwriter.Writer{Flags: jwriter.NilSliceAsEmpty}
	m.MarshalEasyJSON(&w)
	return w.BuildBytes()
}

func jsonAnswer(m model) (answer, error) {
	body, err := encode(m)
	return answer{contentType: "application/json", body: body}, err
}

func textAnswer(text string) answer {
	return answer{contentType: "text/plain; charset=utf-8", body: []byte(text)}
}

func (a answer) write(w http.ResponseWriter) {
	writeBody(w, http.StatusOK, a.contentType, a.body)
}

func writeBody(w http.ResponseWriter, status int, contentType string, body []byte) {
	h := w.Header()
	if contentType != "" {
		h.Set("Content-Type", contentType)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	// Answers hold what few may read, and text that nobody has checked.
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	if len(body) > 0 {
		_, _ = w.Write(body)
	}
}
