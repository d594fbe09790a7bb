package sandbox

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sightline-sec/sightline/server/internal/faults"
)

// DefaultCases is how many cases there are where Options do not say.
const DefaultCases = 2000

// DefaultTokenLifetime is the vendor's: ten minutes.
const DefaultTokenLifetime = 10 * time.Minute

// Options of a sandbox. The zero value is a useful one.
type Options struct {
	// Cases is how many cases to generate, the sample among them; 0 means DefaultCases.
	Cases int
	// Alerts is how many alerts of Threat Stack to generate; 0 means half as many as
	// there are cases, but 20 to 1,000. There are fewer agents and log entries.
	Alerts int
	// Seed of the data. Every value, 0 included, gives data of its own.
	Seed uint64
	// Now is the clock for the data's age and for tokens; nil means time.Now. Cases
	// were created over the sixty days before its first answer.
	Now func() time.Time
	// Campaigns is how many campaigns to generate, each with a page and a truth of its
	// own, see Campaign; 0 means one for twenty cases, 100 at most, negative none.
	Campaigns int
	// Path of the SQLite file of Threat Stack's data, "" keeps it in memory. A file
	// that already holds data is refused: nothing is overwritten. Cases need no file:
	// they are made again whenever they are asked for.
	Path string
	// TokenLifetime of access tokens; 0 means DefaultTokenLifetime.
	TokenLifetime time.Duration
	// RefreshToken and ScopedKey fix the credentials; "" makes random ones.
	RefreshToken string
	ScopedKey    string
	// ThreatStackKey fixes the API key of Threat Stack; "" makes a random one.
	ThreatStackKey string
	// ScopedTenant is the id of the tenant that ScopedKey is for; "" is for all.
	ScopedTenant string
	// BasicOnData accepts user and refresh token on data calls too, as releases on
	// premises do.
	BasicOnData bool
	// DayWindow answers the cases of the last 24 hours alone where a query has no bound
	// of created_at, as a user's notes tell of recent releases. The vendor's page does not.
	DayWindow bool
	// Log gets one line a request, without query and without credentials; nil
	// discards them.
	Log *slog.Logger
}

// Credentials are what a client needs: to ask for a token of Stellar Cyber, and to
// call Threat Stack.
type Credentials struct {
	// User and RefreshToken go together, as Basic.
	User         string
	RefreshToken string
	// ScopedKey goes alone, as Bearer.
	ScopedKey string

	ThreatStack ThreatStackCredentials
}

// CaseID is a case's _id: 24 hexadecimal digits.
type CaseID string

// Sandbox is the stand-in server, an http.Handler. It is safe for concurrent use.
type Sandbox struct {
	db          *sql.DB
	cases       *caseStore
	start       time.Time
	skew        atomic.Int64 // of Stellar Cyber's clock, in nanoseconds
	credentials Credentials
	signingKey  []byte
	options     Options
	faults      faults.Set
	epoch       atomic.Int64
	calls       calls
	mux         *http.ServeMux

	organizations []organization
	nonces        nonces
	writing       sync.Mutex
	// operations are those that faults can strike.
	operations map[operation]bool
}

// New generates the data and returns the server. Close it after use.
func New(ctx context.Context, options Options) (*Sandbox, error) {
	if options.Cases < 0 || options.Alerts < 0 {
		return nil, errors.New("sandbox: a negative number of cases or alerts")
	}
	if options.Cases == 0 {
		options.Cases = DefaultCases
	}
	if options.Alerts == 0 {
		options.Alerts = min(max(options.Cases/2, 20), 1000)
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.TokenLifetime == 0 {
		options.TokenLifetime = DefaultTokenLifetime
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	switch {
	case options.Campaigns == 0:
		options.Campaigns = min(options.Cases/20, 100)
	case options.Campaigns < 0:
		options.Campaigns = 0
	}
	s := &Sandbox{options: options, signingKey: randomBytes(32), operations: map[operation]bool{}}
	s.credentials = Credentials{
		User:         analyst().name,
		RefreshToken: orRandom(options.RefreshToken),
		ScopedKey:    orRandom(options.ScopedKey),
	}
	s.faults.Dialect, s.faults.Served = dialect(), s.served
	now := options.Now()
	generated, err := populate(options.Seed, options.Cases, options.Campaigns, now)
	if err != nil {
		return nil, err
	}
	s.start = generated.now
	s.cases = newCaseStore(generated, func() time.Time { return s.options.Now().Add(time.Duration(s.skew.Load())) })
	objects, organizations, userID, err := generateThreatStack(options.Seed, options.Alerts, now)
	if err != nil {
		return nil, err
	}
	s.organizations = organizations
	s.credentials.ThreatStack = ThreatStackCredentials{
		APIKey: orRandom(options.ThreatStackKey), UserID: userID, OrganizationID: organizations[0].id,
	}
	if s.db, err = open(ctx, options.Path); err != nil {
		return nil, err
	}
	if err := insertObjects(ctx, s.db, objects); err != nil {
		return nil, errors.Join(err, s.db.Close())
	}
	s.mux = s.routes()
	return s, nil
}

// Credentials returns what the platforms' calls accept.
func (s *Sandbox) Credentials() Credentials { return s.credentials }

// Close gives the database back.
func (s *Sandbox) Close() error { return s.db.Close() }

// orRandom makes a key of the vendor's form, 86 URL-safe characters, where none is given.
func orRandom(given string) string {
	if given != "" {
		return given
	}
	return base64.RawURLEncoding.EncodeToString(randomBytes(64))
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails
	return b
}
