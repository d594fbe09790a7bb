package station

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// UserInfo is a user without the credentials, which nobody can read again.
type UserInfo struct {
	ID, Company, Name string
	// Created in milliseconds.
	Created int64
}

// Users lists all users, by company and name.
func (s *Station) Users(ctx context.Context) ([]UserInfo, error) {
	var list []UserInfo
	err := s.each(ctx, func(rows *sql.Rows) error {
		var u UserInfo
		err := rows.Scan(&u.ID, &u.Company, &u.Name, &u.Created)
		list = append(list, u)
		return err
	}, `SELECT u.id, c.name, u.name, u.created FROM users u JOIN companies c ON c.id = u.company_id ORDER BY c.name, u.name, u.created, u.id`)
	if err != nil {
		return nil, fmt.Errorf("station: users: %w", err)
	}
	return list, nil
}

// RemoveUser removes a user by id, with every token and permission; what they have
// submitted stays. It is an error when there is no such user.
func (s *Station) RemoveUser(ctx context.Context, id string) error {
	_, removed, err := one[string](ctx, s, `DELETE FROM users WHERE id = ?1 RETURNING id`, id)
	if err != nil {
		return fmt.Errorf("station: remove user: %w", err)
	}
	if !removed {
		return errors.New("station: remove user: there is no user of that id")
	}
	return nil
}

// EnclaveInfo is an enclave as its operator sees it.
type EnclaveInfo struct{ ID, Company, Name, Type, Template string }

// Enclaves lists all enclaves, by company and name; the Community's company is "".
func (s *Station) Enclaves(ctx context.Context) ([]EnclaveInfo, error) {
	var list []EnclaveInfo
	err := s.each(ctx, func(rows *sql.Rows) error {
		var e EnclaveInfo
		err := rows.Scan(&e.ID, &e.Company, &e.Name, &e.Type, &e.Template)
		list = append(list, e)
		return err
	}, `SELECT e.id, coalesce(c.name, ''), e.name, e.type, e.template FROM enclaves e LEFT JOIN companies c ON c.id = e.company_id ORDER BY 2, e.name, e.id`)
	if err != nil {
		return nil, fmt.Errorf("station: enclaves: %w", err)
	}
	return list, nil
}

// Migrations returns the statements that bring a database of a schema to the current
// one, for hosts where Migrate cannot run. Each is one statement, without its semicolon.
func Migrations(from int) ([]string, error) {
	steps := migrations()
	if from < 0 || from > len(steps) {
		return nil, fmt.Errorf("station: schemas are 0 to %d", len(steps))
	}
	var list []string
	for i := from; i < len(steps); i++ {
		list = append(list, steps[i]...)
		list = append(list, fmt.Sprintf(`INSERT INTO migrations (step, done) VALUES (%d, 0) ON CONFLICT DO NOTHING`, i+1))
	}
	return list, nil
}
