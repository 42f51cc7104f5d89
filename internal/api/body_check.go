package api

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"unicode/utf8"

	"daftar/internal/fault"
)

// check refuses what encoding/json would let pass or would not name: a body
// that is no object, names in other letters than ours, a name that is there
// twice, amounts that are none. Invalid request.syntax, request.unknown,
// request.twice and those of amounts, at the field.
func check(raw []byte, body reflect.Type) error {
	if !utf8.Valid(raw) || !json.Valid(raw) {
		return fault.New(fault.Invalid, "request.syntax", "the body is not one JSON value in UTF-8")
	}
	if first := bytes.TrimLeft(raw, " \t\r\n"); first[0] != '{' {
		return fault.New(fault.Invalid, "request.syntax", "the body is no JSON object")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	return checkValue(d, body, "", "")
}

// checkValue reads the next value, which is to be a t; nil is anything. name is
// the field that it is the value of, of the element of a list as item says.
func checkValue(d *json.Decoder, t reflect.Type, name, item string) error {
	token, err := d.Token()
	if err != nil {
		return err
	}
	for t != nil && t.Kind() == reflect.Pointer && token != nil {
		t = t.Elem()
	}
	switch {
	case t == reflect.TypeFor[amount]():
		return checkAmount(token, name+item)
	case token == json.Delim('{'):
		return checkObject(d, t, item)
	case token == json.Delim('['):
		return checkList(d, t, name)
	}
	return nil
}

func checkObject(d *json.Decoder, t reflect.Type, item string) error {
	known := fieldsOf(t)
	said := map[string]bool{}
	for d.More() {
		token, err := d.Token()
		if err != nil {
			return err
		}
		name := token.(string) // it is valid JSON, so this is a name
		field, ok := known[name]
		switch {
		case !ok && known != nil:
			return fault.New(fault.Invalid, "request.unknown", "there is no field %q", name).At(name)
		case said[name]:
			return fault.New(fault.Invalid, "request.twice", "the field %q is there twice", name).At(name)
		}
		said[name] = true
		if err := checkValue(d, field, name, item); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

func checkList(d *json.Decoder, t reflect.Type, name string) error {
	if t != nil {
		if t.Kind() != reflect.Slice {
			t = nil // of another kind than it should be, which json says in words
		} else {
			t = t.Elem()
		}
	}
	for i := 0; d.More(); i++ {
		if err := checkValue(d, t, name, "-"+strconv.Itoa(i)); err != nil {
			return err
		}
	}
	_, err := d.Token()
	return err
}

// fieldsOf are the fields of a body by their names; nil where anything goes.
func fieldsOf(t reflect.Type) map[string]reflect.Type {
	if t == nil || t.Kind() != reflect.Struct {
		return nil
	}
	fields := map[string]reflect.Type{}
	for _, f := range reflect.VisibleFields(t) {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name != "" && name != "-" {
			fields[name] = f.Type
		}
	}
	return fields
}

// checkAmount refuses what is no amount, at the field that it stands in.
func checkAmount(token json.Token, field string) error {
	text := `""` // anything that is no number
	switch token := token.(type) {
	case json.Number:
		text = token.String()
	case nil:
		text = "null"
	}
	var a amount
	err := a.UnmarshalJSON([]byte(text))
	if e, ok := fault.As(err); ok {
		return e.At(field)
	}
	return err
}
