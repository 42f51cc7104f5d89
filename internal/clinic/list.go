package clinic

import (
	"slices"

	"daftar/internal/fault"
)

// List names one of the lists of words that forms offer.
type List string

// The lists.
const (
	DiscountReasons    List = "discount_reason"
	CancelReasons      List = "cancel_reason"
	RefundReasons      List = "refund_reason"
	AcquisitionSources List = "acquisition_source"
	PatientTags        List = "tag"
)

// Lists are all of them in the order of the settings page.
var Lists = []List{DiscountReasons, CancelReasons, RefundReasons, AcquisitionSources, PatientTags}

// shipped are the codes that a new clinic begins with. Their names are the
// catalogue's, in the language of the reader.
var shipped = map[List][]string{
	DiscountReasons:    {"loyal", "colleague", "festival", "delay", "staff"},
	CancelReasons:      {"patient", "mistake", "absent", "moved"},
	RefundReasons:      {"not_done", "overpaid", "dissatisfied", "mistake"},
	AcquisitionSources: {"friends", "introducer", "doctor", "instagram", "google", "website", "sign", "sms", "other"},
	PatientTags:        {"vip", "staff", "allergy", "follow_up"},
}

// ListItemID names an item of a list.
type ListItemID int64

// ListItem is one word of a list. Code is what records keep and never changes;
// a Name of "" is the one that the program ships for the code.
type ListItem struct {
	ID       ListItemID
	List     List
	Code     string
	Name     string
	Position int
	Standing
}

// ShippedItems are the items that a new clinic begins with, without ids.
func ShippedItems() (all []ListItem) {
	for _, l := range Lists {
		for i, code := range shipped[l] {
			all = append(all, ListItem{List: l, Code: code, Position: i + 1})
		}
	}
	return all
}

// Shipped reports whether the program has a name of its own for the item.
func (i ListItem) Shipped() bool { return slices.Contains(shipped[i.List], i.Code) }

// Check cleans an item. Invalid list.none, list.position, catalogue.name,
// catalogue.code.
func (i ListItem) Check() (ListItem, error) {
	if !slices.Contains(Lists, i.List) {
		return i, fault.New(fault.Invalid, "list.none", "there is no list %q", i.List)
	}
	if i.Position < 0 || i.Position > 1000 {
		return i, fault.New(fault.Invalid, "list.position", "a place in a list is 0 to 1000").At("position")
	}
	if i.Name == "" && i.Shipped() {
		return i, nil
	}
	return i, cleanNamed(&i.Code, &i.Name)
}
