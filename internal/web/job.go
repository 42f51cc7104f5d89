package web

import (
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

const jobsPath = "/settings/jobs"

// jobRoutes: what the program does by itself.
func (s *server) jobRoutes() []route {
	return []route{
		page(jobsPath, clinic.WriteSettings, "", s.jobs),
		form(jobsPath+"/{job}/run", clinic.WriteSettings, "", s.runJob),
	}
}

// GET /settings/jobs
func (s *server) jobs(v visit) error {
	all, err := s.Desk.Jobs(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	p := view.Jobs{Chrome: s.chrome(v, v.l.T("settings.jobs"))}
	for _, j := range all {
		row := view.JobRow{Name: j.Name, Title: v.l.T("job." + j.Name), Every: everyText(v, j.Every), Request: s.RequestKey(), Next: j.Next}
		for _, r := range j.Runs {
			row.Runs = append(row.Runs, jobRun(v, r))
		}
		p.Rows = append(p.Rows, row)
	}
	if ran := v.r.URL.Query().Get("ran"); message.Has("job." + ran) {
		p.Chrome.Toast = &view.Toast{Tone: "ok", Title: v.l.T("job.ran", "job", v.l.T("job."+ran))}
	}
	return s.show(v, view.JobsPage(p))
}

// everyText says how often a job runs.
func everyText(v visit, every time.Duration) string {
	switch every {
	case time.Minute:
		return v.l.T("job.every.minute")
	case time.Hour:
		return v.l.T("job.every.hour")
	}
	return v.l.T("job.every.day")
}

// jobRun is one run in words.
func jobRun(v visit, r desk.JobRun) view.JobRun {
	run := view.JobRun{At: r.Started, Did: r.Did, State: "ok", Error: r.Error}
	if took := r.Ended.Sub(r.Started); !r.Ended.IsZero() {
		run.Took = v.l.T("job.took.ms", "n", int(took.Milliseconds()))
		if took >= 10*time.Second {
			run.Took = v.l.T("job.took.s", "n", int(took.Seconds()))
		}
	}
	switch {
	case r.Started.IsZero():
		run.State, run.At = "asked", r.Asked
	case r.Ended.IsZero():
		run.State = "running"
	case r.Error != "":
		run.State = "failed"
	case r.Did == 0:
		run.State = "idle"
	}
	if run.State == "idle" && r.Runs > 1 {
		run.Note = v.l.T("job.idle.times", "n", r.Runs)
	}
	if r.StaffName != "" {
		run.Note = v.l.T("job.asked.by", "by", r.StaffName)
	}
	return run
}

// POST /settings/jobs/{job}/run
func (s *server) runJob(v visit) error {
	job := v.r.PathValue("job")
	if _, err := s.Desk.AskJob(v.r.Context(), v.actor, desk.AskJob{Job: job, Request: requestOf(v)}); err != nil {
		return err
	}
	s.kick()
	return redirect(v, address(jobsPath, "ran", job))
}
