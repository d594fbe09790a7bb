package profile

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/zalando/go-keyring"
)

// service is what the system's keyring files our secrets under.
const service = "sightline"

// ringTimeout is how long the keyring may take: somebody may have to unlock it.
const ringTimeout = time.Minute

// ErrNoSecret is what a Ring answers for an account that it does not have.
var ErrNoSecret = keyring.ErrNotFound

// Ring keeps secrets by account, "<profile>/<field>".
type Ring interface {
	Get(account string) (string, error)
	Set(account, secret string) error
	Delete(account string) error
}

func account(name, field string) string { return name + "/" + field }

func (s Secrets) ring() Ring {
	if s.Ring == nil {
		return system{}
	}
	return s.Ring
}

// Keep puts the secrets of a profile that belong in the keyring there.
func (s Secrets) Keep(p Profile, keys Keys) error {
	for field, source := range p.sources() {
		secret := map[string]string{"key": keys.Key, "secret": keys.Secret}[field]
		if source != Keyring {
			continue
		}
		if err := s.ring().Set(account(p.Name, field), secret); err != nil {
			return fmt.Errorf("profile %s: %s: %w", p.Name, field, ringError(err, secret))
		}
	}
	return nil
}

// Forget takes a profile's secrets out of the keyring. What is not there is no error.
func (s Secrets) Forget(p Profile) error {
	for field, source := range p.sources() {
		if source != Keyring {
			continue
		}
		if err := s.ring().Delete(account(p.Name, field)); err != nil && !errors.Is(err, ErrNoSecret) {
			return fmt.Errorf("profile %s: %s: %w", p.Name, field, ringError(err, ""))
		}
	}
	return nil
}

// ringError says what can be done about a keyring that does not do it. The secret, if
// there is one, is taken out of the cause.
func ringError(err error, secret string) error {
	if errors.Is(err, ErrNoSecret) {
		return errors.New("the keyring does not have it: sightline profile add --replace asks for it again")
	}
	cause := err.Error()
	if secret != "" {
		cause = strings.ReplaceAll(cause, secret, "[hidden]")
	}
	return fmt.Errorf("this machine's keyring does not answer (%s). Without a keyring, keep the secret in a file that you alone can read "+
		"(file:PATH, chmod 600) or in the environment (env:NAME)", cause)
}

// system is the keyring of the operating system: the Secret Service on Linux and the
// BSDs, the Keychain on macOS, the Credential Manager on Windows.
type system struct{}

func (system) Get(account string) (string, error) {
	return within(func() (string, error) { return keyring.Get(service, account) })
}

func (system) Set(account, secret string) error {
	_, err := within(func() (struct{}, error) { return struct{}{}, keyring.Set(service, account, secret) })
	return err
}

func (system) Delete(account string) error {
	_, err := within(func() (struct{}, error) { return struct{}{}, keyring.Delete(service, account) })
	return err
}

// within bounds a call that takes no context. A call that never ends is left behind:
// the program is about to end too.
func within[T any](ask func() (T, error)) (T, error) {
	type answer struct {
		value T
		err   error
	}
	done := make(chan answer, 1)
	go func() {
		value, err := ask()
		done <- answer{value, err}
	}()
	select {
	case a := <-done:
		return a.value, a.err
	case <-time.After(ringTimeout):
		var none T
		return none, errors.New("no answer within a minute")
	}
}
