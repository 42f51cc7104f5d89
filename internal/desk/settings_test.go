package desk_test

import (
	"fmt"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// row is the form of a row of the settings.
func row[R any](r R) desk.Save[R] { return desk.Save[R]{Row: r} }

// section adds a section that the test needs.
func (o office) section(t *testing.T, code string) clinic.Section {
	t.Helper()
	s, err := o.SaveSection(t.Context(), o.manager, row(clinic.Section{Code: code, Name: "بخش " + code}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// service adds a service that the test needs.
func (o office) service(t *testing.T, code string, price money.Amount) clinic.Service {
	t.Helper()
	s, err := o.SaveService(t.Context(), o.manager, row(desk.SaveService{
		Service: clinic.Service{Section: o.section(t, "of-"+code).ID, Code: code, Name: "خدمت " + code}, Price: price}))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestTwoManagersChangeOneRow(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		s := o.section(t, "skin")
		first, second := s, s
		first.Name, second.Name = "پوست و مو", "پوست"
		first, err := o.SaveSection(t.Context(), o.manager, row(first))
		if err != nil || first.Version != 2 {
			t.Fatalf("%+v, %v", first, err)
		}
		_, err = o.SaveSection(t.Context(), o.manager, row(second))
		refuses(t, err, fault.Conflict, "section.stale")
		if all, err := o.SettingRows(t.Context(), o.manager); err != nil || all.Sections[0].Name != "پوست و مو" {
			t.Errorf("%+v, %v", all.Sections, err)
		}
		if line := o.audit(t)[0]; line.Action != "settings.section" || line.Object != int64(s.ID) {
			t.Errorf("audit %+v", line)
		}
	})
}

// What is switched off is offered no more, and what was made with it still
// names it.
func TestWhatIsOffIsNotOffered(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		s := o.service(t, "botox", 4_000_000)
		p, err := o.SaveProvider(ctx, o.manager, row(clinic.Provider{Name: "دکتر راد"}))
		if err != nil {
			t.Fatal(err)
		}
		i, err := o.SaveInsurer(ctx, o.manager, row(clinic.Insurer{Code: "tamin", Name: "تأمین", Kind: clinic.BaseInsurance, Share: 7000}))
		if err != nil {
			t.Fatal(err)
		}
		sick := o.register(t, whole)
		admit := desk.Admit{Patient: sick.ID, Lines: []desk.OrderedLine{{Service: s.ID, Provider: p.ID, Quantity: 1}}, Coverage: &desk.Insurers{Base: i.ID}}
		if _, err := o.Admit(ctx, o.manager, admit); err != nil {
			t.Fatal(err)
		}
		s.Disabled, p.Disabled, i.Disabled = true, true, true
		if s, err = o.SaveService(ctx, o.manager, row(desk.SaveService{Service: s})); err != nil {
			t.Fatal(err)
		}
		if _, err := o.SaveProvider(ctx, o.manager, row(p)); err != nil {
			t.Fatal(err)
		}
		if _, err := o.SaveInsurer(ctx, o.manager, row(i)); err != nil {
			t.Fatal(err)
		}
		c, err := o.Catalogue(ctx, o.manager)
		if err != nil || len(c.Services) != 0 || len(c.Providers) != 0 || len(c.Insurers) != 0 {
			t.Errorf("still offered: %+v, %v", c, err)
		}
		_, err = o.Admit(ctx, o.manager, admit)
		refuses(t, err, fault.Refused, "service.off")
		offer, err := o.Offer(ctx, o.manager, sick.ID)
		if err != nil || len(offer.Services) != 0 || len(offer.Providers) != 0 || len(offer.Insurers) != 0 {
			t.Errorf("still offered to an admission: %+v, %v", offer, err)
		}
		page, err := o.admissionRows(t, sick.ID)
		if err != nil || len(page) != 1 || page[0].Lines[0].Title != s.Name || page[0].Providers[p.ID] != p.Name {
			t.Errorf("the old row shows %+v, %v", page, err)
		}
		s.Disabled = false
		if _, err = o.SaveService(ctx, o.manager, row(desk.SaveService{Service: s})); err != nil {
			t.Fatal(err)
		}
		if c, err := o.Catalogue(ctx, o.manager); err != nil || len(c.Services) != 1 {
			t.Errorf("switched on again: %+v, %v", c.Services, err)
		}
	})
}

func TestWhatSettingsRefuse(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		other, err := o.CreateClinic(ctx, desk.NewClinic{Name: "دیگری", Currency: "USD", Zone: "Asia/Tehran", StaffName: "م"})
		if err != nil {
			t.Fatal(err)
		}
		skin, s := o.section(t, "skin"), o.service(t, "visit", 1_000_000)
		rows, err := o.SettingRows(ctx, o.manager)
		if err != nil {
			t.Fatal(err)
		}
		main := rows.Branches[0]
		off := main
		off.Disabled = true
		theirs := skin
		theirs.Name = "از آنِ دیگری"
		for name, c := range map[string]struct {
			err  error
			kind fault.Kind
			code string
		}{
			"a code that is taken":        {second(o.SaveSection(ctx, o.manager, row(clinic.Section{Code: "skin", Name: "ن"}))), fault.Conflict, "section.exists"},
			"no name":                     {second(o.SaveSection(ctx, o.manager, row(clinic.Section{Code: "x", Name: " \u200c "}))), fault.Invalid, "catalogue.name"},
			"a code with a colon":         {second(o.SaveSection(ctx, o.manager, row(clinic.Section{Code: "a:b", Name: "ن"}))), fault.Invalid, "catalogue.code"},
			"a row of nobody":             {second(o.SaveSection(ctx, o.manager, row(clinic.Section{ID: 99, Code: "x", Name: "ن"}))), fault.NotFound, "section.none"},
			"a row of another clinic":     {second(o.SaveSection(ctx, other, row(theirs))), fault.NotFound, "section.none"},
			"a section of another clinic": {second(o.SaveService(ctx, other, row(desk.SaveService{Service: clinic.Service{Section: skin.ID, Code: "x", Name: "ن"}}))), fault.NotFound, "section.none"},
			"the last branch":             {second(o.SaveBranch(ctx, o.manager, row(off))), fault.Refused, "branch.last"},
			"a branch of another clinic":  {second(o.SaveBranch(ctx, other, row(main))), fault.NotFound, "branch.none"},
			"a place without a branch":    {second(o.SavePlace(ctx, o.manager, row(desk.SavePlace{Kind: clinic.AccountCash, Place: clinic.Place{Code: "x", Name: "ن"}}))), fault.NotFound, "branch.none"},
			"a place of another clinic":   {second(o.SavePlace(ctx, other, row(desk.SavePlace{Kind: clinic.AccountCash, Place: rows.Places[clinic.AccountCash][0]}))), fault.NotFound, "place.none"},
			"dollars as tomans":           {second(o.SaveClinic(ctx, other, row(clinic.Clinic{Name: "ن", Toman: true, Version: 1}))), fault.Invalid, "clinic.toman"},
			"a clinic without a name":     {second(o.SaveClinic(ctx, o.manager, row(clinic.Clinic{Version: 1}))), fault.Invalid, "clinic.name"},
			"an old version of a clinic":  {second(o.SaveClinic(ctx, o.manager, row(clinic.Clinic{Name: "ن", Version: 7}))), fault.Conflict, "clinic.stale"},
			"another list":                {second(o.SaveListItem(ctx, o.manager, row(clinic.ListItem{List: "x", Name: "ن"}))), fault.Invalid, "list.none"},
			"an item of nobody":           {second(o.SaveListItem(ctx, o.manager, row(clinic.ListItem{ID: 5, List: clinic.CancelReasons, Name: "ن"}))), fault.NotFound, "list_item.none"},
			"yesterday's price":           {second(o.AddTariff(ctx, o.manager, row(clinic.Tariff{Service: s.ID, ValidFrom: "2026-11-22", Price: 1}))), fault.Invalid, "tariff.past"},
			"a price from no day":         {second(o.AddTariff(ctx, o.manager, row(clinic.Tariff{Service: s.ID, Price: 1}))), fault.Invalid, "tariff.day"},
			"a price below nothing":       {second(o.AddTariff(ctx, o.manager, row(clinic.Tariff{Service: s.ID, ValidFrom: "2026-11-23", Price: -1}))), fault.Invalid, "tariff.price"},
			"a price of another clinic":   {second(o.AddTariff(ctx, other, row(clinic.Tariff{Service: s.ID, ValidFrom: "2026-11-23", Price: 1}))), fault.NotFound, "service.none"},
			"a price for nobody":          {second(o.AddTariff(ctx, o.manager, row(clinic.Tariff{Service: s.ID, Insurer: 5, ValidFrom: "2026-11-23", Price: 1}))), fault.NotFound, "insurer.none"},
			"a receptionist":              {second(o.SaveSection(ctx, o.as(clinic.Receptionist), row(clinic.Section{Code: "x", Name: "ن"}))), fault.Forbidden, "permission"},
			"an accountant who changes":   {second(o.AddTariff(ctx, o.as(clinic.Accountant), row(clinic.Tariff{Service: s.ID, ValidFrom: "2026-11-23", Price: 1}))), fault.Forbidden, "permission"},
			"a receptionist who looks":    {second(o.PriceList(ctx, o.as(clinic.Receptionist))), fault.Forbidden, "permission"},
		} {
			t.Run(name, func(t *testing.T) { refuses(t, c.err, c.kind, c.code) })
		}
		if _, err := o.PriceList(ctx, o.as(clinic.Accountant)); err != nil {
			t.Errorf("an accountant looks: %v", err)
		}
	})
}

func second[A any](_ A, err error) error { return err }

// A new price holds from its day on; what was billed keeps its own.
func TestPricesAreNotChangedBackwards(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		s, sick := o.service(t, "visit", 1_000_000), o.register(t, whole)
		admit := func() money.Amount {
			a, err := o.Admit(ctx, o.manager, desk.Admit{Patient: sick.ID, Lines: []desk.OrderedLine{{Service: s.ID, Quantity: 1}}, Coverage: &desk.Insurers{}})
			if err != nil {
				t.Fatal(err)
			}
			return a.Admission.PatientShare
		}
		if got := admit(); got != 1_000_000 {
			t.Fatalf("the first price is %v", got)
		}
		for _, p := range []clinic.Tariff{{ValidFrom: "2026-11-23", Price: 1_200_000}, {ValidFrom: "2026-12-01", Price: 1_500_000}} {
			p.Service = s.ID
			if _, err := o.AddTariff(ctx, o.manager, row(p)); err != nil {
				t.Fatal(err)
			}
		}
		if got := admit(); got != 1_200_000 {
			t.Errorf("from today on it costs %v", got)
		}
		list, err := o.admissionRows(t, sick.ID)
		if err != nil || len(list) != 2 || list[0].Admission.PatientShare+list[1].Admission.PatientShare != 2_200_000 {
			t.Errorf("%+v, %v", list, err)
		}
		tariffs, err := o.ServiceTariffs(ctx, o.as(clinic.Accountant), s.ID)
		if err != nil || len(tariffs.Tariffs) != 3 {
			t.Errorf("%+v, %v", tariffs, err)
		}
	})
}

// A change of the clinic holds at once, for everybody who asks this desk.
func TestTheClinicChangesWithoutARestart(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		c, err := o.Clinic(ctx, o.manager.Clinic)
		if err != nil || c.Version != 1 || c.Toman {
			t.Fatalf("%+v, %v", c, err)
		}
		c.Name, c.Toman, c.Club, c.Footer = "درمانگاه تازه", true, true, "سپاس\nاز شما"
		if c, err = o.SaveClinic(ctx, o.manager, row(c)); err != nil || c.Version != 2 || c.Zone == nil {
			t.Fatalf("%+v, %v", c, err)
		}
		if now, err := o.Clinic(ctx, o.manager.Clinic); err != nil || now != c || now.Display() != money.IRT || now.Currency != money.IRR {
			t.Errorf("%+v, %v", now, err)
		}
	})
}

// Receipts go where money is still taken. A drawer whose shift is open takes
// money until the shift ends.
func TestAPlaceThatIsOffTakesNoMoney(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		sick := o.register(t, whole)
		rows, err := o.SettingRows(ctx, o.manager)
		if err != nil {
			t.Fatal(err)
		}
		old := rows.Places[clinic.AccountPOS][0]
		made, err := o.SavePlace(ctx, o.manager, row(desk.SavePlace{Kind: clinic.AccountPOS, Place: clinic.Place{Branch: old.Branch, Code: "two", Name: "کارتخوان ۲"}}))
		if err != nil {
			t.Fatal(err)
		}
		old.Disabled = true
		if _, err := o.SavePlace(ctx, o.manager, row(desk.SavePlace{Kind: clinic.AccountPOS, Place: old})); err != nil {
			t.Fatal(err)
		}
		pay := desk.Receive{Patient: sick.ID, Lines: []clinic.MoneyLine{{Method: clinic.POS, Amount: 1000}}}
		got, err := o.Receive(ctx, o.manager, pay)
		if err != nil || got.Receipt.Lines[0].Place != made.ID {
			t.Errorf("%+v, %v", got.Receipt.Lines, err)
		}
		made.Disabled = true
		if _, err := o.SavePlace(ctx, o.manager, row(desk.SavePlace{Kind: clinic.AccountPOS, Place: made})); err != nil {
			t.Fatal(err)
		}
		_, err = o.Receive(ctx, o.manager, pay)
		refuses(t, err, fault.Refused, "receipt.place")
	})
}

func TestListsOfWords(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		ctx := t.Context()
		codes := func() (text string) {
			all, err := o.List(ctx, o.as(clinic.Stockkeeper), clinic.CancelReasons)
			if err != nil {
				t.Fatal(err)
			}
			for _, i := range all {
				text += fmt.Sprint(i.Code, "=", i.Name, " ")
			}
			return text
		}
		if got := codes(); got != "patient= mistake= absent= moved= " {
			t.Fatalf("shipped: %s", got)
		}
		own, err := o.SaveListItem(ctx, o.manager, row(clinic.ListItem{List: clinic.CancelReasons, Name: "تعطیلی", Position: 1}))
		if err != nil {
			t.Fatal(err)
		}
		all, err := o.ListItems(ctx, o.manager, clinic.CancelReasons)
		if err != nil {
			t.Fatal(err)
		}
		patient := all[0]
		patient.Disabled = true
		if _, err := o.SaveListItem(ctx, o.manager, row(patient)); err != nil {
			t.Fatal(err)
		}
		if got, want := codes(), own.Code+"=تعطیلی mistake= absent= moved= "; got != want {
			t.Errorf("%s, want %s", got, want)
		}
		_, err = o.SaveListItem(ctx, o.manager, row(patient))
		refuses(t, err, fault.Conflict, "list_item.stale")
		own.List = clinic.RefundReasons
		_, err = o.SaveListItem(ctx, o.manager, row(own))
		refuses(t, err, fault.NotFound, "list_item.none")
	})
}

// admissionRows are the rows of a patient's tab.
func (o office) admissionRows(t *testing.T, id clinic.PatientID) ([]desk.AdmissionRow, error) {
	t.Helper()
	page, err := o.Admissions(t.Context(), o.manager, id, desk.View{})
	return page.Rows, err
}
