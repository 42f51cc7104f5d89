package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"daftar/internal/fault"
)

// Request is a command that was carried out: its key, what was asked by whom
// and the first answer.
type Request struct {
	Key      string
	Command  string
	Digest   []byte // of the sender and the body
	Answer   string // JSON
	Recorded time.Time
}

// Answered returns the stored answer to the same request, and false when the
// key is new. Conflict request.reused when the key named another command or
// another body, or came from another sender.
func (tx *Tx) Answered(ctx context.Context, r Request) (answer string, found bool, err error) {
	var command string
	var digest []byte
	err = tx.row(ctx, `
		SELECT command, digest, answer FROM request
		WHERE clinic = $1 AND key = $2`, tx.clinic, r.Key).Scan(&command, &digest, &answer)
	if errors.Is(err, sql.ErrNoRows) {
		return "", false, nil
	}
	if err != nil {
		return "", false, fmt.Errorf("request: %w", err)
	}
	if command != r.Command || !bytes.Equal(digest, r.Digest) {
		return "", false, fault.New(fault.Conflict, "request.reused", "the request key was used for something else")
	}
	return answer, true, nil
}

// SaveRequest keeps a request with its answer, in the transaction of its
// effect.
func (tx *Tx) SaveRequest(ctx context.Context, r Request) error {
	err := tx.exec(ctx, `
		INSERT INTO request (clinic, key, command, digest, answer, recorded)
		VALUES ($1, $2, $3, $4, $5, $6)`, tx.clinic, r.Key, r.Command, r.Digest, r.Answer, micros(r.Recorded))
	if err != nil {
		return fmt.Errorf("request: %w", err)
	}
	return nil
}
