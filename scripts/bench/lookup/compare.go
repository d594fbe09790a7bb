//go:build !js

package main

import (
	"database/sql"
	"fmt"
	"runtime"

	_ "modernc.org/sqlite" // the database beside which the index is measured

	"github.com/sightline-sec/sightline/core/lookup/index"
)

// row is a posting of the map, as small as a plain struct can be.
type row struct {
	object uint32
	place  index.Place
	when   int64
}

// compare measures a Go map and SQLite with the same data and questions. They answer
// exact matches alone, the index partial ones too.
func compare(c corpus, x *index.Index) {
	questions := questionsOf(c)
	asked := float64(pages * indicators)

	began := processor()
	const rounds = 10
	ask(x, questions, rounds, processor)
	ours := asked * rounds / (processor() - began).Seconds()

	before := heap()
	byKey := make(map[index.Key][]row)
	objects := make([]index.Object, 0, c.cases)
	for n := range c.cases {
		o, seen := c.object(n, 0)
		objects = append(objects, o)
		for _, s := range seen {
			byKey[s.Key] = append(byKey[s.Key], row{uint32(n), s.Place, s.When})
		}
	}
	memory := heap() - before
	began = processor()
	found := 0
	for range rounds {
		for _, keys := range questions {
			for _, key := range keys {
				rows := byKey[key]
				for _, r := range rows[:min(len(rows), index.MostHits)] {
					found += int(r.object & 1)
				}
			}
		}
	}
	ofMap := asked * rounds / (processor() - began).Seconds()
	fmt.Printf("Go map, exact matches alone: memory %s, %.1f million look-ups a second (%d distinct indicators)\n", megabytes(memory), ofMap/1e6, len(byKey))
	runtime.KeepAlive(objects)
	clear(byKey)

	theirs := sqlite(c, questions)
	fmt.Printf("SQLite in memory, exact matches alone: %.3f million look-ups a second\n", theirs/1e6)
	fmt.Printf("index, partial matches included: %.2f million look-ups a second: %.1f times SQLite's\n", ours/1e6, ours/theirs)
}

// sqlite returns look-ups a second. Like the index, it names so many objects for a
// common indicator and no more.
func sqlite(c corpus, questions [][]index.Key) float64 {
	db, err := sql.Open("sqlite", ":memory:")
	check(err)
	defer db.Close()
	db.SetMaxOpenConns(1)
	_, err = db.Exec("CREATE TABLE sighting (value TEXT, type TEXT, object INTEGER, place INTEGER, seen INTEGER)")
	check(err)
	tx, err := db.Begin()
	check(err)
	insert, err := tx.Prepare("INSERT INTO sighting VALUES (?, ?, ?, ?, ?)")
	check(err)
	for n := range c.cases {
		_, seen := c.object(n, 0)
		for _, s := range seen {
			_, err := insert.Exec(s.Key.Value, s.Key.Type, n, s.Place, s.When)
			check(err)
		}
	}
	check(tx.Commit())
	_, err = db.Exec("CREATE INDEX by_value ON sighting (value)")
	check(err)

	find, err := db.Prepare(fmt.Sprintf("SELECT object, place, seen FROM sighting WHERE value = ? AND type = ? LIMIT %d", index.MostHits))
	check(err)
	read := func(rows *sql.Rows, err error) {
		check(err)
		for rows.Next() {
			var r row
			check(rows.Scan(&r.object, &r.place, &r.when))
		}
		check(rows.Err())
		check(rows.Close())
	}
	questions = questions[:100]
	asked := float64(len(questions) * indicators)
	began := processor()
	for _, keys := range questions {
		for _, key := range keys {
			read(find.Query(key.Value, key.Type))
		}
	}
	return asked / (processor() - began).Seconds()
}
