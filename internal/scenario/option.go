package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// filler puts into a body what is known only when the story is played.
type filler func(w *world, body map[string]any) error

// filled is a body with what the fillers put into it.
func (w *world) filled(body map[string]any, fillers []filler) (map[string]any, error) {
	full := maps.Clone(body)
	for _, fill := range fillers {
		if err := fill(w, full); err != nil {
			return nil, err
		}
	}
	return full, nil
}

// known reads one of the names.
func known(w *words, what, kind string, names map[string]bool) (string, error) {
	name, err := w.name(what)
	if err == nil && !names[name] {
		err = fmt.Errorf("there is no %s %q so far; there are %v", kind, name, slices.Sorted(maps.Keys(names)))
	}
	return name, err
}

// newName reads a name that nothing has so far and adds it to its kind.
func (p *parser) newName(w *words, what string, of *map[string]bool) (string, error) {
	name, err := w.name(what)
	if err != nil {
		return "", err
	}
	for _, taken := range []map[string]bool{p.actors, p.patients, p.admissions, p.depositNames, p.providers, p.visits, p.waits, p.campaigns, p.leadNames} {
		if taken[name] {
			return "", fmt.Errorf("%s is there already", name)
		}
	}
	if *of == nil {
		*of = map[string]bool{}
	}
	(*of)[name] = true
	return name, nil
}

// options reads what stands after semicolons, by its first word.
func options(w *words, of string, read map[string]func() error) error {
	for w.accept(";") {
		word := w.peek()
		option, ok := read[word]
		if !ok {
			return fmt.Errorf("unknown word %q; %s: %s", w.shown(), of, strings.Join(slices.Sorted(maps.Keys(read)), ", "))
		}
		w.at++
		if err := option(); err != nil {
			return err
		}
	}
	return nil
}

// flag is an option that is a word alone.
func flag(body map[string]any, field string, value any) func() error {
	return func() error {
		body[field] = value
		return nil
	}
}

// number is an option with a whole number.
func number(w *words, body map[string]any, field string) func() error {
	return func() (err error) {
		body[field], err = w.amount()
		return err
	}
}

// word is an option with a name or a text in quotes.
func word(w *words, body map[string]any, field string) func() error {
	return func() (err error) {
		body[field], err = w.name("the " + field)
		return err
	}
}
