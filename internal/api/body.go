package api

import (
	"encoding/json"
	"errors"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// post is a call with a body; postTo one on the record that its path names.
type post[B any] struct {
	Key     string `header:"Idempotency-Key" doc:"Names this request; sent again it gets the first answer"`
	RawBody []byte `contentType:"application/json"`
}

type postTo[B any] struct {
	ID      string `path:"id"`
	Key     string `header:"Idempotency-Key" doc:"Names this request; sent again it gets the first answer"`
	RawBody []byte `contentType:"application/json"`
}

func (post[B]) bodyType() reflect.Type   { return reflect.TypeFor[B]() }
func (postTo[B]) bodyType() reflect.Type { return reflect.TypeFor[B]() }

// decode reads a JSON body strictly: one object with fields that we know, each
// of them once. Invalid request.syntax, request.unknown, request.twice and
// those of the values, at the field.
func decode[B any](raw []byte) (body B, err error) {
	if err := check(raw, reflect.TypeFor[B]()); err != nil {
		return body, err
	}
	if err = json.Unmarshal(raw, &body); err == nil {
		return body, nil
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		at := wrong.Field[strings.LastIndexByte(wrong.Field, '.')+1:]
		return body, fault.New(fault.Invalid, "request.syntax", "%s", mistaken(wrong.Value, wrong.Type)).At(at)
	}
	return body, fault.New(fault.Invalid, "request.syntax", "the body is not JSON").Because(err)
}

// mistaken says in words of JSON that a value, as encoding/json calls it, is no
// t.
func mistaken(value string, t reflect.Type) string {
	kind, digits, _ := strings.Cut(value, " ")
	said := map[string]string{"object": "an object", "array": "a list", "string": "a text", "bool": "true or false", "number": "a number"}[kind]
	if digits != "" {
		said = "the number " + digits
	}
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t.Kind() == reflect.Slice:
		return said + " is no list"
	case t.Kind() == reflect.String:
		return said + " is no text"
	case t.Kind() == reflect.Bool:
		return said + " is neither true nor false"
	case t.Kind() < reflect.Int || t.Kind() > reflect.Int64:
		return said + " is no object"
	case digits != "" && strings.Trim(digits, "-0123456789") == "":
		return said + " is too large"
	}
	return said + " is no whole number"
}

// keyed is the request of a command that moves money: its key is required.
func keyed(key string, dryRun bool) (desk.Request, error) {
	if strings.TrimSpace(key) == "" {
		return desk.Request{}, fault.New(fault.Invalid, "request.key", "the header Idempotency-Key is missing").At("Idempotency-Key")
	}
	return desk.Request{Key: key, DryRun: dryRun}, nil
}

// amount is money in a body: a whole JSON number of minor units within
// money.Max, never a fraction and never a text.
type amount money.Amount

// UnmarshalJSON implements json.Unmarshaler. Invalid money.fraction,
// money.syntax, money.large.
func (a *amount) UnmarshalJSON(text []byte) error {
	s := string(text)
	if s == "null" {
		return fault.New(fault.Invalid, "money.syntax", "an amount is a whole number").At("amount")
	}
	n, err := strconv.ParseInt(s, 10, 64)
	switch {
	case err == nil && money.Amount(n).Abs() <= money.Max:
		*a = amount(n)
		return nil
	case err == nil || errors.Is(err, strconv.ErrRange):
		return fault.New(fault.Invalid, "money.large", "the amount is too large").At("amount")
	case !strings.HasPrefix(s, `"`) && strings.ContainsAny(s, ".eE") && strings.Trim(s, "0123456789+-.eE") == "":
		return fault.New(fault.Invalid, "money.fraction", "an amount is a whole number of minor units").At("amount")
	}
	return fault.New(fault.Invalid, "money.syntax", "an amount is a whole number").At("amount")
}

// Schema describes an amount.
func (amount) Schema(huma.Registry) *huma.Schema {
	most := float64(money.Max) // as every float below 2^53 it is exact
	least := -most
	return &huma.Schema{Type: "integer", Format: "int64", Description: "whole minor units of the clinic's currency", Minimum: &least, Maximum: &most}
}

// number reads an id, "" being none. what names the record for the fault.
func number[T ~int64](text, what, field string) (T, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n <= 0 {
		return 0, fault.New(fault.NotFound, what+".none", "there is no %s %q", what, text).At(field)
	}
	return T(n), nil
}

// name writes an id, "" for none.
func name[T ~int64](id T) string {
	if id == 0 {
		return ""
	}
	return strconv.FormatInt(int64(id), 10)
}
