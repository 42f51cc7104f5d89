package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// readPassword asks on a terminal, without showing what is typed, and otherwise
// reads one line of standard input: no password stands in a list of processes.
func (c *console) readPassword(ctx context.Context) (string, error) {
	read := readLine
	if term.IsTerminal(int(os.Stdin.Fd())) {
		read = func() (string, error) { return c.ask(ctx, int(os.Stdin.Fd())) }
	}
	password, err := read()
	if err != nil {
		return "", fmt.Errorf("password: %w", err)
	}
	if password == "" {
		return "", errors.New("no password came on standard input")
	}
	return password, nil
}

func readLine() (string, error) {
	line, err := bufio.NewReader(os.Stdin).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", err
	}
	return strings.TrimRight(line, "\r\n"), nil
}

// ask reads a line that the terminal does not show. Ctrl+C gives up, and the
// terminal shows what is typed again.
func (c *console) ask(ctx context.Context, fd int) (string, error) {
	before, err := term.GetState(fd)
	if err != nil {
		return "", err
	}
	type answer struct {
		line []byte
		err  error
	}
	typed := make(chan answer, 1)
	fmt.Fprint(c.err, "Password: ")
	defer fmt.Fprintln(c.err)
	go func() {
		line, err := term.ReadPassword(fd)
		typed <- answer{line, err}
	}()
	select {
	case a := <-typed:
		if errors.Is(a.err, io.EOF) {
			a.err = nil
		}
		return string(a.line), a.err
	case <-ctx.Done():
		return "", errors.Join(errors.New("none was given"), term.Restore(fd, before))
	}
}
