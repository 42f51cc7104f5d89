package desk_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/store"
)

func TestZZPerf(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		firsts := []string{"علی", "محمد", "زهرا", "فاطمه", "مریم", "رضا", "حسین", "حسن", "محمدرضا", "نرگس"}
		lasts := []string{"احمدی", "محمدی", "رضایی", "کریمی", "علی‌پور", "حسینی", "موسوی", "کاظمی", "پورمحمد", "صادقی"}
		start := time.Now()
		n := 0
		for range 8 {
			err := o.store.Write(t.Context(), 1, func(tx *store.Tx) error {
				for range 5000 {
					n++
					p := clinic.Patient{ID: clinic.PatientID(o.ids.Next()), FileNumber: clinic.FileNumber(2000 + n), FirstName: firsts[rand.IntN(10)], LastName: lasts[rand.IntN(10)] + fmt.Sprint(""), Mobile: fmt.Sprintf("0912%07d", rand.IntN(10000000)), Branch: o.manager.Branch, Registered: time.Now()}
					if err := tx.AddPatient(t.Context(), p); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		t.Log("load", n, time.Since(start))
		var any clinic.Patient
		for _, q := range []desk.PatientQuery{{}, {Text: "ع"}, {Text: "مح"}, {Text: "علی احمدی"}, {Text: "احمدی علی"}, {Text: "علی پور"}, {Text: "پور"}, {Text: "4567"}, {Text: "09121"}, {Text: "نرگس قلی"}, {Text: "محمد ممم"},
			{Filter: "settled"}, {Filter: "debtor"}, {Sort: "file_number"}, {Text: "علی", Filter: "debtor"}} {
			var ds []time.Duration
			var got desk.PatientPage
			for range 9 {
				s := time.Now()
				var err error
				if got, err = o.Patients(t.Context(), o.manager, q); err != nil {
					t.Fatal(err)
				}
				ds = append(ds, time.Since(s))
			}
			slices.Sort(ds)
			t.Logf("%+v: %d items, p50 %v", q, len(got.Items), ds[4])
			if len(got.Items) > 30 { any = got.Items[30].Patient }
		}
		s := time.Now()
		sim, err := o.SimilarPatients(t.Context(), o.manager, clinic.Patient{FirstName: any.FirstName, LastName: any.LastName, Mobile: any.Mobile})
		t.Log("similar", len(sim), err, time.Since(s))
	})
}
