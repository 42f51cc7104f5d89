package desk

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/fault"
	"daftar/internal/money"
)

// AddDiscountCode is the form of a new discount code.
type AddDiscountCode struct {
	Code    clinic.DiscountCode
	Request Request `json:"-"`
}

// AddDiscountCode makes a code; who makes it answers for the discounts that it
// gives. Faults are those of Check, Conflict discount_code.exists, NotFound
// patient.none and service.none.
func (d *Desk) AddDiscountCode(ctx context.Context, actor clinic.Actor, cmd AddDiscountCode) (clinic.DiscountCode, error) {
	return command(ctx, d, actor, clinic.WriteSettings, "discount_code.write", cmd.Request, cmd, func(w work) (clinic.DiscountCode, error) {
		c := cmd.Code
		if c.ValidFrom == "" {
			c.ValidFrom = w.today()
		}
		c, err := c.Check()
		if err != nil {
			return c, err
		}
		if c.Patient != 0 {
			p, err := w.person(ctx, c.Patient)
			if err != nil {
				return c, at(err, "patient")
			}
			c.Patient = p.ID
		}
		for _, s := range c.Services {
			if _, err := w.Service(ctx, s); err != nil {
				return c, at(err, "services")
			}
		}
		return w.addDiscountCode(ctx, c)
	})
}

// addDiscountCode keeps a checked code in the name of the actor.
func (w work) addDiscountCode(ctx context.Context, c clinic.DiscountCode) (clinic.DiscountCode, error) {
	c.ID, c.Staff, c.Made, c.Version = clinic.DiscountCodeID(w.id()), w.actor.Staff, w.now, 1
	if err := w.Tx.AddDiscountCode(ctx, c); err != nil {
		return c, err
	}
	return c, w.audit(ctx, "discount_code.write", c.Patient, int64(c.ID))
}

// SwitchDiscountCode is the command "this code holds no more", or again.
type SwitchDiscountCode struct {
	Code    clinic.DiscountCodeID
	Off     bool
	Request Request `json:"-"`
}

// SwitchDiscountCode carries out the command. NotFound discount_code.none;
// Refused discount_code.club for one that goes back by ReturnCode.
func (d *Desk) SwitchDiscountCode(ctx context.Context, actor clinic.Actor, cmd SwitchDiscountCode) (clinic.DiscountCode, error) {
	return command(ctx, d, actor, clinic.WriteSettings, "discount_code.switch", cmd.Request, cmd, func(w work) (clinic.DiscountCode, error) {
		c, err := w.DiscountCodeByID(ctx, cmd.Code)
		if err != nil {
			return c, err
		}
		if made, err := w.MadeOfPoints(ctx, c.ID); err != nil || made {
			if err == nil {
				err = fault.New(fault.Refused, "discount_code.club", "the code was made of points; give them back")
			}
			return c, err
		}
		c.Disabled = cmd.Off
		if err := w.Tx.SwitchDiscountCode(ctx, c, w.stamp(w.now)); err != nil {
			return c, err
		}
		c.Version++
		return c, w.audit(ctx, "discount_code.switch", c.Patient, int64(c.ID))
	})
}

// DiscountCodes lists the codes that somebody made, the newest first.
func (d *Desk) DiscountCodes(ctx context.Context, actor clinic.Actor) (all []clinic.DiscountCode, err error) {
	if err := actor.May(clinic.WriteSettings); err != nil {
		return nil, err
	}
	err = d.read(ctx, actor, func(w work) error {
		all, err = w.DiscountCodes(ctx)
		return err
	})
	return all, err
}

// usedCode is a code and how much it gives an admission.
type usedCode struct {
	code   clinic.DiscountCode
	amount money.Amount
}

// unused is what a code of an amount could have given and did not.
func (u *usedCode) unused() money.Amount {
	if u == nil {
		return 0
	}
	return max(0, u.code.Amount-u.amount)
}

// applyCode gives a priced admission the discount of a code; "" is none.
// NotFound discount_code.none; Refused of clinic.DiscountCode.Holds and
// clinic.ApplyCode.
func (w work) applyCode(ctx context.Context, a clinic.Admission, text string) (clinic.Admission, *usedCode, error) {
	if text == "" {
		return a, nil, nil
	}
	c, err := w.DiscountCode(ctx, clinic.CleanCode(text))
	if err != nil {
		return a, nil, at(err, "discount_code")
	}
	files, err := w.filesOf(ctx, a.Patient)
	if err != nil {
		return a, nil, err
	}
	if err := c.Holds(files, w.today()); err != nil {
		return a, nil, err
	}
	a, amount, err := clinic.ApplyCode(c, a)
	return a, &usedCode{c, amount}, err
}

// takeCode counts a code as used by an admission that is stored now.
func (w work) takeCode(ctx context.Context, a clinic.Admission, u *usedCode) error {
	if u == nil {
		return nil
	}
	return w.UseDiscountCode(ctx, u.code, a.ID, int64(u.amount), w.stamp(w.now))
}

// releaseCode lets the code of a cancelled admission be used again, while it
// holds. One made of points that are owed since is given back at once: who owes
// points has none to spend (product rule 2.13).
func (w work) releaseCode(ctx context.Context, a clinic.Admission) error {
	c, err := w.UsedCode(ctx, a.ID)
	if fault.Code(err) == "discount_code.none" || err == nil && c.ValidTo != "" && w.today() > c.ValidTo {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.ReleaseDiscountCode(ctx, c, a.ID, w.stamp(w.now)); err != nil || c.Patient == 0 {
		return err
	}
	_, err = w.giveCodesBack(ctx, c.Patient, 0, w.now)
	return err
}
