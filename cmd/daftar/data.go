package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/intake"
	"daftar/internal/jalali"
)

type importCommands struct {
	Clinic  importClinicCommand  `cmd:"" help:"The open CSV format, see docs/import.md."`
	Synthea importSyntheaCommand `cmd:"" help:"A folder of Synthea CSV; the clinic's currency becomes USD."`
}

type importSyntheaCommand struct {
	Dir    string `arg:"" help:"Folder with patients.csv, encounters.csv, claims_transactions.csv …"`
	DryRun bool   `help:"Check and count everything, keep nothing."`
}

// Run imports and prints what came in.
func (cmd *importSyntheaCommand) Run(ctx context.Context, c *console) error {
	s, d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := intake.Synthea(ctx, d, cmd.Dir, intake.Options{DryRun: cmd.DryRun, Progress: c.progress("import")})
	c.report(r, cmd.DryRun, err)
	return err
}

type importClinicCommand struct {
	Dir      string    `arg:"" help:"Folder with patients.csv, services.csv, admissions.csv, receipts.csv …"`
	DryRun   bool      `help:"Check and count everything, keep nothing."`
	ClinicID clinic.ID `name:"clinic" help:"Which clinic of the installation; the first in rials, made when there is none."`
}

// Run imports and prints what came in.
func (cmd *importClinicCommand) Run(ctx context.Context, c *console) error {
	s, d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	var actor clinic.Actor
	if cmd.ClinicID != 0 {
		if actor, err = d.Operator(ctx, cmd.ClinicID); err != nil {
			return err
		}
	}
	r, err := intake.Clinic(ctx, d, actor, cmd.Dir, intake.Options{DryRun: cmd.DryRun, Progress: c.progress("import")})
	c.report(r, cmd.DryRun, err)
	return err
}

// report prints what an import brought in.
func (c *console) report(r intake.Report, dryRun bool, err error) {
	if err != nil {
		return
	}
	for _, n := range r.Counts {
		fmt.Fprintf(c.out, "%-22s %s\n", n.Name, n.Value)
	}
	fmt.Fprintf(c.out, "%d new, %d known before", r.New, r.Known)
	if dryRun {
		fmt.Fprint(c.out, "; dry run, nothing was kept")
	}
	fmt.Fprintln(c.out)
}

type generateCommand struct {
	Patients          int    `default:"300" help:"Patients in each clinic."`
	EntriesPerPatient int    `default:"10" help:"Entries in the books for each patient, on average."`
	Clinics           int    `default:"1" help:"How many clinics."`
	Seed              uint64 `default:"1" help:"The same seed makes the same data."`
}

// generatedUntil is the instant at which made-up histories end, so that the
// same seed makes the same data on every day.
var generatedUntil = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// Run makes the data.
func (cmd *generateCommand) Run(ctx context.Context, c *console) error {
	s, d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	ids, err := d.Clinics(ctx)
	if err != nil {
		return err
	}
	if len(ids) > 0 {
		return errors.New("made-up data needs an empty database, and here is a clinic; --db names another one")
	}
	r, err := intake.Generate(ctx, d, intake.GenerateOptions{Patients: cmd.Patients, EntriesPerPatient: cmd.EntriesPerPatient,
		Clinics: cmd.Clinics, Seed: cmd.Seed, Now: generatedUntil, Progress: c.progress("generate")})
	c.report(r, false, err)
	return err
}

type exportCommands struct {
	Patients exportPatientsCommand `cmd:"" help:"The register of patients as CSV."`
	Journal  exportJournalCommand  `cmd:"" help:"The books, for hledger, as CSV or as JSON lines."`
}

type exportPatientsCommand struct {
	ClinicID clinic.ID `name:"clinic" default:"1" help:"Which clinic of the installation."`
}

// Run writes the register to standard output.
func (cmd *exportPatientsCommand) Run(ctx context.Context, c *console) error {
	return c.operate(ctx, cmd.ClinicID, func(d *desk.Desk, actor clinic.Actor) error {
		return d.ExportPatients(ctx, actor, c.out, desk.PatientExport{Header: func(column string) string { return column }})
	})
}

type exportJournalCommand struct {
	Format   string    `enum:"hledger,csv,jsonl" default:"hledger" help:"hledger, csv or jsonl."`
	From     string    `help:"First day, 2026-11-23 or 1405/09/02."`
	To       string    `help:"Last day."`
	ClinicID clinic.ID `name:"clinic" default:"1" help:"Which clinic of the installation."`
}

// Run writes the books to standard output.
func (cmd *exportJournalCommand) Run(ctx context.Context, c *console) error {
	return c.operate(ctx, cmd.ClinicID, func(d *desk.Desk, actor clinic.Actor) error {
		settings, err := d.Clinic(ctx, actor.Clinic)
		if err != nil {
			return err
		}
		q := desk.JournalQuery{Format: cmd.Format}
		if q.From, err = optionalDay(cmd.From, d.Today(settings)); err != nil {
			return err
		}
		if q.To, err = optionalDay(cmd.To, d.Today(settings)); err != nil {
			return err
		}
		return d.ExportJournal(ctx, actor, c.out, q)
	})
}

// optionalDay reads a day in any form; "" stays open.
func optionalDay(text string, today jalali.Day) (jalali.Day, error) {
	if text == "" {
		return "", nil
	}
	return jalali.Parse(text, today)
}

type verifyCommand struct {
	Quick bool `help:"Only sums."`
}

// Run proves the books.
func (cmd *verifyCommand) Run(ctx context.Context, c *console) error {
	if err := c.there(); err != nil {
		return err
	}
	s, d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := d.Verify(ctx, desk.VerifyOptions{Quick: cmd.Quick})
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "ok: %d entries, %d postings, %d patients, %d admissions, %d receipts in %d clinics\n",
		r.Entries, r.Postings, r.Patients, r.Admissions, r.Receipts, r.Clinics)
	return nil
}
