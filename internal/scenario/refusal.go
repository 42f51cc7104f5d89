package scenario

import (
	"fmt"
	"strconv"
	"strings"
)

// refusal is how a command may be refused: with the code, and where the file
// says so with the status of the answer and a figure in its words.
type refusal struct {
	code   string
	status int64 // 0: any
	figure *int64
}

// readRefusal reads "CODE", "CODE status 403" and "CODE limit 4500000".
func readRefusal(w *words) (r refusal, err error) {
	if r.code, err = w.name("the code of the refusal"); err != nil {
		return r, err
	}
	if w.accept("status") {
		if r.status, err = w.amount(); err != nil {
			return r, err
		}
	}
	if w.accept("limit") {
		n, err := w.amount()
		r.figure = &n
		return r, err
	}
	return r, nil
}

// check compares a refusal that has the code.
func (f refusal) check(r reply) error {
	if f.status != 0 {
		if err := same("the status of the refusal", int64(r.status), f.status); err != nil {
			return err
		}
	}
	detail := r.text("detail")
	if f.figure != nil && !strings.Contains(" "+detail+" ", " "+strconv.FormatInt(*f.figure, 10)+" ") {
		return fmt.Errorf("the refusal says %q, want %d in it", detail, *f.figure)
	}
	return nil
}
