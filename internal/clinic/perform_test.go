package clinic_test

import (
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

func TestPerform(t *testing.T) {
	tests := map[string]struct {
		admission clinic.AdmissionStatus
		line      int
		now, next clinic.LineStatus
		code      string
	}{
		"begins":                   {clinic.Finalized, 1, clinic.LineWaiting, clinic.LineInProgress, ""},
		"is done at once":          {clinic.Finalized, 1, clinic.LineWaiting, clinic.LineCompleted, ""},
		"a slip is put right":      {clinic.Finalized, 1, clinic.LineCompleted, clinic.LineInProgress, ""},
		"of a draft":               {clinic.Draft, 1, clinic.LineWaiting, clinic.LineCompleted, "line.not_live"},
		"of what is cancelled":     {clinic.Cancelled, 1, clinic.LineCancelled, clinic.LineCompleted, "line.not_live"},
		"is not cancelled so":      {clinic.Finalized, 1, clinic.LineWaiting, clinic.LineCancelled, "line.status"},
		"has no such state":        {clinic.Finalized, 1, clinic.LineWaiting, "half", "line.status"},
		"there is no line nought":  {clinic.Finalized, 0, clinic.LineWaiting, clinic.LineCompleted, "line.none"},
		"there is no second line":  {clinic.Finalized, 2, clinic.LineWaiting, clinic.LineCompleted, "line.none"},
		"a line that is cancelled": {clinic.Finalized, 1, clinic.LineCancelled, clinic.LineCompleted, "line.not_live"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			a := clinic.Admission{Status: tt.admission, Lines: []clinic.AdmissionLine{{Line: 1, Status: tt.now}}}
			got, err := clinic.Perform(a, tt.line, tt.next)
			if fault.Code(err) != tt.code {
				t.Fatalf("%v, want %q", err, tt.code)
			}
			if err == nil && got.Lines[0].Status != tt.next || a.Lines[0].Status != tt.now {
				t.Errorf("it is %s, was %s", got.Lines[0].Status, a.Lines[0].Status)
			}
		})
	}
}

func TestProgress(t *testing.T) {
	const w, p, c, x = clinic.LineWaiting, clinic.LineInProgress, clinic.LineCompleted, clinic.LineCancelled
	for name, tt := range map[string]struct {
		lines []clinic.LineStatus
		want  clinic.LineStatus
	}{
		"nothing begun":          {[]clinic.LineStatus{w, w}, w},
		"one begun":              {[]clinic.LineStatus{w, p}, p},
		"one done":               {[]clinic.LineStatus{c, w}, p},
		"all done":               {[]clinic.LineStatus{c, c}, c},
		"done but for cancelled": {[]clinic.LineStatus{c, x}, c},
		"cancelled":              {[]clinic.LineStatus{x}, w},
	} {
		var a clinic.Admission
		for _, s := range tt.lines {
			a.Lines = append(a.Lines, clinic.AdmissionLine{Status: s})
		}
		if got := a.Progress(); got != tt.want {
			t.Errorf("%s: %s, want %s", name, got, tt.want)
		}
	}
}
