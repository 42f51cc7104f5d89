package clinic

import "daftar/internal/fault"

// performed are the states a service goes through; any of them may be set, so
// that a slip can be put right.
var performed = map[LineStatus]bool{LineWaiting: true, LineInProgress: true, LineCompleted: true}

// Perform sets how far one service of a live admission is. Invalid
// line.status; NotFound line.none; Refused line.not_live for a draft and for
// what is cancelled.
func Perform(a Admission, line int, status LineStatus) (Admission, error) {
	switch {
	case !performed[status]:
		return a, fault.New(fault.Invalid, "line.status", "a service is waiting, in_progress or completed").At("status")
	case line < 1 || line > len(a.Lines):
		return a, fault.New(fault.NotFound, "line.none", "the admission has no line %d", line)
	case a.Status != Finalized || a.Lines[line-1].Status == LineCancelled:
		return a, fault.New(fault.Refused, "line.not_live", "the service is not of a live admission")
	}
	lines := make([]AdmissionLine, len(a.Lines))
	copy(lines, a.Lines)
	lines[line-1].Status = status
	a.Lines = lines
	return a, nil
}

// Progress is how far the services of an admission are as a whole: the status
// of its lines when all agree, in_progress when some are begun.
func (a Admission) Progress() LineStatus {
	begun, left := false, false
	for _, l := range a.Lines {
		begun = begun || l.Status == LineInProgress || l.Status == LineCompleted
		left = left || l.Status == LineWaiting || l.Status == LineInProgress
	}
	switch {
	case begun && !left:
		return LineCompleted
	case begun:
		return LineInProgress
	}
	return LineWaiting
}
