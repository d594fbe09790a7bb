package sqlite

import (
	"bufio"
	"context"
	"database/sql"
	"fmt"
	"io"
	"strings"
)

// Dump writes a database as SQL, one statement after the other, that makes the same
// database anywhere: in another SQLite, or in D1 by "wrangler d1 execute --file".
// Triggers come last, so that they do not fire for rows whose effects are dumped too.
// A statement of the schema is one line, as D1's own exec wants it.
func Dump(ctx context.Context, db *sql.DB, w io.Writer) error {
	out := bufio.NewWriter(w)
	var tables, after []string
	err := each(ctx, db, func(scan func(...any) error) error {
		var kind, name, statement string
		if err := scan(&kind, &name, &statement); err != nil {
			return err
		}
		if kind != "table" {
			after = append(after, statement)
			return nil
		}
		tables = append(tables, name)
		_, err := fmt.Fprintf(out, "%s;\n", oneLine(statement))
		return err
	}, `SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY rowid`)
	if err != nil {
		return fmt.Errorf("sqlite: dump: %w", err)
	}
	for _, table := range tables {
		if err := dumpRows(ctx, db, out, table); err != nil {
			return fmt.Errorf("sqlite: dump %s: %w", table, err)
		}
	}
	for _, statement := range after {
		if _, err := fmt.Fprintf(out, "%s;\n", oneLine(statement)); err != nil {
			return fmt.Errorf("sqlite: dump: %w", err)
		}
	}
	return out.Flush()
}

func oneLine(statement string) string { return strings.Join(strings.Fields(statement), " ") }

func dumpRows(ctx context.Context, db *sql.DB, out io.Writer, table string) error {
	var columns, quoted []string
	err := each(ctx, db, func(scan func(...any) error) error {
		var name string
		if err := scan(&name); err != nil {
			return err
		}
		columns = append(columns, `"`+name+`"`)
		quoted = append(quoted, `quote("`+name+`")`)
		return nil
	}, `SELECT name FROM pragma_table_info(?1)`, table)
	if err != nil {
		return err
	}
	prefix := `INSERT INTO "` + table + `" (` + strings.Join(columns, ", ") + `) VALUES (`
	return each(ctx, db, func(scan func(...any) error) error {
		var values string
		if err := scan(&values); err != nil {
			return err
		}
		_, err := io.WriteString(out, prefix+values+");\n")
		return err
	}, `SELECT `+strings.Join(quoted, ` || ', ' || `)+` FROM "`+table+`"`)
}

func each(ctx context.Context, db *sql.DB, row func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}
