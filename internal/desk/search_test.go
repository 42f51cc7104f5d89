package desk_test

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/ledger"
	"daftar/internal/money"
	"daftar/internal/store"
)

// find returns the names that a search finds, in order.
func (o office) find(t *testing.T, text string) []string {
	t.Helper()
	page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: text})
	if err != nil {
		t.Fatalf("search %q: %v", text, err)
	}
	return names(page)
}

func names(page desk.PatientPage) (all []string) {
	for _, item := range page.Items {
		all = append(all, item.Patient.Name())
	}
	return all
}

func TestWhatASearchFinds(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		for _, p := range []clinic.Patient{
			{FirstName: "علی", LastName: "رضایی", FileNumber: 4567, NationalCode: "0499370899", Mobile: "09121234567"},
			{FirstName: "زهرا", LastName: "علی‌پور", Mobile: "09359994567", Landline: "02188776655"},
			{FirstName: "رضا", LastName: "پورعلی", SecondMobile: "09121234567"},
			{FirstName: "سید حسن", LastName: "پارسا"},
			{FirstName: "John", LastName: "Müller", ForeignIDKind: "passport", ForeignID: "P-77"},
		} {
			o.register(t, p)
		}
		const ali, zahra, reza, hasan, john = "علی رضایی", "زهرا علی‌پور", "رضا پورعلی", "سید حسن پارسا", "John Müller"
		for name, c := range map[string]struct {
			text string
			want []string
		}{
			"a beginning goes before an inside":        {"علی", []string{ali, zahra, reza}},
			"two letters":                              {"زه", []string{zahra}},
			"one letter finds nobody":                  {"ز", nil},
			"three digits are no end of a mobile":      {"456", nil},
			"a short number is a file number":          {"4567", []string{ali, reza, zahra}},
			"an Arabic keyboard":                       {"علي", []string{ali, zahra, reza}},
			"two words in either order":                {"رضایی علی", []string{ali}},
			"a name apart that is stored with ZWNJ":    {"علی پور زهرا", []string{zahra}},
			"a name joined":                            {"علیپور", []string{zahra}},
			"a name apart that is stored joined":       {"پور علی رضا", []string{reza}},
			"a title is no part of it":                 {"دکتر پارسا", []string{hasan}},
			"a national code in Persian digits":        {"۰۴۹۹۳۷۰۸۹۹", []string{ali}},
			"a national code without its zero":         {"499370899", []string{ali}},
			"the beginning of a national code":         {"04993", []string{ali}},
			"a whole mobile, main one first":           {"+98 912 123 4567", []string{ali, reza}},
			"the last four of a mobile":                {"9456", []string{zahra}},
			"a landline":                               {"021 8877 6655", []string{zahra}},
			"a name and the end of a mobile":           {"زهرا ۴۵۶۷", []string{zahra}},
			"a foreign name without its dots":          {"MULLER", []string{john}},
			"a passport":                               {"p-77", []string{john}},
			"nobody":                                   {"نادری", nil},
			"one word of two fits":                     {"علی نادری", nil},
			"no word in it finds nobody, not everyone": {"؟!", nil},
		} {
			t.Run(name, func(t *testing.T) {
				if got := o.find(t, c.text); !slices.Equal(got, c.want) {
					t.Errorf("%q finds %q, want %q", c.text, got, c.want)
				}
			})
		}
	})
}

func TestASearchOnTheWrongKeyboardSuggestsTheRightOne(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		o.register(t, clinic.Patient{FirstName: "علی", LastName: "رضایی"})
		for text, want := range map[string]string{"ugd": "علی", "علی": "", "نادری": ""} {
			page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: text})
			if err != nil || page.Suggest != want {
				t.Errorf("%q suggests %q, %v; want %q", text, page.Suggest, err, want)
			}
		}
	})
}

// syllables make names that share beginnings and insides.
var syllables = []string{"علی", "رضا", "پور", "محمد", "زاده", "نور", "دین", "حسن", "ی", "ان"}

func TestEveryBeginningOfANameFindsIt(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		random := rand.New(rand.NewPCG(3, 4))
		word := func() string {
			w := syllables[random.IntN(7)]
			for range random.IntN(3) {
				w += []string{"", "", " ", "\u200c"}[random.IntN(4)] + syllables[random.IntN(len(syllables))]
			}
			return w
		}
		var all []clinic.Patient
		for range 60 {
			all = append(all, o.register(t, clinic.Patient{FirstName: word(), LastName: word()}))
		}
		for _, p := range all {
			tokens := farsi.Tokens(p.Name())
			token := []rune(tokens[random.IntN(len(tokens))])
			text := string(token[:min(len(token), 2+random.IntN(len(token)))]) + " " + string([]rune(tokens[0])[:1])
			page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: text, Limit: 200})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(page.Items, func(i desk.PatientItem) bool { return i.Patient.ID == p.ID }) {
				t.Errorf("%q does not find %q but %q", text, p.Name(), names(page))
			}
		}
	})
}

func TestTheListIsPagedInBothDirections(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		for i := range 25 {
			// Three share each name, so the id has to decide between them.
			o.register(t, clinic.Patient{FirstName: "نام", LastName: syllables[i%8], Notes: strconv.Itoa(i)})
		}
		for _, sort := range []string{"", "name", "file_number"} {
			whole, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Sort: sort, Limit: 200})
			if err != nil || len(whole.Items) != 25 || whole.Count != 25 || whole.Newer != "" || whole.Older != "" {
				t.Fatalf("%d of %d patients, %v, %q %q", len(whole.Items), whole.Count, err, whole.Newer, whole.Older)
			}
			var forth, back []desk.PatientItem
			q := desk.PatientQuery{Sort: sort, Limit: 7}
			var last desk.PatientPage
			for more := true; more; more = q.Cursor != "" {
				if last, err = o.Patients(t.Context(), o.manager, q); err != nil {
					t.Fatal(err)
				}
				if (last.Newer == "") != (q.Cursor == "") {
					t.Errorf("cursor back %q on the page after %q", last.Newer, q.Cursor)
				}
				forth = append(forth, last.Items...)
				q.Cursor = last.Older
			}
			for back = last.Items; last.Newer != ""; back = append(slices.Clone(last.Items), back...) {
				q.Cursor = last.Newer
				if last, err = o.Patients(t.Context(), o.manager, q); err != nil {
					t.Fatal(err)
				}
				if last.Older == "" {
					t.Error("no way forth again")
				}
			}
			same := func(a, b desk.PatientItem) bool { return a.Patient.ID == b.Patient.ID }
			if !slices.EqualFunc(forth, whole.Items, same) || !slices.EqualFunc(back, whole.Items, same) {
				t.Errorf("sorted by %q: forth %d, back %d, and not as the whole", sort, len(forth), len(back))
			}
		}
	})
}

func TestTheListIsInTheOrderAsked(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		for _, last := range []string{"وحیدی", "پارسا", "آرام", "هاشمی", "باقری"} {
			o.register(t, clinic.Patient{FirstName: "م", LastName: last})
		}
		for sort, want := range map[string][]string{
			"":            {"م آرام", "م باقری", "م پارسا", "م وحیدی", "م هاشمی"},
			"file_number": {"م باقری", "م هاشمی", "م آرام", "م پارسا", "م وحیدی"},
		} {
			page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Sort: sort})
			if got := names(page); err != nil || !slices.Equal(got, want) {
				t.Errorf("by %q: %q, %v", sort, got, err)
			}
		}
		for name, c := range map[string]struct {
			q    desk.PatientQuery
			code string
		}{
			"an unknown filter":   {desk.PatientQuery{PatientFilter: desk.PatientFilter{Filter: "rich"}}, "patient.filter"},
			"an unknown order":    {desk.PatientQuery{Sort: "age"}, "patient.sort"},
			"a made-up cursor":    {desk.PatientQuery{Cursor: "x"}, "page.cursor"},
			"a negative cursor":   {desk.PatientQuery{Cursor: "o.-5"}, "page.cursor"},
			"a cursor of no side": {desk.PatientQuery{Cursor: "p.5"}, "page.cursor"},
		} {
			_, err := o.Patients(t.Context(), o.manager, c.q)
			t.Run(name, func(t *testing.T) { refuses(t, err, fault.Invalid, c.code) })
		}
	})
}

// owe posts what a patient owes, as an opening balance.
func (o office) owe(t *testing.T, p clinic.Patient, amount money.Amount) {
	t.Helper()
	err := o.store.Write(t.Context(), o.manager.Clinic, func(tx *store.Tx) error {
		e, err := ledger.NewEntry("2026-11-20", "opening",
			ledger.Posting{Account: ledger.Account{Kind: clinic.AccountReceivable, Owner: int64(p.ID), Unit: "IRR"}, Amount: amount},
			ledger.Posting{Account: ledger.Account{Kind: clinic.AccountOpening, Unit: "IRR"}, Amount: -amount})
		if err != nil {
			return err
		}
		return tx.Post(t.Context(), e, store.Posted{ID: ledger.EntryID(o.ids.Next()), At: o.clock.now(), Recorded: o.clock.now(),
			Patient: p.ID, Staff: o.manager.Staff, Branch: o.manager.Branch})
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestTheListIsFilteredByBalance(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		people := map[string]clinic.Patient{}
		for _, last := range []string{"الف", "ب", "پ", "ت"} {
			people[last] = o.register(t, clinic.Patient{FirstName: "مه", LastName: last})
		}
		o.owe(t, people["الف"], 500)
		o.owe(t, people["ب"], -300)
		o.owe(t, people["پ"], 200)
		o.owe(t, people["پ"], -200)
		for filter, want := range map[string][]string{
			"debtor": {"مه الف"}, "creditor": {"مه ب"}, "settled": {"مه پ", "مه ت"}, "": {"مه الف", "مه ب", "مه پ", "مه ت"},
		} {
			for _, text := range []string{"", "مه"} {
				page, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{PatientFilter: desk.PatientFilter{Filter: filter}, Text: text})
				if got := names(page); err != nil || !slices.Equal(got, want) {
					t.Errorf("%q with %q: %q, %v", filter, text, got, err)
				}
				for _, i := range page.Items {
					if b := map[string]money.Amount{"الف": 500, "ب": -300}[i.Patient.LastName]; i.Balance != b {
						t.Errorf("balance of %s is %d, want %d", i.Patient.Name(), i.Balance, b)
					}
				}
			}
		}
		page, err := o.Patients(t.Context(), o.as(clinic.Doctor), desk.PatientQuery{Text: "الف"})
		if err != nil || page.Items[0].Balance != 0 {
			t.Errorf("a doctor sees %+v, %v", page.Items, err)
		}
	})
}

func TestEveryLookAtPatientsIsAudited(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p := o.register(t, whole)
		for name, look := range map[string]func() error{
			"the list": func() error { _, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{}); return err },
			"a search": func() error {
				_, err := o.Patients(t.Context(), o.manager, desk.PatientQuery{Text: "علی"})
				return err
			},
			"one patient":     func() error { _, err := o.Patient(t.Context(), o.manager, p.ID); return err },
			"the insurances":  func() error { _, err := o.Coverages(t.Context(), o.manager, p.ID); return err },
			"the look-alikes": func() error { _, err := o.SimilarPatients(t.Context(), o.manager, whole); return err },
		} {
			before := len(o.audit(t))
			if err := look(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if n := len(o.audit(t)) - before; n != 1 {
				t.Errorf("%s leaves %d lines in the audit, want 1", name, n)
			}
		}
	})
}
