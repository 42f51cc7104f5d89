// Command scenarios plays the scenario files of a folder on SQLite and, when
// DAFTAR_TEST_POSTGRES names a server, on PostgreSQL:
//
//	scenarios DIR
//
// It prints the first wrong figure of each and how many passed. It exits with 0
// when all passed, 1 when one failed, 2 when it was called wrongly.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"daftar/internal/fresh"
	"daftar/internal/scenario"
	"daftar/internal/store"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: scenarios DIR")
		os.Exit(2)
	}
	os.Exit(play(context.Background(), os.Args[1], os.Getenv("DAFTAR_TEST_POSTGRES"), os.Stdout))
}

// play runs every file of a folder on the engines and returns the exit status.
// A scenario passes when it passes everywhere.
func play(ctx context.Context, dir, postgres string, out io.Writer) int {
	files, err := scenario.Files(dir)
	if err != nil || len(files) == 0 {
		fmt.Fprintf(out, "no scenario files in %s\n", dir)
		return 1
	}
	engines := []engine{onSQLite}
	if postgres != "" {
		engines = append(engines, onPostgres(postgres))
	} else {
		fmt.Fprintln(out, "sqlite only: DAFTAR_TEST_POSTGRES names no server")
	}
	passed, failed := 0, 0
	for _, path := range files {
		if err := everywhere(ctx, path, engines); err != nil {
			failed++
			fmt.Fprintf(out, "FAIL %s: %v\n", filepath.Base(path), err)
			continue
		}
		passed++
	}
	fmt.Fprintf(out, "%d passed, %d failed\n", passed, failed)
	if failed > 0 {
		return 1
	}
	return 0
}

// engine is where scenarios are played, each in a database of its own.
type engine struct {
	name      string
	databases *fresh.Source
}

var onSQLite = engine{"sqlite", fresh.SQLite(store.MakeTables)}

func onPostgres(server string) engine {
	return engine{"postgres", fresh.Postgres(server, store.MakeTables)}
}

// everywhere plays one file on each engine until one goes wrong.
func everywhere(ctx context.Context, path string, engines []engine) error {
	f, err := scenario.Load(path)
	if err != nil {
		return err
	}
	for _, e := range engines {
		if err := scenario.Run(ctx, f, host(e)); err != nil {
			return fmt.Errorf("%s: %w", e.name, err)
		}
	}
	return nil
}
