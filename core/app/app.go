package app

import (
	"io"
	"sync"
	"time"

	"github.com/sightline-sec/sightline/core/api"
	"github.com/sightline-sec/sightline/core/lookup"
	"github.com/sightline-sec/sightline/core/lookup/index"
)

// Config of an App.
type Config struct {
	// Transport reaches the platforms. It may be nil for what needs none.
	Transport api.Transport

	// Now is the clock; nil means time.Now.
	Now func() time.Time

	// Random is where ids and jitter come from; nil means the system's source. In a
	// browser there is none: the host must give one, or no draft can be made.
	Random io.Reader

	// Jitter returns a number in [0,1); nil draws from Random.
	Jitter func() float64
}

// App is the use cases over one set of profiles.
type App struct {
	transport api.Transport
	now       func() time.Time
	jitter    func() float64

	mu       sync.Mutex
	random   io.Reader
	profiles []*connection
	indexes  indexes
}

// New returns an App without profiles.
func New(config Config) *App {
	a := &App{now: config.Now, random: config.Random, jitter: config.Jitter}
	if a.now == nil {
		a.now = time.Now
	}
	if a.random == nil {
		a.random = systemRandom()
	}
	if a.jitter == nil {
		a.jitter = a.draw
	}
	a.indexes = indexes{library: lookup.NewLibrary(index.New()), states: make(map[string]lookup.FillState), fillers: make(map[string]filling)}
	if config.Transport != nil {
		a.transport = lookup.CountCalls(config.Transport)
	}
	return a
}

// Now is the time by the App's clock.
func (a *App) Now() time.Time { return a.now() }

// Read implements io.Reader over the App's source of random numbers, which need
// not be safe for concurrent use.
func (a *App) Read(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return io.ReadFull(a.random, p)
}

// draw is a random number in [0,1); without a source it is 1/2.
func (a *App) draw() float64 {
	var bits [8]byte
	if _, err := a.Read(bits[:]); err != nil {
		return 0.5
	}
	var n uint64
	for _, b := range bits {
		n = n<<8 | uint64(b)
	}
	return float64(n>>11) / (1 << 53)
}
