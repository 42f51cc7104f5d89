package web

import (
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/web/view"
)

// settlementVoidRoutes take settlements back, each for who may settle.
func (s *server) settlementVoidRoutes() []route {
	return append(s.sheetRoutes("/settlements/{settlement}/void", clinic.SettleInsurers, "settlement", s.voidSettlementSheet),
		s.sheetRoutes("/commissions/settlements/{settlement}/void", clinic.SettleCommissions, "settlement", s.voidCommissionSheet)...)
}

// voidCell offers to void a settlement, or says that it is void.
func voidCell(v visit, void bool, right clinic.Permission, url string) view.TableCell {
	switch {
	case void:
		return view.TableCell{Text: v.l.T("event.voided"), Tone: "plain"}
	case v.actor.Can(right):
		return view.TableCell{Links: []view.TableLink{{Text: v.l.T("settle.void"), URL: url}}}
	}
	return view.TableCell{}
}

// voidSettlementSheet voids a settlement of an insurer.
func (s *server) voidSettlementSheet(v visit) (m moneySheet, err error) {
	n, err := pathID[clinic.SettlementID](v, "settlement")
	if err != nil {
		return m, err
	}
	one, insurer, owes, err := s.Desk.SettlementToVoid(v.r.Context(), v.actor, n)
	if err != nil {
		return m, err
	}
	number := one.Settlement.Number.String()
	m = voidSheetOf(v, owes, v.l.T("settle.void.about", "number", v.l.Document(number), "of", insurer.Name,
		"amount", amountOrNone(v, one.Received+one.Deducted), "unit", v.l.Unit()), insurerPath(insurer.ID))
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		done, err := s.Desk.VoidSettlement(v.r.Context(), v.actor, desk.VoidSettlement{Settlement: n, Reason: unsaid(t, r, "reason"), Seen: t.seenVersion(r), Request: r})
		return sheetDone{Effect: done.Effect, number: number, notes: voidNotes(v, done)}, err
	}
	return m, nil
}

// mostVoidNotes bounds the patients that are named before a void.
const mostVoidNotes = 12

// voidNotes are who owes what after a settlement of an insurer is void.
func voidNotes(v visit, done desk.VoidedSettlement) []string {
	notes := []string{v.l.T("settle.void.note.insurer", "before", amountOrNone(v, done.Before.Balance), "after", amountOrNone(v, done.After.Balance), "unit", v.l.Unit())}
	for i, p := range done.Patients {
		if i == mostVoidNotes {
			return append(notes, v.l.T("settle.void.note.more", "n", v.l.Number(len(done.Patients)-i)))
		}
		notes = append(notes, v.l.T("settle.void.note.patient", "name", p.Patient.Name(), "before", positionIn(v, p.Before.Balance), "after", positionIn(v, p.After.Balance)))
	}
	return notes
}

// voidCommissionSheet voids a settlement of commission.
func (s *server) voidCommissionSheet(v visit) (m moneySheet, err error) {
	n, err := pathID[clinic.CommissionID](v, "settlement")
	if err != nil {
		return m, err
	}
	one, earner, account, err := s.Desk.CommissionToVoid(v.r.Context(), v.actor, n)
	if err != nil {
		return m, err
	}
	number, amount := one.Number.String(), v.l.Amount(one.Amount)
	m = voidSheetOf(v, account, v.l.T("settle.void.about", "number", v.l.Document(number), "of", earner.Name, "amount", amount, "unit", v.l.Unit()), commissionPath(earner.ID))
	m.do = func(t *typed, r desk.Request, _ *int64) (sheetDone, error) {
		done, err := s.Desk.VoidCommission(v.r.Context(), v.actor, desk.VoidCommission{Settlement: n, Reason: unsaid(t, r, "reason"), Seen: t.seenVersion(r), Request: r})
		if err != nil {
			return sheetDone{}, err
		}
		shown := sheetDone{Effect: done.Effect, number: number}
		if one.How == clinic.OnAccount {
			shown.notes = append(shown.notes, v.l.T("settle.void.note.account", "before", positionIn(v, done.Before.Balance), "after", positionIn(v, done.After.Balance)))
		} else {
			where := "bank"
			if one.How == clinic.Cash {
				where = "cash"
			}
			shown.notes = append(shown.notes, v.l.T("settle.void.note."+where, "amount", amount, "unit", v.l.Unit()))
		}
		shown.notes = append(shown.notes, v.l.T("earner.note.left", "amount", amountOrNone(v, done.Earner.Left()), "unit", v.l.Unit()))
		return shown, nil
	}
	return m, nil
}

// voidSheetOf is the form for the reason; account is the one whose version was
// seen.
func voidSheetOf(v visit, account desk.Position, about, back string) moneySheet {
	return moneySheet{name: "void_settlement", danger: true, about: about, back: back, fields: func(t *typed) []view.SettingField {
		version := view.SettingField{Input: view.Input{Name: "version", Value: id(account.Version)}, Kind: view.HiddenField}
		return []view.SettingField{reasonField(t), version}
	}}
}

// seenVersion is the version of the account that a page of its own showed; nil
// when it is only asked what would happen.
func (t *typed) seenVersion(r desk.Request) *int64 {
	if seen := t.id("version"); seen != 0 && !r.DryRun {
		return &seen
	}
	return nil
}
