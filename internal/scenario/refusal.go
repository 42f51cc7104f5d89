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
	next   []func(*world) string // the free times that it offers
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
	for more := w.accept("next"); more; more = w.accept(",") {
		at, err := new(parser).visit(w)
		if err != nil {
			return r, err
		}
		r.next = append(r.next, at)
	}
	return r, nil
}

// offers compares the free times that a refusal offers, where the file says
// some.
func (f refusal) offers(w *world, r reply) error {
	if f.next == nil {
		return nil
	}
	var got, want []string
	times, _ := r.at("next_free").([]any)
	for _, t := range times {
		got = append(got, w.clockOf(fmt.Sprint(t)))
	}
	for _, at := range f.next {
		want = append(want, w.clockOf(at(w)))
	}
	return same("the next free times", strings.Join(got, ", "), strings.Join(want, ", "))
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
