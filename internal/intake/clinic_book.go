package intake

import (
	"context"
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/sheet"
)

func (b *clinicBook) insurer(ctx context.Context, row sheet.Row) error {
	return b.once(ctx, "insurer", row.Get("key"), []sheet.Row{row}, func() (int64, error) {
		share, err := rate(row, "share")
		if err != nil {
			return 0, err
		}
		kind := clinic.InsurerKind(row.Get("kind"))
		if kind != clinic.BaseInsurance && kind != clinic.SupplementaryInsurance {
			return 0, fault.New(fault.Invalid, "insurer.kind", "%q is neither base nor supplementary", string(kind)).At("kind")
		}
		id, err := b.Insurer(ctx, clinic.Insurer{Code: row.Get("code"), Name: row.Get("name"), Kind: kind, Share: share})
		return int64(id), err
	})
}

func (b *clinicBook) service(ctx context.Context, row sheet.Row) error {
	code := row.Get("section")
	if b.ids["section/"+code] == 0 {
		err := b.once(ctx, "section", code, []sheet.Row{key(row, "section")}, func() (int64, error) {
			name := row.Get("section_name")
			if name == "" {
				name = code
			}
			id, err := b.Section(ctx, clinic.Section{Code: code, Name: name})
			return int64(id), err
		})
		if err != nil {
			return err
		}
	}
	return b.once(ctx, "service", row.Get("key"), []sheet.Row{row}, func() (int64, error) {
		price, err := b.set.amount(row, "price")
		if err != nil {
			return 0, err
		}
		vat, err := rate(row, "vat")
		if err != nil {
			return 0, err
		}
		id, err := b.Service(ctx, desk.NewService{Section: clinic.SectionID(b.ids["section/"+code]), Code: row.Get("code"),
			Name: row.Get("name"), VAT: vat, Price: price})
		return int64(id), err
	})
}

func (b *clinicBook) tariff(ctx context.Context, row sheet.Row) error {
	return b.once(ctx, "tariff", row.Get("key"), []sheet.Row{row}, func() (int64, error) {
		price, err := b.set.amount(row, "price")
		if err != nil {
			return 0, err
		}
		service := b.id("service", row, "service")
		return service, b.Tariff(ctx, clinic.Tariff{Service: clinic.ServiceID(service), Price: price,
			Insurer: clinic.InsurerID(b.id("insurer", row, "insurer")), ValidFrom: b.set.day(row.Get("valid_from"))})
	})
}

func (b *clinicBook) patient(ctx context.Context, row sheet.Row) error {
	return b.once(ctx, "patient", row.Get("key"), []sheet.Row{row}, func() (int64, error) {
		p := clinic.Patient{FirstName: row.Get("first_name"), LastName: row.Get("last_name"), FatherName: row.Get("father_name"),
			NationalCode: row.Get("national_code"), ForeignIDKind: row.Get("foreign_id_kind"), ForeignID: row.Get("foreign_id"),
			Mobile: row.Get("mobile"), SecondMobile: row.Get("second_mobile"), Landline: row.Get("landline"),
			EmergencyPhone: row.Get("emergency_phone"), BirthDate: b.set.day(row.Get("birth_date")), Gender: row.Get("gender"),
			MaritalStatus: row.Get("marital_status"), Job: row.Get("job"), Education: row.Get("education"),
			Province: row.Get("province"), City: row.Get("city"), Address: row.Get("address"), PostalCode: row.Get("postal_code"),
			AcquisitionSource: row.Get("acquisition_source"), Referrer: row.Get("referrer"), Notes: row.Get("notes"), SMSService: true}
		if day := b.set.day(row.Get("registered_on")); day != "" {
			p.Registered, _ = day.Bounds(b.set.settings.Zone)
		}
		if text := row.Get("file_number"); text != "" {
			n, err := strconv.ParseInt(farsi.Digits(text), 10, 64)
			if err != nil || n <= 0 {
				return 0, fault.New(fault.Invalid, "patient.file_number_form", "%q is no file number", text).At("file_number")
			}
			p.FileNumber = clinic.FileNumber(n)
		}
		p, err := b.Patient(ctx, p)
		if err != nil {
			return 0, err
		}
		for _, column := range []string{"base_insurer", "supplementary_insurer"} {
			insurer := b.id("insurer", row, column)
			if insurer == 0 {
				continue
			}
			c := clinic.Coverage{Patient: p.ID, Insurer: clinic.InsurerID(insurer), InsuranceNumber: row.Get("insurance_number")}
			if _, err := b.Coverage(ctx, c); err != nil {
				return 0, err
			}
		}
		return int64(p.ID), nil
	})
}

// provider is who treated, made on first use by name.
func (b *clinicBook) provider(ctx context.Context, row sheet.Row) (clinic.ProviderID, error) {
	name := row.Get("provider")
	if name == "" || b.ids["provider/"+name] != 0 {
		return clinic.ProviderID(b.ids["provider/"+name]), nil
	}
	err := b.once(ctx, "provider", name, []sheet.Row{key(row, "provider")}, func() (int64, error) {
		id, err := b.Provider(ctx, clinic.Provider{Name: name})
		return int64(id), err
	})
	return clinic.ProviderID(b.ids["provider/"+name]), err
}

// admission books an admission: a row for each service.
func (b *clinicBook) admission(ctx context.Context, e *clinicEvent) error {
	first := e.rows[0]
	return b.once(ctx, "admission", first.Get("key"), e.rows, func() (int64, error) {
		order := desk.Admit{Patient: clinic.PatientID(b.id("patient", first, "patient")), Coverage: &desk.Insurers{
			Base:          clinic.InsurerID(b.id("insurer", first, "base_insurer")),
			Supplementary: clinic.InsurerID(b.id("insurer", first, "supplementary_insurer"))}}
		var lines []clinic.AdmissionLine
		for _, row := range e.rows {
			line, err := b.line(ctx, order, row, e)
			if err != nil {
				return 0, at(row, "", err)
			}
			lines = append(lines, line)
		}
		a := clinic.Admission{Patient: order.Patient, Branch: b.branch, At: e.at, Lines: lines,
			BaseInsurer: order.Coverage.Base, SupplementaryInsurer: order.Coverage.Supplementary}
		status := first.Get("status")
		if status != "" && status != "finalized" && status != "draft" && status != "cancelled" {
			return 0, fault.New(fault.Invalid, "admission.status", "%q is none of finalized, draft and cancelled", status).At("status")
		}
		a, err := b.Admission(ctx, a, status != "draft")
		if err == nil && status == "cancelled" {
			err = b.CancelAdmission(ctx, a.ID, first.Get("cancel_reason"), e.at)
		}
		return int64(a.ID), err
	})
}

// line prices one row: by the tariffs of the day, or as the row says when it
// has a unit_price.
func (b *clinicBook) line(ctx context.Context, order desk.Admit, row sheet.Row, e *clinicEvent) (l clinic.AdmissionLine, err error) {
	quantity := int64(1)
	if text := row.Get("quantity"); text != "" {
		if quantity, err = strconv.ParseInt(farsi.Digits(text), 10, 32); err != nil {
			return l, err
		}
	}
	provider, err := b.provider(ctx, row)
	if err != nil {
		return l, err
	}
	discount, err := b.set.amount(row, "discount")
	if err != nil {
		return l, err
	}
	order.Lines = []desk.OrderedLine{{Service: clinic.ServiceID(b.id("service", row, "service")), Provider: provider,
		Quantity: quantity, Discount: clinic.Discount{Amount: discount, Reason: row.Get("discount_reason")}}}
	priced := row.Get("unit_price") != ""
	if priced {
		order.Lines[0].Discount = clinic.Discount{} // checked below against the price of the row
	}
	a, err := b.Order(ctx, order, e.at)
	if err != nil {
		return l, err
	}
	l = a.Lines[0]
	l.Status = clinic.LineCompleted
	if !priced {
		return l, nil
	}
	l.Discount, l.DiscountReason = discount, row.Get("discount_reason")
	return b.asWritten(row, l)
}

// asWritten takes the amounts of the row in place of today's prices.
func (b *clinicBook) asWritten(row sheet.Row, l clinic.AdmissionLine) (clinic.AdmissionLine, error) {
	var err error
	if l.UnitPrice, err = b.set.amount(row, "unit_price"); err != nil {
		return l, err
	}
	if l.BaseShare, err = b.set.amount(row, "base_share"); err != nil {
		return l, err
	}
	if l.SupplementaryShare, err = b.set.amount(row, "supplementary_share"); err != nil {
		return l, err
	}
	if l.VAT, err = b.set.amount(row, "vat"); err != nil {
		return l, err
	}
	l.Gross = l.UnitPrice * money.Amount(l.Quantity)
	l.PatientShare = l.Gross - l.BaseShare - l.SupplementaryShare - l.Discount + l.VAT
	switch {
	case l.BaseShare > 0 && row.Get("base_insurer") == "" || l.SupplementaryShare > 0 && row.Get("supplementary_insurer") == "":
		return l, fault.New(fault.Invalid, "import.share", "a share has an insurer").At("base_share")
	case l.PatientShare < l.VAT:
		return l, fault.New(fault.Invalid, "import.share", "the shares and the discount are more than the price").At("unit_price")
	}
	return l, nil
}

// receipt books a receipt: a row for each method. Rows that name an admission
// pay it; without any the oldest is paid first.
func (b *clinicBook) receipt(ctx context.Context, e *clinicEvent) error {
	first := e.rows[0]
	return b.once(ctx, "receipt", first.Get("key"), e.rows, func() (int64, error) {
		r := clinic.Receipt{Patient: clinic.PatientID(b.id("patient", first, "patient")), At: e.at, Note: first.Get("note")}
		var choices []clinic.Choice
		for _, row := range e.rows {
			amount, err := b.set.amount(row, "amount")
			if err != nil {
				return 0, at(row, "amount", err)
			}
			r.Lines = append(r.Lines, clinic.MoneyLine{Method: clinic.Method(row.Get("method")), Amount: amount,
				TrackingNumber: row.Get("tracking_number"), LastFour: row.Get("last_four")})
			if row.Get("admission") == "" {
				continue
			}
			id := clinic.AdmissionID(b.id("admission", row, "admission"))
			if id == 0 {
				return 0, at(row, "admission", fault.New(fault.Invalid, "import.order", "the admission is later than the receipt"))
			}
			choices = append(choices, clinic.Choice{Admission: id, Amount: amount})
		}
		r, _, err := b.Receipt(ctx, r, choices)
		return int64(r.ID), err
	})
}
