package desk

import (
	"context"
	"encoding/base32"
	"fmt"
	"io"

	"daftar/internal/clinic"
	"daftar/internal/farsi"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/store"
)

// clubOn refuses what there is only with the club: NotFound club.off.
func (w work) clubOn() error {
	if !w.clinic.Club {
		return fault.New(fault.NotFound, "club.off", "the clinic has no customer club")
	}
	return nil
}

// RedeemPoints is the command "turn these points into a discount code".
type RedeemPoints struct {
	Patient clinic.PatientID
	Points  int64
	Request Request `json:"-"`
}

// PointsRedeemed is the answer: the code, and what is left.
type PointsRedeemed struct {
	Code clinic.DiscountCode
	Left int64
}

// RedeemPoints carries out the command. NotFound patient.none, club.off;
// Invalid club.points; Refused club.least, club.most, club.short.
func (d *Desk) RedeemPoints(ctx context.Context, actor clinic.Actor, cmd RedeemPoints) (PointsRedeemed, error) {
	return command(ctx, d, actor, clinic.RedeemPoints, "club.redeem", cmd.Request, cmd, func(w work) (done PointsRedeemed, err error) {
		p, err := w.member(ctx, cmd.Patient)
		if err != nil {
			return done, err
		}
		if err := w.clinic.ClubRules.CheckRedeem(cmd.Points); err != nil {
			return done, err
		}
		lots, err := w.lots(ctx, p.ID)
		if err != nil {
			return done, err
		}
		moves, err := clinic.SpendPoints(lots, cmd.Points, clinic.PointsSpent, w.today())
		if err != nil {
			return done, err
		}
		text, err := d.codeText()
		if err != nil {
			return done, err
		}
		code, err := w.clinic.ClubRules.Redeemed(p.ID, cmd.Points, text, w.today()).Check()
		if err != nil {
			return done, err
		}
		if done.Code, err = w.addDiscountCode(ctx, code); err != nil {
			return done, err
		}
		done.Left = clinic.Usable(lots, w.today()) - cmd.Points
		if err := w.movePoints(ctx, moves, pointsFor{document: int64(done.Code.ID), code: done.Code.ID}, w.now); err != nil {
			return done, err
		}
		return done, w.audit(ctx, "club.redeem", p.ID, int64(done.Code.ID))
	})
}

// codeText is a code that nobody guesses.
func (d *Desk) codeText() (string, error) {
	var b [5]byte
	if _, err := io.ReadFull(d.options.Random, b[:]); err != nil {
		return "", fmt.Errorf("discount code: %w", err)
	}
	return "CLUB-" + base32.StdEncoding.EncodeToString(b[:]), nil
}

// member is the person of a file in a clinic that has a club.
func (w work) member(ctx context.Context, id clinic.PatientID) (clinic.Patient, error) {
	if err := w.clubOn(); err != nil {
		return clinic.Patient{}, err
	}
	return w.person(ctx, id)
}

// ReturnCode is the command "the code is not wanted: give the points back".
type ReturnCode struct {
	Code    clinic.DiscountCodeID
	Request Request `json:"-"`
}

// ReturnCode carries out the command. NotFound discount_code.none, club.off;
// Refused club.code_used for a code that an admission uses or that was given
// back.
func (d *Desk) ReturnCode(ctx context.Context, actor clinic.Actor, cmd ReturnCode) (clinic.DiscountCode, error) {
	return command(ctx, d, actor, clinic.RedeemPoints, "club.return", cmd.Request, cmd, func(w work) (clinic.DiscountCode, error) {
		c, err := w.DiscountCodeByID(ctx, cmd.Code)
		if err != nil {
			return c, err
		}
		if c.Patient == 0 {
			return c, fault.New(fault.NotFound, "discount_code.none", "the code was not made of points")
		}
		if _, err := w.member(ctx, c.Patient); err != nil {
			return c, err
		}
		spent, err := w.SpentOn(ctx, c.ID)
		if err != nil {
			return c, err
		}
		if len(spent) == 0 || c.Used > 0 || c.Disabled {
			return c, fault.New(fault.Refused, "club.code_used", "the code was used or given back")
		}
		lots, err := w.lots(ctx, c.Patient)
		if err != nil {
			return c, err
		}
		if err := w.giveCodeBack(ctx, c, lots, w.now); err != nil {
			return c, err
		}
		c.Disabled = true
		c.Version++
		return c, nil
	})
}

// AdjustPoints is the command "give, or take, points by hand".
type AdjustPoints struct {
	Patient clinic.PatientID
	Points  int64 // below nothing: taken
	Note    string
	Request Request `json:"-"`
}

// AdjustPoints carries out the command and returns what can be spent then.
// NotFound patient.none, club.off; Invalid club.points, club.note, text.long;
// Refused club.short.
func (d *Desk) AdjustPoints(ctx context.Context, actor clinic.Actor, cmd AdjustPoints) (left int64, err error) {
	return command(ctx, d, actor, clinic.AdjustPoints, "club.adjust", cmd.Request, cmd, func(w work) (int64, error) {
		p, err := w.member(ctx, cmd.Patient)
		if err != nil {
			return 0, err
		}
		note, err := farsi.Clean(cmd.Note, 200)
		if err != nil {
			return 0, at(err, "note")
		}
		if err := clinic.CheckAdjust(cmd.Points, note); err != nil {
			return 0, err
		}
		if cmd.Points > 0 {
			err = w.givePoints(ctx, clinic.Lot{Patient: p.ID, Cause: clinic.LotManual}, cmd.Points, w.clinic.ClubRules.Days, note, w.now)
		} else {
			err = w.takePoints(ctx, p.ID, -cmd.Points, note)
		}
		if err != nil {
			return 0, err
		}
		lots, err := w.lots(ctx, p.ID)
		if err != nil {
			return 0, err
		}
		return clinic.Usable(lots, w.today()), w.audit(ctx, "club.adjust", p.ID, cmd.Points)
	})
}

// takePoints takes points by hand.
func (w work) takePoints(ctx context.Context, p clinic.PatientID, points int64, note string) error {
	lots, err := w.lots(ctx, p)
	if err != nil {
		return err
	}
	moves, err := clinic.SpendPoints(lots, points, clinic.PointsAdjusted, w.today())
	if err != nil {
		return err
	}
	return w.movePoints(ctx, moves, pointsFor{note: note}, w.now)
}

// ClubStanding is what a member has.
type ClubStanding struct {
	Points   int64 // that can be spent; below nothing is owed
	Lifetime int64
	Level    clinic.ClubLevel
	Next     clinic.ClubLevel // the level above; without a name there is none
	Expiring int64            // of the points, on the day that is next
	On       jalali.Day       // the last day of those
	Rows     int              // of the tab
}

// clubStanding sums up the lots of a person.
func (w work) clubStanding(ctx context.Context, files clinic.Files) (c ClubStanding, err error) {
	lots, err := w.Lots(ctx, files)
	if err != nil {
		return c, err
	}
	if c.Lifetime, c.Rows, err = w.LifetimePoints(ctx, files); err != nil {
		return c, err
	}
	c.Points = clinic.Usable(lots, w.today())
	c.Expiring, c.On = clinic.NextToExpire(lots, w.today())
	c.Level, c.Next = w.clinic.ClubRules.Level(c.Lifetime), w.clinic.ClubRules.LevelAbove(c.Lifetime)
	return c, nil
}

// ClubTab is the tab of the club.
type ClubTab struct {
	Header Header
	Rows   []PointRow
	Codes  []clinic.DiscountCode // that can be used
	Months []ClubMonth           // the last twelve, oldest first
}

// PointRow is a row of the tab: what one entry did, and what was left then.
type PointRow struct {
	store.PointRow
	Left int64
}

// mostPointRows bounds the rows that the tab shows.
const mostPointRows = 200

// Club returns the tab, newest first. NotFound patient.none, club.off;
// Forbidden without the right.
func (d *Desk) Club(ctx context.Context, actor clinic.Actor, id clinic.PatientID, v View) (c ClubTab, err error) {
	err = d.statement(ctx, actor, id, clinic.ReadClub, v, &c.Header, func(w work, r store.Range) error {
		if err := w.clubOn(); err != nil {
			return err
		}
		rows, err := w.PointRows(ctx, c.Header.Files, mostPointRows)
		if err != nil {
			return err
		}
		lots, err := w.Lots(ctx, c.Header.Files)
		if err != nil {
			return err
		}
		var left int64
		for _, l := range lots {
			left += l.Left
		}
		for _, r := range rows {
			if v.From <= r.Day && (v.To == "" || r.Day <= v.To) && (v.AsOf == "" || r.Day <= v.AsOf) {
				c.Rows = append(c.Rows, PointRow{r, left})
			}
			left -= r.Points
		}
		days, err := w.PointsOfPerson(ctx, c.Header.Files)
		if err != nil {
			return err
		}
		c.Months = pointsByMonth(w.today(), days)
		c.Codes, err = w.ClubCodes(ctx, c.Header.Files)
		return err
	})
	return c, err
}
