package main

import (
	_ "embed"
	"fmt"
	"io/fs"
	"strings"
)

// validSource checks JSON as encoding/json does, see package valid.
//
//go:embed valid/valid.go
var validSource string

// kept are the files of the module that generated code links.
var kept = []string{
	"LICENSE", "go.mod",
	"buffer/pool.go",
	"jlexer/bytestostr.go", "jlexer/error.go", "jlexer/lexer.go",
	"jwriter/writer.go",
}

// edits are exact replacements, each of a text that stands in its file exactly once.
var edits = []struct{ file, from, to string }{
	// What is written to a TCP connection at once there is written one after the
	// other to anything else, which net.Buffers does too.
	{"buffer/pool.go", "\t\"net\"\n", ""},
	{"buffer/pool.go", "bufs := net.Buffers(b.bufs)\n", "bufs := b.bufs\n"},
	{"buffer/pool.go", "n, err := bufs.WriteTo(w)\n", `for _, buf := range bufs {
		var n int
		n, err = w.Write(buf)
		written += n
		if err != nil {
			break
		}
	}
`},
	{"buffer/pool.go", "return int(n), err\n", "return written, err\n"},

	{"jlexer/error.go", "import \"fmt\"\n", "import \"strconv\"\n"},
	{"jlexer/error.go", `fmt.Sprintf("parse error: %s near offset %d of '%s'", l.Reason, l.Offset, l.Data)`, `"parse error: " + l.Reason + " near offset " + strconv.Itoa(l.Offset) + " of '" + l.Data + "'"`},

	{"jlexer/lexer.go", "\t\"encoding/base64\"\n", ""},
	{"jlexer/lexer.go", "\t\"encoding/json\"\n", ""},
	{"jlexer/lexer.go", "\t\"fmt\"\n", ""},
	{"jlexer/lexer.go", "\t\t\tReason: fmt.Sprintf(\"expected %s\", expected),\n", "\t\t\tReason: \"expected \" + expected,\n"},
	{"jlexer/lexer.go", "\n\t\tReason: fmt.Sprintf(\"expected %s\", expected),\n", "\n\t\tReason: \"expected \" + expected,\n"},
	{"jlexer/lexer.go", "!json.Valid(r.Data[startPos:r.pos])", "!Valid(r.Data[startPos:r.pos])"},
	// Models with []byte or json.Number do not compile for the browser.
	{"jlexer/lexer.go", `// Bytes reads a string literal and base64 decodes it into a byte slice.
func (r *Lexer) Bytes() []byte {
	if r.token.kind == TokenUndef && r.Ok() {
		r.FetchToken()
	}
	if !r.Ok() || r.token.kind != TokenString {
		r.errInvalidToken("string")
		return nil
	}
	if err := r.unescapeStringToken(); err != nil {
		r.errInvalidToken("string")
		return nil
	}
	ret := make([]byte, base64.StdEncoding.DecodedLen(len(r.token.byteValue)))
	n, err := base64.StdEncoding.Decode(ret, r.token.byteValue)
	if err != nil {
		r.fatalError = &LexerError{
			Reason: err.Error(),
		}
		return nil
	}

	r.consume()
	return ret[:n]
}
`, ""},
	{"jlexer/lexer.go", `// JsonNumber fetches and json.Number from 'encoding/json' package.
// Both int, float or string, contains them are valid values
func (r *Lexer) JsonNumber() json.Number {
	if r.token.kind == TokenUndef && r.Ok() {
		r.FetchToken()
	}
	if !r.Ok() {
		r.errInvalidToken("json.Number")
		return json.Number("")
	}

	switch r.token.kind {
	case TokenString:
		return json.Number(r.String())
	case TokenNumber:
		return json.Number(r.Raw())
	case TokenNull:
		r.Null()
		return json.Number("")
	default:
		r.errSyntax()
		return json.Number("")
	}
}
`, ""},

	{"jwriter/writer.go", "\t\"fmt\"\n", "\t\"errors\"\n"},
	{"jwriter/writer.go", `fmt.Errorf("json: unsupported value: %v", val)`, `errors.New("json: unsupported value: " + strconv.FormatFloat(val, 'g', -1, 64))`},
}

// lean returns the files of the small module, by their slash-separated names.
func lean(original fs.FS) (map[string][]byte, error) {
	texts := make(map[string]string, len(kept))
	for _, name := range kept {
		text, err := fs.ReadFile(original, name)
		if err != nil {
			return nil, err
		}
		texts[name] = string(text)
	}
	for _, edit := range edits {
		if n := strings.Count(texts[edit.file], edit.from); n != 1 {
			return nil, fmt.Errorf("%s of %s holds %q %d times, not once: look at what changed there", edit.file, module, edit.from, n)
		}
		texts[edit.file] = strings.Replace(texts[edit.file], edit.from, edit.to, 1)
	}
	texts["jlexer/valid.go"] = strings.Replace(validSource, "package valid\n", "package jlexer\n", 1)
	files := make(map[string][]byte, len(texts))
	for name, text := range texts {
		files[name] = []byte(text)
	}
	return files, nil
}
