package station

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"runtime/debug"
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

	// Limits on how much is asked; the zero value means none.
	Limits Limits

	// Address returns the address of a request's client, for the limit by address; nil
	// means that of the connection.
	Address func(*http.Request) string

	// Strict refuses what the vendor's pages do not allow and the vendor's own client
	// still sends: updates with absent fields, 1.3 reports in several enclaves.
	Strict bool
}

// Station answers the API. It is safe for concurrent use and holds no state of
// its own: two of them over one database are one station.
type Station struct {
	db     *sql.DB
	now    func() time.Time
	random io.Reader
	log    *slog.Logger
	limits Limits
	from   func(*http.Request) string
	strict bool
}

// New returns a Station. The database must have been migrated, see Migrate.
func New(config Config) *Station {
	s := &Station{
		db:     config.DB,
		now:    config.Now,
		random: config.Random,
		log:    config.Log,
		limits: config.Limits,
		from:   config.Address,
		strict: config.Strict,
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
	if s.from == nil {
		s.from = remoteAddress
	}
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
	op, found := match(r)
	if !found {
		s.writeError(w, r, trace, notFound("There is nothing at this path."))
		return
	}
	s.operate(op, w, r)
}

// operate runs one operation: who asks, may they ask now, what is the answer.
func (s *Station) operate(op operation, w http.ResponseWriter, r *http.Request) {
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
}

func (s *Station) run(ctx context.Context, op operation, w http.ResponseWriter, r *http.Request) (answer, error) {
	c := &call{Request: r, writer: w, version: op.version, query: r.URL.Query(), strict: s.strict}
	if op.version != unversioned {
		var err error
		if c.user, err = s.authenticate(ctx, r); err != nil {
			return answer{}, err
		}
		if err := s.countCall(ctx, c, op); err != nil {
			return answer{}, err
		}
	}
	return op.handle(s, ctx, c)
}
