// Command daftar is the front office of a clinic and its books: the server,
// the importers and exporters, and the operator's tools, wired by hand.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // clinics know their zone on machines that do not

	"github.com/alecthomas/kong"

	"daftar/internal/fault"
)

// version is set by the build.
var version = "unknown"

// cli is every command with its flags; each flag is also DAFTAR_….
type cli struct {
	globals
	Serve    serveCommand    `cmd:"" help:"Serve pages and API; SIGTERM drains."`
	Demo     demoCommand     `cmd:"" help:"Make a lively Persian clinic, serve it and print its sign-ins."`
	Setup    setupCommand    `cmd:"" help:"Print a one-time token that sets up a clinic and its first manager."`
	Generate generateCommand `cmd:"" help:"Make deterministic data for measurements, in an empty database."`
	Import   importCommands  `cmd:"" help:"Bring data in, all or nothing."`
	Export   exportCommands  `cmd:"" help:"Write data out."`
	Verify   verifyCommand   `cmd:"" help:"Prove the books: print ok or the first bad row."`
	User     userCommands    `cmd:"" help:"Who may sign in."`
	Token    tokenCommands   `cmd:"" help:"Bearer tokens for the API."`
	Routes   routesCommand   `cmd:"" help:"List every route of pages and API."`
	Migrate  migrateCommand  `cmd:"" help:"Bring the tables up to date."`
	Version  versionCommand  `cmd:"" help:"Print the version."`
}

// globals are the flags of every command.
type globals struct {
	DB        string `name:"db" help:"sqlite:PATH or postgres://… (sqlite:daftar.db; the demo makes one of its own)"`
	TestClock bool   `help:"Test mode: allows --now."`
	Now       string `help:"RFC 3339 instant at which the clock stands; only with --test-clock."`
}

// Exit statuses: done; refused or found wrong; wrong usage.
const (
	exitRefused = 1
	exitUsage   = 2
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is main with its surroundings handed in.
func run(args []string, stdout, stderr io.Writer) int {
	var c cli
	left := -1 // what --help exits with
	parser, err := kong.New(&c, kong.Name("daftar"), kong.DefaultEnvars("DAFTAR"), kong.Writers(stdout, stderr),
		kong.Description("The front office of a clinic, and its books."), kong.Exit(func(code int) { left = code }))
	if err != nil {
		fmt.Fprintln(stderr, "daftar:", err)
		return exitUsage
	}
	parsed, err := parser.Parse(args)
	if left >= 0 {
		return left
	}
	if err != nil {
		fmt.Fprintln(stderr, "daftar:", err)
		return exitUsage
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	parsed.BindTo(ctx, (*context.Context)(nil))
	err = parsed.Run(&console{globals: c.globals, out: stdout, err: stderr})
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errUsage):
		fmt.Fprintln(stderr, "daftar:", err)
		return exitUsage
	}
	fmt.Fprintln(stderr, "daftar:", plain(err))
	return exitRefused
}

// errUsage marks a command that was called wrongly.
var errUsage = errors.New("wrong usage")

// plain is one line for the operator: the sentence and code of a fault, the
// whole chain of any other error.
func plain(err error) string {
	e, ok := fault.As(err)
	if !ok || e.Kind == fault.Internal {
		return err.Error()
	}
	text := e.Text + " (" + e.Code + ")"
	if e.Code == "clinic.none" {
		text += "; daftar setup prints the address that sets one up"
	}
	return text
}
