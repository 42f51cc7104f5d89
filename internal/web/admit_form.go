package web

import (
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// mostAdmitLines bounds how many lines of a form are read.
const mostAdmitLines = 100

// admitForm is the sheet as it was typed.
type admitForm struct {
	tab, request        string
	lines               []view.AdmitLine
	base, supplementary string // ids of insurers; "" is none
	code                string // of a discount
	appointment         string // id of the appointment that the patient came for; "" is none
	focus               string
	inPast, still       bool
	problems            []view.FieldProblem
}

// admitProblem is a problem of a field; unread is one that stands whatever is
// typed next, beside a service that is known.
type admitProblem struct {
	view.FieldProblem
	unread bool
}

func blankLine(v visit) view.AdmitLine {
	return view.AdmitLine{Quantity: v.l.Digits("1"), Unit: "percent"}
}

// blank reports whether nothing was ordered in a line.
func blank(l view.AdmitLine) bool {
	return strings.TrimSpace(l.Service) == "" && l.Discount == "" && l.Reason == ""
}

// optional writes an id, "" for none.
func optional[T ~int64](n T) string {
	if n == 0 {
		return ""
	}
	return id(n)
}

// readAdmitForm reads the sheet; it has one line at least.
func readAdmitForm(v visit) admitForm {
	get := v.r.PostFormValue
	f := admitForm{tab: get("tab"), request: get("request"), base: get("base"), supplementary: get("supplementary"), code: get("discount_code"), appointment: get("appointment"), still: true}
	for i := range mostAdmitLines {
		n := "-" + strconv.Itoa(i)
		if _, ok := v.r.PostForm["service"+n]; !ok {
			break
		}
		f.lines = append(f.lines, view.AdmitLine{Service: get("service" + n), ServiceID: get("service_id" + n), Quantity: get("quantity" + n),
			Provider: get("provider" + n), Discount: get("discount" + n), Unit: get("unit" + n), Reason: get("reason" + n)})
	}
	if len(f.lines) == 0 {
		f.lines = []view.AdmitLine{blankLine(v)}
	}
	return f
}

// command is the form as the desk takes it, for each of its lines the one of
// the form, and what cannot be read. Blank lines are not there; a service that
// is found gets its whole name.
func (f admitForm) command(v visit, patient clinic.PatientID, offer desk.Offer) (cmd desk.Admit, from []int, problems []admitProblem) {
	cmd = desk.Admit{Patient: patient, Code: strings.TrimSpace(f.code), Appointment: number[clinic.AppointmentID](f.appointment), Coverage: &desk.Insurers{Base: number[clinic.InsurerID](f.base), Supplementary: number[clinic.InsurerID](f.supplementary)}}
	wrong := func(field string, i int, unread bool, err error) {
		if e, ok := fault.As(err); ok {
			problems = append(problems, admitProblem{view.FieldProblem{Field: field + "-" + strconv.Itoa(i), Text: message.Fault(v.l.Lang, e)}, unread})
		}
	}
	for i, l := range f.lines {
		if blank(l) {
			continue
		}
		service, err := picked(offer.Services, l)
		wrong("service", i, false, err)
		quantity, quantityErr := readQuantity(l.Quantity)
		wrong("quantity", i, err == nil, quantityErr)
		discount, discountErr := readDiscount(v, l)
		wrong("discount", i, err == nil, discountErr)
		f.lines[i].Discount = typedAmount(v, l.Discount, discount.Amount)
		if err == nil {
			f.lines[i].Service, f.lines[i].ServiceID = service.Name, id(service.ID)
		}
		if err != nil || quantityErr != nil || discountErr != nil {
			continue
		}
		cmd.Lines = append(cmd.Lines, desk.OrderedLine{Service: service.ID, Provider: number[clinic.ProviderID](l.Provider), Quantity: quantity, Discount: discount})
		from = append(from, i)
	}
	return cmd, from, problems
}

// number reads an id, 0 for what is none.
func number[T ~int64](text string) T {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return T(n)
}

// picked is the service of a line: the one that was picked as long as its name
// stands there, else the one that the text means.
func picked(services []clinic.OfferedService, l view.AdmitLine) (clinic.OfferedService, error) {
	for _, s := range services {
		if l.ServiceID == id(s.ID) && farsi.Key(l.Service) == farsi.Key(s.Name) {
			return s, nil
		}
	}
	return clinic.ServiceNamed(services, l.Service)
}

func readQuantity(text string) (int64, error) {
	n, err := strconv.ParseInt(strings.TrimSpace(farsi.Digits(text)), 10, 64)
	if err != nil {
		return 0, fault.New(fault.Invalid, "admission.quantity", "%q is no quantity", text)
	}
	return n, nil
}

// readDiscount reads an amount, or a percentage, which a sign behind it makes
// of any number.
func readDiscount(v visit, l view.AdmitLine) (d clinic.Discount, err error) {
	d.Reason = strings.TrimSpace(l.Reason)
	text := strings.TrimSpace(l.Discount)
	if text == "" {
		return d, nil
	}
	number, signed := cutPercent(text)
	if !signed && l.Unit != "percent" {
		d.Amount, err = amount(v, text)
		return d, err
	}
	d.Percent, err = readPercent(number)
	return d, err
}

// cutPercent takes a sign of percentages off, on either side.
func cutPercent(text string) (string, bool) {
	without := strings.Map(func(r rune) rune {
		if r == '%' || r == 0x66a || r == 0xff05 {
			return -1
		}
		return r
	}, text)
	return strings.TrimSpace(without), without != text
}

// readPercent reads up to two decimals as basis points. Invalid
// discount.amount.
func readPercent(text string) (int, error) {
	plain := strings.NewReplacer(string(rune(0x66b)), ".", "/", ".", " ", "").Replace(farsi.Digits(text))
	whole, rest, _ := strings.Cut(plain, ".")
	n, err := strconv.Atoi(whole + (rest + "00")[:2])
	if err != nil || len(rest) > 2 || len(whole) > 3 || n < 0 || n > 10000 {
		return 0, fault.New(fault.Invalid, "discount.amount", "%q is no percentage", text)
	}
	return n, nil
}

// sheet is the form as the sheet shows it.
func (f admitForm) sheet(v visit, patient clinic.PatientID, offer desk.Offer) view.Admit {
	a := view.Admit{L: v.l, Patient: id(patient), Tab: f.tab, Action: admissionsPath(patient), Preview: admissionsPath(patient) + "/preview",
		Back: statementPath(patient, f.tab), Request: f.request, Lines: f.lines, Base: f.base, Supplementary: f.supplementary, Code: f.code,
		Receives: v.actor.Can(clinic.ReceiveMoney), Focus: f.focus, Appointment: f.appointment, Problems: f.problems, InPast: f.inPast, Still: f.still}
	for _, i := range offer.Reasons {
		a.Reasons = append(a.Reasons, itemName(v, i))
	}
	if limit := v.actor.DiscountCap(); limit < 10000 {
		a.Cap = clinic.PercentText(limit)
	}
	none := view.Choice{Text: v.l.T("admit.self_pay")}
	a.BaseChoices, a.Supplements = []view.Choice{none}, []view.Choice{{Text: v.l.T("admit.uncovered")}}
	for _, i := range offer.Insurers {
		c := view.Choice{Value: id(i.ID), Text: v.l.T("admit.insurer", "name", i.Name, "percent", v.l.Digits(clinic.PercentText(i.Share)))}
		if i.Kind == clinic.BaseInsurance {
			a.BaseChoices = append(a.BaseChoices, c)
		} else {
			a.Supplements = append(a.Supplements, c)
		}
	}
	a.Providers = []view.Choice{{Text: v.l.T("word.none")}}
	for _, p := range offer.Providers {
		a.Providers = append(a.Providers, view.Choice{Value: id(p.ID), Text: p.Name})
	}
	return a
}
