package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"daftar/internal/clinic"
)

// JobRunItem is a run with who asked for it; "" for nobody.
type JobRunItem struct {
	clinic.JobRun
	StaffName string
}

func scanJobRun(scan func(...any) error) (r JobRunItem, err error) {
	var asked, started, ended sql.NullInt64
	err = scan(&r.ID, &r.Job, &asked, &r.Staff, &started, &ended, &r.Runs, &r.Did, &r.Error, &r.StaffName)
	r.Asked, r.Started, r.Ended = someMoment(asked), someMoment(started), someMoment(ended)
	return r, err
}

const jobRunColumns = `
	SELECT r.id, r.job, r.asked, COALESCE(r.staff, 0), r.started, r.ended, r.runs, r.did, r.error, COALESCE(s.name, '')
	FROM job_run r LEFT JOIN staff s ON s.clinic = r.clinic AND s.id = r.staff
	WHERE r.clinic = $1`

// JobRuns lists the runs of a job, the newest first.
func (tx *Tx) JobRuns(ctx context.Context, job string, limit int) ([]JobRunItem, error) {
	all, err := collect(ctx, tx, scanJobRun, jobRunColumns+fmt.Sprintf(` AND r.job = $2 ORDER BY r.id DESC LIMIT %d`, limit), tx.clinic, job)
	if err != nil {
		return nil, fmt.Errorf("runs of %s: %w", job, err)
	}
	return all, nil
}

// AskJob writes that somebody wants a job to run; one who asks while it waits
// already changes nothing.
func (tx *Tx) AskJob(ctx context.Context, r clinic.JobRun) error {
	err := tx.exec(ctx, insert("job_run", "clinic, id, job, asked, staff", 1)+` ON CONFLICT (clinic, job) WHERE started IS NULL DO NOTHING`,
		tx.clinic, r.ID, r.Job, micros(r.Asked), r.Staff)
	if err != nil {
		return fmt.Errorf("ask for job %s: %w", r.Job, err)
	}
	return nil
}

// BeginJob writes that a run begins, a new one or one that is there.
func (tx *Tx) BeginJob(ctx context.Context, r clinic.JobRun) error {
	err := tx.exec(ctx, insert("job_run", "clinic, id, job, started, runs", 1)+`
		ON CONFLICT (clinic, id) DO UPDATE SET started = excluded.started, ended = NULL, runs = excluded.runs`,
		tx.clinic, r.ID, r.Job, micros(r.Started), r.Runs)
	if err != nil {
		return fmt.Errorf("begin job %s: %w", r.Job, err)
	}
	return nil
}

// EndJob writes what became of a run.
func (tx *Tx) EndJob(ctx context.Context, r clinic.JobRun) error {
	err := tx.exec(ctx, `UPDATE job_run SET ended = $3, did = $4, error = $5 WHERE clinic = $1 AND id = $2`, tx.clinic, r.ID, micros(r.Ended), r.Did, r.Error)
	if err != nil {
		return fmt.Errorf("end job %s: %w", r.Job, err)
	}
	return nil
}

// ForgetJobs takes away the runs that began before the instant, and returns how
// many.
func (tx *Tx) ForgetJobs(ctx context.Context, before time.Time) (int64, error) {
	n, err := tx.change(ctx, `DELETE FROM job_run WHERE clinic = $1 AND started < $2`, tx.clinic, micros(before))
	if err != nil {
		return 0, fmt.Errorf("forget jobs: %w", err)
	}
	return n, nil
}
