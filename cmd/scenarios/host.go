package main

import (
	"context"
	"crypto/rand"
	"encoding/csv"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"time"

	"daftar/internal/api"
	"daftar/internal/desk"
	"daftar/internal/scenario"
	"daftar/internal/serial"
	"daftar/internal/store"
)

// host gives scenarios a served installation on an engine, and hledger as the
// independent reader of the books.
func host(e engine) scenario.Host {
	return scenario.Host{
		Open: func(ctx context.Context, now func() time.Time) (scenario.Site, error) {
			name, drop, err := e.databases.Make(ctx)
			if err != nil {
				return scenario.Site{}, err
			}
			site, err := serve(ctx, name, now)
			if err != nil {
				return site, errors.Join(err, drop())
			}
			end := site.Close
			site.Close = func() error { return errors.Join(end(), drop()) }
			return site, nil
		},
		Parallel: atOnce,
		Ledger:   hledger,
	}
}

// serve opens the database and serves the API on a free port.
func serve(ctx context.Context, database string, now func() time.Time) (scenario.Site, error) {
	s, err := store.Open(ctx, database)
	if err != nil {
		return scenario.Site{}, err
	}
	d := desk.New(s, desk.Options{Now: now, NextID: serial.New(now, 1).Next, Random: rand.Reader})
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return scenario.Site{}, errors.Join(err, s.Close())
	}
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	server := &http.Server{Handler: api.New(d, log), ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	return scenario.Site{URL: "http://" + listener.Addr().String(), Desk: d, Close: func() error {
		err := server.Close()
		if e := <-ended; !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
		return errors.Join(err, s.Close())
	}}, nil
}

// atOnce carries out tasks at once and waits for all.
func atOnce(tasks []func()) {
	var all sync.WaitGroup
	for _, task := range tasks {
		all.Go(task)
	}
	all.Wait()
}

// hledger reads a journal and returns the balance of every account.
func hledger(ctx context.Context, journal string) (map[string]int64, error) {
	if strings.TrimSpace(journal) == "" {
		return nil, errors.New("the exported journal is empty")
	}
	if _, err := runHledger(ctx, journal, "check", "-s"); err != nil {
		return nil, err
	}
	text, err := runHledger(ctx, journal, "balance", "--flat", "--no-total", "--layout", "bare", "-O", "csv")
	if err != nil {
		return nil, err
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	balances := map[string]int64{}
	for _, row := range rows[min(1, len(rows)):] {
		if len(row) != 3 {
			return nil, fmt.Errorf("hledger says %q", row)
		}
		n, err := strconv.ParseInt(row[2], 10, 64)
		if err != nil {
			return nil, fmt.Errorf("hledger says %q", row)
		}
		balances[row[0]] = n
	}
	return balances, nil
}

func runHledger(ctx context.Context, journal string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "hledger", append([]string{"-f", "-"}, args...)...)
	cmd.Stdin = strings.NewReader(journal)
	text, err := cmd.CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("hledger %s: %w: %s", args[0], err, text)
	}
	return string(text), nil
}
