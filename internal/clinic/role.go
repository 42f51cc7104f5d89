package clinic

import (
	"slices"

	"daftar/internal/farsi"
	"daftar/internal/fault"
)

// StaffID names a person who works at the clinic.
type StaffID int64

// Automatic is the person in whose name the program does by itself what nobody
// has to ask for; it never signs in.
const Automatic StaffID = 1

// Role is a preset of permissions.
type Role string

// The areas of work.
const (
	Receptionist Role = "receptionist"
	Supervisor   Role = "supervisor"
	Accountant   Role = "accountant"
	CRM          Role = "crm"
	Doctor       Role = "doctor"
	Stockkeeper  Role = "stockkeeper"
	Manager      Role = "manager"
)

// Roles lists every role in the order of the access page.
var Roles = []Role{Manager, Receptionist, Supervisor, Accountant, CRM, Doctor, Stockkeeper}

// discountCaps is the largest discount a role may give, in basis points of the
// patient's part.
var discountCaps = map[Role]int{Receptionist: 1000, Supervisor: 3000, Manager: 10000}

// Actor is who does something: a person, in a role, at a branch of a clinic,
// from somewhere.
type Actor struct {
	Clinic             ID
	Branch             BranchID
	Staff              StaffID
	Name               string
	Role               Role
	Granted, Withdrawn Rights // beside the role's preset, for this person
	Origin             string // "page 10.0.0.7", "api …", "import"; for the audit
}

// DiscountCap is the largest discount the actor may give, in basis points.
func (a Actor) DiscountCap() int { return discountCaps[a.Role] }

// Staff is a person who works at the clinic; one without a username does not
// sign in.
type Staff struct {
	ID                 StaffID
	Branch             BranchID
	Name               string
	Role               Role
	Username           string
	Disabled           bool
	Granted, Withdrawn Rights // beside the role's preset
	Version            int64  // rises by one on every write; guards against lost updates
}

// Rights is what the person may do: the role's preset, with what was granted
// and without what was withdrawn.
func (s Staff) Rights() Rights { return (s.Role.Preset() | s.Granted) &^ s.Withdrawn }

// Settled is s without grants of what the role has anyway and withdrawals of
// what it has not.
func (s Staff) Settled() Staff {
	s.Granted &^= s.Role.Preset()
	s.Withdrawn &= s.Role.Preset()
	return s
}

// Keeps reports whether the clinic can be run by this person: a manager who
// signs in and may change who may do what. One is always left.
func (s Staff) Keeps() bool {
	return s.Role == Manager && !s.Disabled && s.Username != "" && s.Rights().Has(WriteStaff)
}

// Covers reports whether the actor may do all that s may. Who manages staff
// manages only such, so that nobody climbs by a colleague's account.
func (a Actor) Covers(s Staff) bool { return s.Rights()&^a.Rights() == 0 }

// Check cleans the fields of a member of staff. Invalid staff.name, staff.role,
// staff.username.
func (s Staff) Check() (Staff, error) {
	name, err := farsi.Clean(s.Name, 100)
	if err != nil {
		return s, err
	}
	s.Name = name
	switch {
	case s.Name == "":
		return s, fault.New(fault.Invalid, "staff.name", "a name is needed").At("name")
	case !slices.Contains(Roles, s.Role):
		return s, fault.New(fault.Invalid, "staff.role", "there is no role %q", s.Role).At("role")
	case s.Username != "" && !usernameIsPlain(s.Username):
		return s, fault.New(fault.Invalid, "staff.username", "a username is 3 to 40 of a-z 0-9 . _ -").At("username")
	}
	return s, nil
}

func usernameIsPlain(u string) bool {
	if len(u) < 3 || len(u) > 40 {
		return false
	}
	for _, r := range u {
		if (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '.' && r != '_' && r != '-' {
			return false
		}
	}
	return true
}
