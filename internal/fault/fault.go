// Package fault sorts errors by who has to act on them.
//
// A domain rule, a store or a handler that knows what went wrong returns a
// *fault.Error. Everything else (a full disk, a bug) is an ordinary error, has
// kind Internal, and is never shown to the person at the desk. The package
// knows nothing of HTTP, of languages or of the clinic.
package fault

import (
	"errors"
	"fmt"
	"maps"
)

// Kind says who has to act. The zero value is Internal, so an error nobody
// classified is treated as ours and not as the user's.
type Kind uint8

// The kinds, from "we act" to "wait and try again".
const (
	Internal    Kind = iota // our bug or a broken machine; the operator acts
	Invalid                 // the form is filled in wrong; the user corrects it
	NotFound                // there is no such record, or none this user may see
	Forbidden               // the user's role does not allow it; a manager acts
	Conflict                // someone else changed the record first; reload
	Refused                 // well formed, but a rule of the clinic says no
	Unavailable             // the database or the disk is away; try again later
)

var kindNames = [...]string{"internal", "invalid", "not_found", "forbidden", "conflict", "refused", "unavailable"}

// String returns the stable lower-case name of k, for logs and the API.
// A number that is no kind is "internal", as its handling would be.
func (k Kind) String() string {
	if int(k) >= len(kindNames) {
		return kindNames[Internal]
	}
	return kindNames[k]
}

// Error is a classified error. Code is stable, dotted and lower case
// ("deposit.short"); message catalogues translate it and tests compare it.
// Text is the English sentence used when no translation exists.
type Error struct {
	Kind  Kind
	Code  string
	Text  string
	Err   error             // the cause, for the log only; may be nil
	Field string            // the form field at fault; "" when it is the whole form
	Args  map[string]string // named values for the translation, in machine form with Latin digits
}

// Error implements error. It is written for the log, not for the screen.
func (e *Error) Error() string {
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", e.Code, e.Text, e.Err)
	}
	return e.Code + ": " + e.Text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// At returns a copy of e that belongs to the named form field. e is unchanged,
// so faults kept in variables may be shared.
func (e *Error) At(field string) *Error {
	c := *e
	c.Args = maps.Clone(e.Args)
	c.Field = field
	return &c
}

// With returns a copy of e that carries one more named value. The value is in
// machine form ("4500000"); the catalogue turns it into the reader's digits.
func (e *Error) With(name, value string) *Error {
	c := *e
	c.Args = maps.Clone(e.Args)
	if c.Args == nil {
		c.Args = map[string]string{}
	}
	c.Args[name] = value
	return &c
}

// Because returns a copy of e with the cause err, which is logged and never
// shown.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Args = maps.Clone(e.Args)
	c.Err = err
	return &c
}

// New returns a classified error. The text may use fmt verbs; without args it
// is taken as it stands.
func New(k Kind, code, text string, args ...any) *Error {
	if len(args) > 0 {
		text = fmt.Sprintf(text, args...)
	}
	return &Error{Kind: k, Code: code, Text: text}
}

// As returns the first classified error in err's chain, and false when there
// is none.
func As(err error) (*Error, bool) {
	e, ok := errors.AsType[*Error](err)
	return e, ok && e != nil
}

// Of returns the kind of the first classified error in err's chain, and
// Internal when there is none.
func Of(err error) Kind {
	if e, ok := As(err); ok {
		return e.Kind
	}
	return Internal
}

// Code returns the code of the first classified error in err's chain, or "".
func Code(err error) string {
	if e, ok := As(err); ok {
		return e.Code
	}
	return ""
}
