package desk

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// addLists gives a new clinic the items that the program ships.
func (w work) addLists(ctx context.Context) error {
	for _, i := range clinic.ShippedItems() {
		i.ID = clinic.ListItemID(w.id())
		if err := w.AddListItem(ctx, i); err != nil {
			return err
		}
	}
	return nil
}

// List returns the items of a list that may be chosen, in its order. Records
// keep the Code; a Name of "" is the one the program ships, the text
// list.LIST.CODE. Anybody of the clinic may read it.
func (d *Desk) List(ctx context.Context, actor clinic.Actor, l clinic.List) ([]clinic.ListItem, error) {
	return offered(d.ListItems(ctx, actor, l))
}

// ListItems returns all items of a list, also those that are off, to name what
// older records keep.
func (d *Desk) ListItems(ctx context.Context, actor clinic.Actor, l clinic.List) (all []clinic.ListItem, err error) {
	err = d.read(ctx, actor, func(w work) (err error) {
		all, err = w.ListItems(ctx, l)
		return err
	})
	return all, err
}

// SaveListItem adds an item, of which only the name is given, or changes the
// name and the place of one. Faults are those of Check, NotFound
// list_item.none, Conflict list_item.stale.
func (d *Desk) SaveListItem(ctx context.Context, actor clinic.Actor, s Save[clinic.ListItem]) (clinic.ListItem, error) {
	return saved(ctx, d, actor, "settings.list", s, func(w work, i clinic.ListItem) (clinic.ListItem, int64, error) {
		isNew := i.ID == 0
		if isNew {
			i.ID, i.Standing = clinic.ListItemID(w.id()), clinic.Standing{Version: 1}
			i.Code = "own-" + strconv.FormatInt(int64(i.ID), 10)
		} else {
			code, err := w.listCode(ctx, i)
			if err != nil {
				return i, 0, err
			}
			i.Code = code
		}
		i, err := i.Check()
		if err != nil {
			return i, 0, err
		}
		if isNew {
			return i, int64(i.ID), w.AddListItem(ctx, i)
		}
		err = w.SaveListItem(ctx, i, w.now)
		i.Version++
		return i, int64(i.ID), err
	})
}

// listCode is the code that an item has. NotFound list_item.none, also for an
// item of another list.
func (w work) listCode(ctx context.Context, i clinic.ListItem) (string, error) {
	all, err := w.ListItems(ctx, i.List)
	if err != nil {
		return "", err
	}
	for _, old := range all {
		if old.ID == i.ID {
			return old.Code, nil
		}
	}
	return "", fault.New(fault.NotFound, "list_item.none", "there is no item %d in the list", i.ID)
}
