package desk_test

import (
	"slices"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// counter is a clinic with one service of 45,000,000 and a patient.
func (o office) counter(t *testing.T) (clinic.PatientID, clinic.ServiceID) {
	t.Helper()
	var service clinic.ServiceID
	err := o.Batch(t.Context(), o.manager, false, func(b desk.Batch) error {
		section, err := b.Section(t.Context(), clinic.Section{Code: "skin", Name: "پوست"})
		if err != nil {
			return err
		}
		service, err = b.Service(t.Context(), desk.NewService{Section: section, Code: "botox", Name: "بوتاکس", Price: 45_000_000})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return o.register(t, clinic.Patient{FirstName: "زهرا", LastName: "کریمی"}).ID, service
}

// asks orders the service with a discount of 15 percent.
func asks(p clinic.PatientID, s clinic.ServiceID, draft bool) desk.Admit {
	return desk.Admit{Patient: p, Draft: draft, Lines: []desk.OrderedLine{{Service: s, Quantity: 1,
		Discount: clinic.Discount{Percent: 1500, Reason: "مشتری وفادار"}}}}
}

// actions are the newest lines of the audit about admissions, newest first.
func (o office) actions(t *testing.T, a clinic.AdmissionID) (all []string) {
	t.Helper()
	for _, line := range o.audit(t) {
		if line.Object == int64(a) {
			all = append(all, line.Action)
		}
	}
	return all
}

func TestADiscountBeyondTheCapWaits(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p, service := o.counter(t)
		clerk, boss := o.as(clinic.Receptionist), o.as(clinic.Supervisor)
		_, err := o.Admit(t.Context(), clerk, asks(p, service, false))
		refuses(t, err, fault.Refused, "discount.cap")
		if e, _ := fault.As(err); e == nil || e.Field != "discount-0" || e.Args["limit"] != "4500000" || e.Args["percent"] != "10" {
			t.Errorf("the refusal is %+v", e)
		}
		made, err := o.Admit(t.Context(), clerk, asks(p, service, true))
		if err != nil || !made.Admission.AwaitsApproval() || made.After.Balance != 0 {
			t.Fatalf("%+v %v", made, err)
		}
		id := made.Admission.ID
		_, err = o.FinalizeAdmission(t.Context(), clerk, desk.FinalizeAdmission{Admission: id})
		refuses(t, err, fault.Refused, "discount.cap")
		_, err = o.ApproveDiscount(t.Context(), clerk, desk.ApproveDiscount{Admission: id})
		refuses(t, err, fault.Refused, "discount.cap")
		_, err = o.ApproveDiscount(t.Context(), o.as(clinic.Doctor), desk.ApproveDiscount{Admission: id})
		refuses(t, err, fault.Forbidden, "permission")
		_, err = o.ApproveDiscount(t.Context(), boss, desk.ApproveDiscount{Admission: id, Seen: 9})
		refuses(t, err, fault.Conflict, "admission.stale")

		// Approved twice by one request, it is one approval.
		approve := desk.ApproveDiscount{Admission: id, Seen: 1, Request: desk.Request{Key: "approve"}}
		for range 2 {
			approved, err := o.ApproveDiscount(t.Context(), boss, approve)
			if err != nil || approved.Admission.Lines[0].DiscountBy != boss.Staff || approved.Admission.Version != 2 {
				t.Fatalf("%+v %v", approved, err)
			}
		}
		final, err := o.FinalizeAdmission(t.Context(), clerk, desk.FinalizeAdmission{Admission: id})
		if err != nil || final.Before.Balance != 0 || final.After.Balance != 38_250_000 {
			t.Fatalf("%+v %v", final, err)
		}
		if got, want := o.actions(t, id), []string{"admission.finalize", "admission.discount", "admission.write"}; !slices.Equal(got, want) {
			t.Errorf("the audit says %v, want %v", got, want)
		}
		rows, err := o.Admissions(t.Context(), o.manager, p, desk.View{})
		if err != nil {
			t.Fatal(err)
		}
		line := rows.Rows[0].Lines[0]
		if line.DiscountPercent != 1500 || line.DiscountReason != "مشتری وفادار" || line.DiscountBy != boss.Staff || line.DiscountByName == "" || line.Discount != 6_750_000 {
			t.Errorf("the line keeps %+v", line)
		}
		_, err = o.ApproveDiscount(t.Context(), boss, desk.ApproveDiscount{Admission: id})
		refuses(t, err, fault.Refused, "discount.not_draft")
	})
}

// A supervisor who finalizes answers for the discount, which the audit says.
func TestWhoFinalizesAnswers(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p, service := o.counter(t)
		made, err := o.Admit(t.Context(), o.as(clinic.Receptionist), asks(p, service, true))
		if err != nil {
			t.Fatal(err)
		}
		boss := o.as(clinic.Supervisor)
		final, err := o.FinalizeAdmission(t.Context(), boss, desk.FinalizeAdmission{Admission: made.Admission.ID})
		if err != nil || final.Admission.Lines[0].DiscountBy != boss.Staff {
			t.Fatalf("%+v %v", final, err)
		}
		if got, want := o.actions(t, made.Admission.ID), []string{"admission.finalize", "admission.discount", "admission.write"}; !slices.Equal(got, want) {
			t.Errorf("the audit says %v, want %v", got, want)
		}
	})
}

func TestAnotherDiscountForADraft(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p, service := o.counter(t)
		clerk := o.as(clinic.Receptionist)
		cmd := asks(p, service, true)
		cmd.Lines = append(cmd.Lines, cmd.Lines[0])
		made, err := o.Admit(t.Context(), clerk, cmd)
		if err != nil {
			t.Fatal(err)
		}
		id := made.Admission.ID
		tests := []struct {
			cmd      desk.ApproveDiscount
			discount int64
			code     string
		}{
			{desk.ApproveDiscount{Lines: []desk.DiscountedLine{{Line: 3}}}, 0, "line.none"},
			{desk.ApproveDiscount{Whole: &clinic.Discount{Percent: 1000}}, 0, "discount.reason"},
			{desk.ApproveDiscount{Whole: &clinic.Discount{Percent: 1001, Reason: "x"}}, 0, "discount.cap"},
			{desk.ApproveDiscount{Lines: []desk.DiscountedLine{{Line: 1, Discount: clinic.Discount{Percent: 500, Reason: "x"}}}}, 0, "discount.cap"},
			{desk.ApproveDiscount{Whole: &clinic.Discount{Amount: 4_500_001, Reason: "x"}}, 4_500_001, ""},
			{desk.ApproveDiscount{Whole: &clinic.Discount{Percent: 1000, Reason: "x"}, Request: desk.Request{DryRun: true}}, 9_000_000, ""},
			{desk.ApproveDiscount{Lines: []desk.DiscountedLine{{Line: 2, Discount: clinic.Discount{}}}}, 2_250_000, ""},
		}
		for i, tt := range tests {
			tt.cmd.Admission = id
			got, err := o.ApproveDiscount(t.Context(), clerk, tt.cmd)
			if fault.Code(err) != tt.code {
				t.Fatalf("%d: %v, want %q", i, err, tt.code)
			}
			if err == nil && int64(got.Admission.Discount) != tt.discount {
				t.Errorf("%d: the discount is %v, want %d", i, got.Admission.Discount, tt.discount)
			}
		}
	})
}

// A person of another branch has no admissions, whatever is asked of them.
func TestAdmissionsOfAnotherBranchAreNotThere(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p, service := o.counter(t)
		made, err := o.Admit(t.Context(), o.manager, asks(p, service, true))
		if err != nil {
			t.Fatal(err)
		}
		id, away := made.Admission.ID, o.as(clinic.Supervisor)
		away.Branch++
		_, err = o.ApproveDiscount(t.Context(), away, desk.ApproveDiscount{Admission: id})
		refuses(t, err, fault.NotFound, "admission.none")
		_, err = o.FinalizeAdmission(t.Context(), away, desk.FinalizeAdmission{Admission: id})
		refuses(t, err, fault.NotFound, "admission.none")
		_, err = o.CancelAdmission(t.Context(), away, desk.CancelAdmission{Admission: id, Reason: "x"})
		refuses(t, err, fault.NotFound, "admission.none")
		_, err = o.PerformService(t.Context(), away, desk.PerformService{Admission: id, Line: 1, Status: clinic.LineCompleted})
		refuses(t, err, fault.NotFound, "admission.none")
		_, err = o.AdmissionPaper(t.Context(), away, id)
		refuses(t, err, fault.NotFound, "admission.none")
		_, err = o.AdmissionOf(t.Context(), away, id)
		refuses(t, err, fault.NotFound, "admission.none")
		_, err = o.Offer(t.Context(), away, p)
		refuses(t, err, fault.NotFound, "patient.none")
	})
}

// A draft is cancelled by who may write one, a final admission by who may
// cancel; services are said to be done by who performs them.
func TestWhoMayDoWhatWithAnAdmission(t *testing.T) {
	eachOffice(t, func(t *testing.T, o office) {
		p, service := o.counter(t)
		clerk, doctor := o.as(clinic.Receptionist), o.as(clinic.Doctor)
		order := desk.Admit{Patient: p, Lines: []desk.OrderedLine{{Service: service, Quantity: 1}}, Draft: true}
		draft, err := o.Admit(t.Context(), clerk, order)
		if err != nil {
			t.Fatal(err)
		}
		cancel := desk.CancelAdmission{Admission: draft.Admission.ID, Reason: "اشتباه"}
		_, err = o.CancelAdmission(t.Context(), doctor, cancel)
		refuses(t, err, fault.Forbidden, "permission")
		if _, err := o.CancelAdmission(t.Context(), clerk, cancel); err != nil {
			t.Fatal(err)
		}
		order.Draft = false
		final, err := o.Admit(t.Context(), clerk, order)
		if err != nil {
			t.Fatal(err)
		}
		_, err = o.CancelAdmission(t.Context(), clerk, desk.CancelAdmission{Admission: final.Admission.ID, Reason: "اشتباه"})
		refuses(t, err, fault.Forbidden, "permission")
		done := desk.PerformService{Admission: final.Admission.ID, Line: 1, Status: clinic.LineCompleted}
		_, err = o.PerformService(t.Context(), o.as(clinic.CRM), done)
		refuses(t, err, fault.Forbidden, "permission")
		got, err := o.PerformService(t.Context(), doctor, done)
		if err != nil || got.Admission.Lines[0].Status != clinic.LineCompleted || got.After.Balance != 45_000_000 {
			t.Fatalf("%+v %v", got, err)
		}
		paper, err := o.AdmissionPaper(t.Context(), clerk, final.Admission.ID)
		if err != nil || paper.Left() != 45_000_000 || paper.Patient.ID != p || paper.Staff == "" || paper.Branch == "" {
			t.Errorf("%+v %v", paper, err)
		}
	})
}
