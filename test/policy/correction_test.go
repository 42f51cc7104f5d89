package policy_test

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
)

func init() {
	for path, body := range map[string]string{
		"/receipts/{id}/void":           `{"reason":"x"}`,
		"/receipts/{id}/correct-method": `{"line":1,"method":"pos"}`,
		"/receipts/{id}/transfer":       `{"to":"{second}","reason":"x"}`,
		"/patients/{id}/refunds":        `{"amount":1000,"method":"cash","reason":"x","dry_run":true}`,
		"/patients/{id}/write-offs":     `{"amount":1000,"reason":"x","dry_run":true}`,
		"/units/{id}/undo":              `{}`,
	} {
		bodies["POST /api/v1"+path] = body
	}
	for _, path := range []string{"/receipts/{receipt}/void", "/receipts/{receipt}/correct-method", "/receipts/{receipt}/transfer",
		"/patients/{patient}/refund", "/patients/{patient}/write-off", "/admissions/{admission}/late-discount", "/units/{unit}/undo"} {
		bodies["POST "+path] = "request={key}&seen_version=0&reason=x&amount=1000&method=pos&receipt_line=1&to_file=1"
		bodies["POST "+path+"/preview"] = bodies["POST "+path]
	}
	records["{receipt}"] = func(w *world, at place) int64 { return int64(w.takes(at).Receipt.ID) }
	records["{transfer}"] = func(w *world, at place) int64 {
		w.t.Helper()
		w.keepsShift()
		taken, err := w.desk.Receive(w.t.Context(), w.manager, desk.Receive{Patient: at.second, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1000}}})
		must(w.t, err)
		moved, err := w.desk.TransferReceipt(w.t.Context(), w.manager, desk.TransferReceipt{Receipt: taken.Receipt.ID, To: at.patient, Reason: "x"})
		must(w.t, err)
		return int64(moved.Transfer.ID)
	}
	bodies["POST /transfers/{transfer}/print"] = "size=80"
	bodies["POST /admissions/{admission}/discount/reject"] = "request={key}&reject_reason=x"
	bodies["POST /api/v1/admissions/{id}/discount/reject"] = `{"reason":"x"}`
	records["{unit}"] = func(w *world, at place) int64 { return w.takes(at).Unit }
	apiObjects["/api/v1/receipts/"] = "{receipt}"
	apiObjects["/api/v1/units/"] = "{unit}"
}

// takes takes money of the place's person, in the name of who is asked when
// that is one of those who may.
func (w *world) takes(at place) desk.Received {
	w.t.Helper()
	as := w.manager
	if asked, err := w.desk.TokenActor(w.t.Context(), w.tokens[w.asked]); err == nil && asked.Can(clinic.ReceiveMoney) &&
		(at.patient == w.own.patient || asked.Can(clinic.AllBranches)) {
		as = asked
	} else {
		w.keepsShift()
	}
	done, err := w.desk.Receive(w.t.Context(), as, desk.Receive{Patient: at.patient, Lines: []clinic.MoneyLine{{Method: clinic.Cash, Amount: 1000}}})
	must(w.t, err)
	return done
}

// keepsShift opens a shift of the manager, once.
func (w *world) keepsShift() {
	w.t.Helper()
	if w.held {
		return
	}
	w.held = true
	_, err := w.desk.OpenShift(w.t.Context(), w.manager, desk.OpenShift{})
	must(w.t, err)
}
