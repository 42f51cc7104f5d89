package api

import (
	"context"
	"net/http"
	"strconv"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
)

// addRevisions registers the calls for changes of admissions that are in the books.
func (s *server) addRevisions() {
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/reopen", right: clinic.ReopenAdmissions, touches: aboutMoney,
		object: "admission", says: "Make an admission a draft again; what paid it is credit until it is final again"}, s.reopen)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/edit", right: clinic.WriteAdmissions, touches: aboutMoney,
		object: "admission", says: "Change the services and insurers of a draft"}, s.editDraft)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/coverage", right: clinic.WriteAdmissions, touches: aboutMoney,
		object: "admission", says: "Price an admission anew for other insurers; the difference is credit or debt of today"}, s.cover)
	add(s, call{method: http.MethodPost, path: "/admissions/{id}/lines/{line}/cancel", right: clinic.CancelAdmissions, touches: aboutMoney,
		object: "admission", says: "Take one service off an admission; what is paid too much becomes credit"}, s.cancelLine)
	add(s, call{method: http.MethodGet, path: "/admissions/{id}/versions", right: clinic.ReadMoney, touches: aboutMoney,
		object: "admission", says: "What an admission was before it was changed, oldest first, and what it is"}, s.versions)
}

type reopenForm struct {
	Reason      string `json:"reason"`
	SeenVersion *int64 `json:"seen_version,omitempty"`
	DryRun      bool   `json:"dry_run,omitempty"`
}

func (s *server) reopen(ctx context.Context, a clinic.Actor, in *postTo[reopenForm]) (*answer[admitted], error) {
	form, err := decode[reopenForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.ReopenAdmission{Reason: form.Reason, Seen: form.SeenVersion}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, err = number[clinic.AdmissionID](in.ID, "admission", "id"); err != nil {
		return nil, err
	}
	return answerAdmitted(a)(s.desk.ReopenAdmission(ctx, a, cmd))
}

// answerAdmitted answers an admission command.
func answerAdmitted(a clinic.Actor) func(desk.Admitted, error) (*answer[admitted], error) {
	return func(done desk.Admitted, err error) (*answer[admitted], error) {
		if err != nil {
			return nil, err
		}
		return replyAdmitted(a, done), nil
	}
}

type editedLine struct {
	Line       int       `json:"line,omitempty" doc:"a line of the draft, counted from 1; missing: a new one"`
	ServiceID  string    `json:"service_id,omitempty" doc:"of a line that stays may be missing: then what is not said stays"`
	Quantity   *int64    `json:"quantity,omitempty"`
	ProviderID string    `json:"provider_id,omitempty"`
	Discount   *discount `json:"discount,omitempty"`
}

type editForm struct {
	Lines            []editedLine `json:"lines" doc:"all that are wanted; those that are missing are removed"`
	Coverage         *coverage    `json:"coverage,omitempty" doc:"its insurers stay when missing"`
	AdmissionVersion int64        `json:"admission_version,omitempty" doc:"version of the admission that was seen"`
	DryRun           bool         `json:"dry_run,omitempty"`
}

func (s *server) editDraft(ctx context.Context, a clinic.Actor, in *postTo[editForm]) (*answer[admitted], error) {
	form, err := decode[editForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.EditDraft{Seen: form.AdmissionVersion}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, err = number[clinic.AdmissionID](in.ID, "admission", "id"); err != nil {
		return nil, err
	}
	for i, l := range form.Lines {
		if l.Quantity != nil { // 0 is what the desk calls not said
			if err := clinic.CheckQuantity(*l.Quantity); err != nil {
				return nil, clinic.AtLine(err, i)
			}
		}
		line := desk.EditedLine{Line: l.Line, Same: l.ServiceID == ""}
		if line.OrderedLine, err = (orderedLine{l.ServiceID, l.Quantity, l.ProviderID, l.Discount}).order(); err != nil {
			return nil, err
		}
		if line.Same && l.Quantity == nil {
			line.Quantity = 0
		}
		cmd.Lines = append(cmd.Lines, line)
	}
	if cmd.Coverage, err = form.Coverage.insurers(); err != nil {
		return nil, err
	}
	return answerAdmitted(a)(s.desk.EditDraft(ctx, a, cmd))
}

type coverForm struct {
	BaseInsurerID          string `json:"base_insurer_id,omitempty" doc:"nobody when missing"`
	SupplementaryInsurerID string `json:"supplementary_insurer_id,omitempty" doc:"nobody when missing"`
	SeenVersion            *int64 `json:"seen_version,omitempty"`
	DryRun                 bool   `json:"dry_run,omitempty"`
}

func (s *server) cover(ctx context.Context, a clinic.Actor, in *postTo[coverForm]) (*answer[admitted], error) {
	form, err := decode[coverForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.CoverAdmission{Seen: form.SeenVersion}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, err = number[clinic.AdmissionID](in.ID, "admission", "id"); err != nil {
		return nil, err
	}
	insurers, err := (&coverage{form.BaseInsurerID, form.SupplementaryInsurerID}).insurers()
	if err != nil {
		return nil, err
	}
	cmd.Insurers = *insurers
	return answerAdmitted(a)(s.desk.CoverAdmission(ctx, a, cmd))
}

func (s *server) cancelLine(ctx context.Context, a clinic.Actor, in *postToLine[reopenForm]) (*answer[admitted], error) {
	form, err := decode[reopenForm](in.RawBody)
	if err != nil {
		return nil, err
	}
	cmd := desk.CancelLine{Reason: form.Reason, Seen: form.SeenVersion}
	if cmd.Request, err = keyed(in.Key, form.DryRun); err != nil {
		return nil, err
	}
	if cmd.Admission, cmd.Line, err = lineOf(in.ID, in.Line); err != nil {
		return nil, err
	}
	return answerAdmitted(a)(s.desk.CancelLine(ctx, a, cmd))
}

// lineOf reads the admission and the line of a path.
func lineOf(admission, line string) (id clinic.AdmissionID, n int, err error) {
	if id, err = number[clinic.AdmissionID](admission, "admission", "id"); err != nil {
		return 0, 0, err
	}
	if n, err = strconv.Atoi(line); err != nil {
		return 0, 0, fault.New(fault.NotFound, "line.none", "the admission has no line %q", line)
	}
	return id, n, nil
}

// onAdmission is a question about one admission.
type onAdmission struct {
	ID string `path:"id"`
}

// admissionVersion is what an admission was until it was changed.
type admissionVersion struct {
	Version                int64           `json:"version"`
	Status                 string          `json:"status"`
	BaseInsurerID          string          `json:"base_insurer_id,omitempty"`
	SupplementaryInsurerID string          `json:"supplementary_insurer_id,omitempty"`
	Lines                  []admissionLine `json:"lines"`
	Shares
	Change   string    `json:"change" doc:"what changed it: line_cancel, coverage, reopen, finalize, cancel or abandon"`
	Reason   string    `json:"reason,omitempty"`
	Until    time.Time `json:"until"`
	Recorded time.Time `json:"recorded"`
	By       string    `json:"by" doc:"who changed it"`
}

type versions struct {
	Now   Admission          `json:"now"`
	Items []admissionVersion `json:"items"`
}

func (s *server) versions(ctx context.Context, a clinic.Actor, in *onAdmission) (*answer[versions], error) {
	id, err := number[clinic.AdmissionID](in.ID, "admission", "id")
	if err != nil {
		return nil, err
	}
	found, err := s.desk.AdmissionVersions(ctx, a, id)
	if err != nil {
		return nil, err
	}
	body := versions{Now: showAdmission(a, found.Now, found.Now.Lines), Items: []admissionVersion{}}
	for _, v := range found.Earlier {
		was := showAdmission(a, v.Admission, v.Admission.Lines)
		body.Items = append(body.Items, admissionVersion{Version: was.Version, Status: was.Status, BaseInsurerID: was.BaseInsurerID,
			SupplementaryInsurerID: was.SupplementaryInsurerID, Lines: was.Lines, Shares: was.Shares, Change: string(v.Change),
			Reason: v.Reason, Until: v.Until.UTC(), Recorded: v.Recorded.UTC(), By: v.StaffName})
	}
	return reply(body), nil
}
