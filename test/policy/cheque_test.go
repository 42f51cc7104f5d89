package policy_test

import (
	"strconv"

	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	records["{cheque}"] = func(w *world, at place) int64 {
		w.t.Helper()
		w.keys++
		// Nobody has two, and the digits are in none of the marks.
		patient := w.twin(at.patient)
		line := clinic.MoneyLine{Method: clinic.ByCheque, Amount: 1000, Cheque: &clinic.Cheque{SayadID: strconv.FormatInt(1<<30+int64(w.keys), 4), Due: "2026-12-01"}}
		var cheques []clinic.Cheque
		err := w.desk.Batch(w.t.Context(), w.manager, false, func(b desk.Batch) (err error) {
			_, cheques, err = b.Receipt(w.t.Context(), clinic.Receipt{Patient: patient, Lines: []clinic.MoneyLine{line}, At: w.now}, nil)
			return err
		})
		must(w.t, err)
		return int64(cheques[0].ID)
	}
	apiObjects["/api/v1/cheques/"] = "{cheque}"
	for _, step := range []string{"bank", "clear", "bounce", "return", "swap"} {
		bodies["POST /api/v1/cheques/{id}/"+step] = `{"lines":[{"method":"cash","amount":1000}]}`
		bodies["POST /cheques/{cheque}/"+step] = "request={key}&seen_version=0&method=cash"
		bodies["POST /cheques/{cheque}/"+step+"/preview"] = "method=cash"
	}
	bodies["POST /receipts/{receipt}/print"] = "size=80"
}
