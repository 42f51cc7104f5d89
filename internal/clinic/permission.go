package clinic

import (
	"slices"
	"strings"

	"daftar/internal/fault"
)

// Permission is the right to do one thing.
type Permission string

// The permissions of what exists.
const (
	ReadPatients     Permission = "patient.read"
	WritePatients    Permission = "patient.write"
	ReadMobile       Permission = "patient.mobile"      // the whole number; others see its end
	SetFileNumber    Permission = "patient.file_number" // by hand, for old paper files
	MergePatients    Permission = "patient.merge"
	ExportPatients   Permission = "patient.export"
	ReadStatement    Permission = "statement.read"  // summary, admissions
	ReadMoney        Permission = "statement.money" // transactions, amounts
	WriteAdmissions  Permission = "admission.write"
	CancelAdmissions Permission = "admission.cancel"
	ReceiveMoney     Permission = "receipt.write"
	AllBranches      Permission = "branch.all" // the people of other branches
	ReadTariffs      Permission = "tariff.read"
	WriteSettings    Permission = "settings.write"
	WriteStaff       Permission = "staff.write"
	ReadAudit        Permission = "audit.read"
	ManageTickets    Permission = "ticket.manage" // read and answer everybody's
	ImportData       Permission = "import"
	ExportBooks      Permission = "export"
	WriteTickets     Permission = "ticket.write"      // report problems, see the answers
	PerformServices  Permission = "admission.perform" // say how far a service is

	VoidMoney         Permission = "receipt.void"      // what was taken by oneself in the open shift
	CorrectMoney      Permission = "receipt.correct"   // what others took, or in a closed shift
	RefundMoney       Permission = "refund.write"      // from credit and deposits
	WriteDeposits     Permission = "deposit.write"     // take, apply, un-apply, move
	ForfeitDeposits   Permission = "deposit.forfeit"   // keep a deposit
	DiscountLater     Permission = "discount.late"     // after the bill
	WriteOff          Permission = "write_off.write"   // give a debt up
	WriteCheques      Permission = "cheque.write"      // bank, clear, bounce, return
	WriteInstalments  Permission = "instalment.write"  // agree on a plan
	ReopenAdmissions  Permission = "admission.reopen"  // change what is in the books
	SettleInsurers    Permission = "insurer.settle"    // book what insurers paid and cut
	ReadCommissions   Permission = "commission.read"   // what introducers earned
	SettleCommissions Permission = "commission.settle" // pay it
	ReadReports       Permission = "report.read"       // of the branch, or of all with branch.all
	ConfirmShifts     Permission = "shift.confirm"     // take a hand-over, lock the shift
	ReopenShifts      Permission = "shift.reopen"
	CloseDays         Permission = "day.close"
	ReopenDays        Permission = "day.reopen" // not by who closed it

	ReadAppointments       Permission = "appointment.read"
	WriteAppointments      Permission = "appointment.write"       // book, move, cancel, check in
	OverbookAppointments   Permission = "appointment.overbook"    // beyond the capacity
	CancelManyAppointments Permission = "appointment.cancel_many" // a provider's day
	WriteSchedules         Permission = "schedule.write"          // shifts, leave, closures, holidays
	ReadActivities         Permission = "activity.read"
	WriteActivities        Permission = "activity.write"
	ReadMessages           Permission = "message.read"  // what patients are told
	WriteMessages          Permission = "message.write" // try again what failed

	ReadClub     Permission = "club.read"
	RedeemPoints Permission = "club.redeem" // turn points into a discount code
	AdjustPoints Permission = "club.adjust" // give and take points by hand

	ReadCampaigns  Permission = "campaign.read"  // their figures
	WriteCampaigns Permission = "campaign.write" // write, schedule, stop

	ReadLeads  Permission = "lead.read"  // those that one recorded
	AllLeads   Permission = "lead.all"   // those of others as well
	AddLeads   Permission = "lead.add"   // record one
	WriteLeads Permission = "lead.write" // move, edit, make a patient of one
)

// Permissions lists every permission in the order of the access page. A new
// one is added at the end: its place is its bit in Rights.
var Permissions = []Permission{ReadPatients, WritePatients, ReadMobile, SetFileNumber, MergePatients, ExportPatients,
	ReadStatement, ReadMoney, WriteAdmissions, CancelAdmissions, ReceiveMoney, AllBranches, ReadTariffs,
	WriteSettings, WriteStaff, ReadAudit, ManageTickets, ImportData, ExportBooks, WriteTickets, PerformServices,
	VoidMoney, CorrectMoney, RefundMoney, WriteDeposits, ForfeitDeposits, DiscountLater, WriteOff, WriteCheques, WriteInstalments,
	ReopenAdmissions, SettleInsurers, ReadCommissions, SettleCommissions, ReadReports, ConfirmShifts, ReopenShifts, CloseDays, ReopenDays,
	ReadAppointments, WriteAppointments, OverbookAppointments, CancelManyAppointments, WriteSchedules, ReadActivities, WriteActivities,
	ReadClub, RedeemPoints, AdjustPoints, ReadMessages, WriteMessages,
	ReadCampaigns, WriteCampaigns, ReadLeads, AllLeads, AddLeads, WriteLeads}

// Rights is a set of permissions.
type Rights uint64

// RightsOf is the set of the permissions; an unknown one is not in it.
func RightsOf(all ...Permission) (r Rights) {
	for _, p := range all {
		if i := slices.Index(Permissions, p); i >= 0 {
			r |= 1 << i
		}
	}
	return r
}

// Has reports whether p is in the set.
func (r Rights) Has(p Permission) bool { return r&RightsOf(p) != 0 }

// List is the set in the order of Permissions.
func (r Rights) List() (all []Permission) {
	for _, p := range Permissions {
		if r.Has(p) {
			all = append(all, p)
		}
	}
	return all
}

// String is how a set is stored: names between spaces.
func (r Rights) String() string {
	var names []string
	for _, p := range r.List() {
		names = append(names, string(p))
	}
	return strings.Join(names, " ")
}

// ParseRights reads what String wrote; names that no longer exist are left out.
func ParseRights(text string) (r Rights) {
	for _, name := range strings.Fields(text) {
		r |= RightsOf(Permission(name))
	}
	return r
}

// presets is the permission matrix of product rule 2.9 for what exists.
var presets = map[Role]Rights{
	Receptionist: RightsOf(ReadPatients, WritePatients, ReadMobile, ReadStatement, ReadMoney, WriteAdmissions, ReceiveMoney,
		WriteTickets, PerformServices, VoidMoney, WriteDeposits, WriteInstalments, ReadAppointments, WriteAppointments, ReadActivities, WriteActivities,
		ReadClub, RedeemPoints, ReadMessages, ReadLeads, AllLeads, AddLeads, WriteLeads),
	Supervisor: RightsOf(ReadPatients, WritePatients, ReadMobile, SetFileNumber, MergePatients, ExportPatients, ReadStatement,
		ReadMoney, WriteAdmissions, CancelAdmissions, ReceiveMoney, WriteTickets, PerformServices, VoidMoney, WriteDeposits, ForfeitDeposits,
		DiscountLater, WriteInstalments, ReopenAdmissions, ReadReports, ReadAppointments, WriteAppointments, OverbookAppointments,
		CancelManyAppointments, WriteSchedules, ReadActivities, ReadClub, RedeemPoints, AdjustPoints, ReadMessages, WriteMessages,
		ReadCampaigns, ReadLeads, AllLeads),
	Accountant: RightsOf(ReadPatients, ReadMobile, ReadStatement, ReadMoney, ReceiveMoney, AllBranches, ReadTariffs, ExportPatients, ExportBooks,
		WriteTickets, VoidMoney, CorrectMoney, RefundMoney, WriteDeposits, ForfeitDeposits, WriteOff, WriteCheques, SettleInsurers,
		ReadCommissions, SettleCommissions, ReadReports, ConfirmShifts, ReopenShifts, CloseDays),
	CRM: RightsOf(ReadPatients, WritePatients, ReadMobile, ReadStatement, WriteTickets, ReadAppointments, WriteAppointments, ReadActivities, WriteActivities,
		ReadClub, RedeemPoints, ReadMessages, WriteMessages, ReadCampaigns, WriteCampaigns, ReadLeads, AllLeads, AddLeads, WriteLeads),
	Doctor:      RightsOf(ReadPatients, ReadStatement, WriteTickets, PerformServices, ReadAppointments, ReadLeads, AddLeads),
	Stockkeeper: RightsOf(WriteTickets),
	Manager:     RightsOf(Permissions...),
}

// Preset is what a role may do before anything is granted or withdrawn.
func (r Role) Preset() Rights { return presets[r] }

// Rights is what the actor may do: the role's preset, with what was granted to
// the person and without what was withdrawn.
func (a Actor) Rights() Rights { return (a.Role.Preset() | a.Granted) &^ a.Withdrawn }

// May refuses what the actor's rights do not hold: Forbidden permission.
func (a Actor) May(p Permission) error {
	if a.Rights().Has(p) {
		return nil
	}
	return fault.New(fault.Forbidden, "permission", "the role %s does not allow %s", a.Role, p).With("permission", string(p))
}

// Can reports whether the actor's rights hold p.
func (a Actor) Can(p Permission) bool { return a.May(p) == nil }
