package station

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"path"
	"runtime/debug"
	"strings"
	"time"
)

// Config of a Station. DB is required; the zero value of everything else works.
type Config struct {
	// DB speaks SQLite's dialect: sqlite.Open natively, D1 on Workers.
	DB *sql.DB

	// Now is the clock; nil means time.Now.
	Now func() time.Time

	// Random gives ids, keys and secrets; nil means crypto/rand.
	Random io.Reader

	// Log gets failures and, at debug level, one line a request. It gets no
	// header, query or body. Nil means none.
	Log *slog.Logger

	// RateLimit of each user; the zero value means none.
	RateLimit RateLimit
}

// Station answers the API. It is safe for concurrent use and holds no state of
// its own: two of them over one database are one station.
type Station struct {
	db     *sql.DB
	now    func() time.Time
	random io.Reader
	log    *slog.Logger
	limit  RateLimit
	mux    *http.ServeMux
}

// New returns a Station. The database must have been migrated, see Migrate.
func New(config Config) *Station {
	s := &Station{
		db:     config.DB,
		now:    config.Now,
		random: config.Random,
		log:    config.Log,
		limit:  config.RateLimit,
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.random == nil {
		s.random = rand.Reader
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	s.mux = s.routes()
	return s
}

// millis is the clock in the unit of the database.
func (s *Station) millis() int64 { return s.now().UnixMilli() }

// ServeHTTP implements http.Handler.
func (s *Station) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	trace := s.traceID()
	w.Header().Set("Trace-Id", trace)
	defer func() {
		if cause := recover(); cause != nil {
			// ErrAbortHandler is how net/http is told to drop the connection.
			if err, ok := cause.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(cause)
			}
			s.log.Error("panic", "trace", trace, "method", r.Method, "cause", cause, "stack", string(debug.Stack()))
			s.writeError(w, r, trace, errPanic)
		}
	}()
	// ServeMux redirects unclean paths with an HTML body; here they do not exist.
	if escaped := r.URL.EscapedPath(); escaped != path.Clean(escaped) && strings.TrimSuffix(escaped, "/") != path.Clean(escaped) {
		s.writeError(w, r, trace, notFound("There is nothing at this path."))
		return
	}
	s.mux.ServeHTTP(w, r)
}

// routes mounts every operation below /api, those of 1.2 also without a version:
// the unversioned base behaves as 1.2.
func (s *Station) routes() *http.ServeMux {
	mux := http.NewServeMux()
	for _, op := range operations() {
		handler := s.operation(op)
		method, where, _ := strings.Cut(op.pattern, " ")
		if op.version == unversioned {
			mux.Handle(method+" "+where, handler)
			continue
		}
		mux.Handle(method+" /api"+where, handler)
		if bare, is12 := strings.CutPrefix(where, "/1.2/"); is12 {
			mux.Handle(method+" /api/"+bare, handler)
		}
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.writeError(w, r, w.Header().Get("Trace-Id"), notFound("There is nothing at this path."))
	})
	return mux
}

// operation runs one operation: who asks, may they ask now, what is the answer.
func (s *Station) operation(op operation) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		trace := w.Header().Get("Trace-Id")
		began := s.now()
		reply, err := s.run(r.Context(), op, w, r)
		status := http.StatusOK
		if err != nil {
			status = s.writeError(w, r, trace, err)
		} else {
			reply.write(w)
		}
		s.log.Debug("request", "trace", trace, "operation", op.pattern, "status", status,
			"ms", s.now().Sub(began).Milliseconds())
	})
}

func (s *Station) run(ctx context.Context, op operation, w http.ResponseWriter, r *http.Request) (answer, error) {
	c := &call{Request: r, writer: w, version: op.version, query: r.URL.Query()}
	if op.version != unversioned {
		var err error
		if c.user, err = s.authenticate(ctx, r); err != nil {
			return answer{}, err
		}
		if err := s.countCall(ctx, c.user); err != nil {
			return answer{}, err
		}
	}
	return op.handle(s, ctx, c)
}
