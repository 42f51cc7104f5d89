package desk

import (
	"context"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/money"
	"daftar/internal/store"
)

// setupLasts is how long a setup token is good for.
const setupLasts = 24 * time.Hour

// firstFileNumber is what the first patient of a clinic gets.
const firstFileNumber = 1001

// PlaceNames are what the first branch and the places that take money are
// called on the screen. One that is "" is called by its code.
type PlaceNames struct {
	Branch, CashDesk, Terminal, Bank, Card string
}

// NewClinic is a clinic to be made. ID 0 is the next free one; Currency is
// "IRR" or "USD"; Zone is an IANA name. StaffName is the person, who does not
// sign in, in whose name it is filled.
type NewClinic struct {
	ID        clinic.ID
	Name      string
	Currency  string
	Zone      string
	StaffName string
	// SecondFactor: managers work only after they set one up.
	SecondFactor bool
	PlaceNames
}

// CreateClinic makes a clinic with a branch "main", the cash desk "main", the
// terminal "main" and the bank accounts "main" and "card", and returns a
// manager who does not sign in, for imports and demonstrations. Conflict
// clinic.exists; Invalid clinic.name, clinic.zone, money.currency, staff.name.
func (d *Desk) CreateClinic(ctx context.Context, n NewClinic) (clinic.Actor, error) {
	var err error
	if n.ID == 0 {
		if n.ID, err = d.nextClinic(ctx); err != nil {
			return clinic.Actor{}, err
		}
	}
	return d.createClinic(ctx, n, clinic.Staff{Name: n.StaffName, Role: clinic.Manager}, "", nil)
}

// nextClinic is the first id after those in use.
func (d *Desk) nextClinic(ctx context.Context) (clinic.ID, error) {
	ids, err := d.store.Clinics(ctx)
	if err != nil || len(ids) == 0 {
		return 1, err
	}
	return ids[len(ids)-1] + 1, nil
}

// createClinic makes a clinic with its first person, after allow agreed in the
// same transaction.
func (d *Desk) createClinic(ctx context.Context, n NewClinic, s clinic.Staff, password string, allow func(w work) error) (clinic.Actor, error) {
	c, err := n.check()
	if err != nil {
		return clinic.Actor{}, err
	}
	if s, err = s.Check(); err != nil {
		return clinic.Actor{}, err
	}
	var actor clinic.Actor
	err = d.store.Write(ctx, c.ID, func(tx *store.Tx) error {
		w := work{Tx: tx, desk: d, clinic: c, now: d.now()}
		if allow != nil {
			if err := allow(w); err != nil {
				return err
			}
		}
		if err := w.AddClinic(ctx, c, w.now); err != nil {
			return err
		}
		if err := w.SaveSignInRules(ctx, store.SignInRules{Limits: clinic.UsualSessionLimits, FactorRequired: n.SecondFactor}); err != nil {
			return err
		}
		branch, err := w.addPlaces(ctx, n.PlaceNames)
		if err != nil {
			return err
		}
		if err := w.addLists(ctx); err != nil {
			return err
		}
		s.ID, s.Branch = clinic.StaffID(w.id()), branch
		if err := w.AddStaff(ctx, s, password); err != nil {
			return err
		}
		if err := w.NumberTaken(ctx, store.PatientNumbers, 0, firstFileNumber-1); err != nil {
			return err
		}
		actor = actorOf(c.ID, s)
		w.actor = actor
		return w.audit(ctx, "clinic.create", 0, int64(s.ID))
	})
	if err != nil {
		return clinic.Actor{}, err
	}
	return actor, nil
}

// check cleans what never changes about a clinic.
func (n NewClinic) check() (clinic.Clinic, error) {
	c := clinic.Clinic{ID: n.ID}
	var err error
	if c.Name, err = farsi.Clean(n.Name, 100); err != nil {
		return c, err
	}
	if c.Name == "" {
		return c, fault.New(fault.Invalid, "clinic.name", "the clinic needs a name").At("clinic_name")
	}
	if c.Currency, err = money.CurrencyOf(n.Currency); err != nil {
		return c, err
	}
	if c.Zone, err = time.LoadLocation(n.Zone); err != nil || n.Zone == "" || n.Zone == "Local" {
		return c, fault.New(fault.Invalid, "clinic.zone", "there is no time zone %q", n.Zone).At("zone")
	}
	return c, nil
}

// addPlaces adds the first branch and where it takes money.
func (w work) addPlaces(ctx context.Context, names PlaceNames) (clinic.BranchID, error) {
	const main, card = "main", "card"
	called := func(name, code string) string {
		if name == "" {
			return code
		}
		return name
	}
	branch := clinic.BranchID(w.id())
	if err := w.AddBranch(ctx, clinic.Branch{ID: branch, Code: main, Name: called(names.Branch, main)}); err != nil {
		return 0, err
	}
	for _, p := range []struct{ kind, code, name string }{
		{clinic.AccountCash, main, names.CashDesk},
		{clinic.AccountPOS, main, names.Terminal},
		{clinic.AccountBank, main, names.Bank},
		{clinic.AccountBank, card, names.Card},
	} {
		place := clinic.Place{ID: clinic.PlaceID(w.id()), Branch: branch, Code: p.code, Name: called(p.name, p.code)}
		if err := w.AddPlace(ctx, p.kind, place); err != nil {
			return 0, err
		}
	}
	return branch, nil
}

// NewSetupToken returns the one-time token with which somebody may set up the
// next clinic and become its manager, for a day. It replaces an older one.
func (d *Desk) NewSetupToken(ctx context.Context) (string, error) {
	id, err := d.nextClinic(ctx)
	if err != nil {
		return "", err
	}
	token, err := d.secret(strconv.FormatInt(int64(id), 10) + ".")
	if err != nil {
		return "", err
	}
	err = d.store.Write(ctx, id, func(tx *store.Tx) error {
		return tx.SaveSetupToken(ctx, digest(token), d.now().Add(setupLasts))
	})
	if err != nil {
		return "", err
	}
	return token, nil
}

// Setup is the form of a new clinic and its first manager.
type Setup struct {
	Token      string
	ClinicName string
	Name       string // of the manager
	Username   string
	Password   string
	Currency   string // "IRR"
	Zone       string // "Asia/Tehran"
	PlaceNames
}

// Setup makes the clinic that the token is for and its manager, who needs a
// second factor; the token is used up. Refused setup.token for one that is wrong, used or expired; faults
// of CreateClinic; Invalid staff.username, staff.password.
func (d *Desk) Setup(ctx context.Context, s Setup) (clinic.Actor, error) {
	refused := fault.New(fault.Refused, "setup.token", "the setup token is wrong, used or expired").At("token")
	id, ok := clinicBefore(s.Token, ".")
	if !ok {
		return clinic.Actor{}, refused
	}
	staff := clinic.Staff{Name: s.Name, Role: clinic.Manager, Username: plainUsername(s.Username)}
	encoded, err := d.newPassword(ctx, staff.Username, s.Password)
	if err != nil {
		return clinic.Actor{}, err
	}
	n := NewClinic{ID: id, Name: s.ClinicName, Currency: s.Currency, Zone: s.Zone, SecondFactor: true, PlaceNames: s.PlaceNames}
	return d.createClinic(ctx, n, staff, encoded, func(w work) error {
		used, err := w.UseSetupToken(ctx, digest(s.Token), w.now)
		if err != nil {
			return err
		}
		if !used {
			return refused
		}
		return nil
	})
}
