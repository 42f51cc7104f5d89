package api

import (
	"context"
	"reflect"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/money"
)

// today is the business day of the actor's clinic.
func (s *server) today(ctx context.Context, a clinic.Actor) (jalali.Day, error) {
	c, err := s.desk.Clinic(ctx, a.Clinic)
	return s.desk.Today(c), err
}

// day reads a day, Gregorian or Jalali; "" is none.
func day(text, field string, today jalali.Day) (jalali.Day, error) {
	if text == "" {
		return "", nil
	}
	d, err := jalali.Parse(text, today)
	if e, ok := fault.As(err); ok {
		return "", e.At(field)
	}
	return d, err
}

// instant reads an RFC 3339 instant or a day, of which it is the last
// microsecond; "" is none.
func instant(text, field string, c clinic.Clinic, today jalali.Day) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	if t, err := time.Parse(time.RFC3339, text); err == nil {
		if t.IsZero() { // zero means "not asked"; this was asked
			t = t.Add(time.Microsecond)
		}
		return t.UTC(), nil
	}
	d, err := day(text, field, today)
	if err != nil {
		return time.Time{}, err
	}
	_, until := d.Bounds(c.Zone)
	return until.Add(-time.Microsecond), nil
}

// twin is the day as a Jalali date, "" for none.
func twin(d jalali.Day) string {
	if !d.Valid() {
		return ""
	}
	return d.Date().String()
}

// seen is an amount for who may see money, nothing for others.
func seen(a clinic.Actor, m money.Amount) *money.Amount {
	if !a.Can(clinic.ReadMoney) {
		return nil
	}
	return &m
}

// limit is how many rows a query wants; Asked tells 0 from nothing said.
type limit struct {
	Rows  int
	Asked bool
}

// Receiver implements huma.ParamWrapper.
func (l *limit) Receiver() reflect.Value { return reflect.ValueOf(l).Elem().Field(0) }

// OnParamSet implements huma.ParamReactor.
func (l *limit) OnParamSet(asked bool, _ any) { l.Asked = asked }

// Schema describes a limit. The bounds are said, not given as numbers: the
// check is ours, so that its code is page.limit.
func (limit) Schema(huma.Registry) *huma.Schema {
	return &huma.Schema{Type: "integer", Format: "int64", Description: "1 to 200; 50 when missing"}
}

// check is Invalid page.limit for a page of no rows or of too many.
func (l limit) check() error {
	if l.Asked && (l.Rows < 1 || l.Rows > 200) {
		return fault.New(fault.Invalid, "page.limit", "a page has 1 to 200 rows").At("limit")
	}
	return nil
}

// someTime is nothing for the zero time.
func someTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}
