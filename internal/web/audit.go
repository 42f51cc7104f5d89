package web

import (
	"strconv"
	"strings"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

const auditPath = "/settings/audit"

// auditRoutes: who did and saw what.
func (s *server) auditRoutes() []route {
	return []route{
		people(page(auditPath, clinic.ReadAudit, "", s.audit)),
		people(page(auditPath+"/export", clinic.ReadAudit, "", s.auditExport)),
		people(page(auditPath+"/lines/{line}", clinic.ReadAudit, "line", s.auditLine)),
	}
}

// auditLook is which part of the audit is looked at, as typed and as read.
type auditLook struct {
	patient, who, staff, group, from, to string
	query                                desk.AuditQuery
	problems                             []view.FieldProblem
}

// readAuditLook reads ?patient=&who=&staff=&group=&from=&to=&cursor=. A patient
// is an id, or a name or file number typed as who.
func readAuditLook(v visit) auditLook {
	in := v.r.URL.Query()
	k := auditLook{patient: in.Get("patient"), who: strings.TrimSpace(in.Get("who")), staff: in.Get("staff"), group: in.Get("group"),
		from: in.Get("from"), to: in.Get("to")}
	k.query = desk.AuditQuery{Group: k.group, Cursor: in.Get("cursor")}
	k.query.From, k.query.To = k.day(v, "from", k.from), k.day(v, "to", k.to)
	if n, err := strconv.ParseInt(k.staff, 10, 64); err == nil {
		k.query.Staff = clinic.StaffID(n)
	}
	if n, err := strconv.ParseInt(k.patient, 10, 64); err == nil && k.who == "" {
		k.query.Patient = clinic.PatientID(n)
	}
	return k
}

// day reads a typed day; one that is none is a problem of its field.
func (k *auditLook) day(v visit, field, typed string) jalali.Day {
	if typed == "" {
		return ""
	}
	day, err := jalali.Parse(typed, v.l.Today)
	if e, ok := fault.As(err); ok {
		k.problems = append(k.problems, view.FieldProblem{Field: field, Text: message.Fault(v.l.Lang, e)})
		return ""
	}
	return day
}

// url is the address of the look at a path, with another patient, group and
// cursor.
func (k auditLook) url(path, patient, group, cursor string) string {
	return address(path, "patient", patient, "staff", k.staff, "group", group, "from", k.from, "to", k.to, "cursor", cursor)
}

// GET /settings/audit
func (s *server) audit(v visit) error {
	k := readAuditLook(v)
	p := view.Audit{Chrome: s.chrome(v, v.l.T("audit.title")), Who: k.who, Group: k.group, Staff: k.staff, From: k.from, To: k.to,
		Path: auditPath, Receives: v.actor.Can(clinic.ReceiveMoney)}
	if k.who != "" {
		found, err := s.auditPeople(v, k)
		if err != nil {
			return err
		}
		if len(found) == 1 {
			return redirect(v, found[0].URL)
		}
		if p.Found = found; len(found) == 0 {
			k.problems = append(k.problems, view.FieldProblem{Field: "who", Text: v.l.T("audit.who.none", "query", k.who)})
		}
	}
	log, err := s.Desk.AuditLog(v.r.Context(), v.actor, k.query)
	if e, ok := fault.As(err); ok && e.Code == "view.range" {
		k.problems = append(k.problems, view.FieldProblem{Field: "from", Text: message.Fault(v.l.Lang, e)})
		k.query.From, k.query.To = "", ""
		log, err = s.Desk.AuditLog(v.r.Context(), v.actor, k.query)
	}
	if err != nil {
		return err
	}
	s.arrangeAudit(v, k, log, &p)
	return s.show(v, view.AuditPage(p))
}

// auditPeople are the persons that what was typed may mean.
func (s *server) auditPeople(v visit, k auditLook) (found []view.AuditFound, err error) {
	const most = 12
	page, err := s.Desk.Patients(v.r.Context(), v.actor, desk.PatientQuery{Text: k.who, Limit: most})
	if err != nil {
		return nil, err
	}
	for _, i := range page.Items {
		found = append(found, view.AuditFound{Name: i.Patient.Name(), File: i.Patient.FileNumber.String(),
			URL: k.url(auditPath, id(i.Patient.ID), k.group, "")})
	}
	return found, nil
}

// arrangeAudit fills the page with what was found.
func (s *server) arrangeAudit(v visit, k auditLook, log desk.AuditPage, p *view.Audit) {
	patient := ""
	if whom := log.Person; whom.ID != 0 {
		patient = id(whom.ID)
		p.Person = &view.AuditPerson{ID: patient, Name: whom.Name(), File: whom.FileNumber.String()}
		p.WithoutPerson = k.url(auditPath, "", k.group, "")
	}
	for _, group := range append([]string{""}, desk.AuditGroups...) {
		p.Groups = append(p.Groups, view.Chip{Text: v.l.T("audit.group." + orAll(group)), URL: k.url(auditPath, patient, group, ""), On: group == k.group})
	}
	p.StaffChoices = []view.Choice{{Text: v.l.T("audit.staff.all")}}
	for _, c := range log.Staff {
		p.StaffChoices = append(p.StaffChoices, view.Choice{Value: id(c.ID), Text: c.Name})
	}
	for _, r := range log.Rows {
		p.Rows = append(p.Rows, auditRow(v, r))
	}
	p.Problems, p.CSV = k.problems, k.url(auditPath+"/export", patient, k.group, "")
	if k.query.Cursor != "" {
		p.Newest = k.url(auditPath, patient, k.group, "")
	}
	if log.Older != "" {
		p.Older, p.Until, p.UntilDay = k.url(auditPath, patient, k.group, log.Older), log.Until, jalali.DayOf(log.Until, v.l.Zone)
	}
	p.Filtered = patient != "" || k.staff != "" || k.group != "" || k.from != "" || k.to != ""
}

// auditTones are the colours of the groups.
var auditTones = map[string]string{"writes": "info", "money": "ok", "refused": "due", "sign_ins": "hold", "exports": "club"}

func auditRow(v visit, r desk.AuditRow) view.AuditRow {
	row := view.AuditRow{ID: strconv.FormatInt(r.ID, 10), Day: jalali.DayOf(r.At, v.l.Zone), At: r.At, Staff: r.StaffName, Action: view.AuditAction(v.l, r.Action),
		Tone: auditTones[desk.AuditGroup(r.Action)], Hidden: r.Hidden, Origin: auditOrigin(v, r.Origin), Detail: auditDetail(v, r)}
	if r.Staff == 0 {
		row.Staff = v.l.T("audit.nobody")
	}
	if p := r.Patient; p.ID != 0 {
		row.Person = &view.AuditPerson{ID: id(p.ID), Name: p.Name(), File: p.FileNumber.String()}
		if v.actor.Can(clinic.ReadMobile) {
			row.Person.Mobile = p.Mobile
		}
		switch first, _, _ := strings.Cut(r.Action, "."); {
		case r.Object != 0 && first == "admission":
			row.Record, row.RecordURL = v.l.T("audit.record.admission"), statementPath(p.ID, "admissions")+"#admission-"+strconv.FormatInt(r.Object, 10)
		case r.Object != 0 && first == "receipt" && v.actor.Can(clinic.ReadMoney):
			row.Record, row.RecordURL = v.l.T("audit.record.receipt"), statementPath(p.ID, "transactions")
		}
	}
	switch {
	case r.Everybody:
		row.List = v.l.T("audit.everybody")
	case r.Shown > 0:
		row.List, row.ListURL = v.l.T("audit.list", "n", r.Shown), auditPath+"/lines/"+row.ID
	}
	return row
}

// auditOrigin says in words where from; "page 10.0.0.7" keeps its address.
func auditOrigin(v visit, origin string) view.AuditOrigin {
	way, from, _ := strings.Cut(origin, " ")
	if key := "audit.from." + way; message.Has(key) {
		return view.AuditOrigin{Way: v.l.T(key), From: from}
	}
	return view.AuditOrigin{Way: origin}
}

// auditDetail says which colleague was changed, or what was refused: the route,
// and the right or the reason.
func auditDetail(v visit, r desk.AuditRow) view.AuditDetail {
	if r.Detail == "" {
		return view.AuditDetail{Why: r.About}
	}
	at := strings.LastIndexByte(r.Detail, ' ')
	route, why := r.Detail[:max(at, 0)], r.Detail[at+1:]
	for _, key := range []string{"right." + why, "audit.why." + why} {
		if message.Has(key) {
			why = v.l.T(key)
			break
		}
	}
	if n, err := strconv.Atoi(why); err == nil {
		why = v.l.T("audit.more", "n", n)
	}
	return view.AuditDetail{Why: why, Route: route}
}

// GET /settings/audit/lines/{line} shows whom a list showed.
func (s *server) auditLine(v visit) error {
	n, err := strconv.ParseInt(v.r.PathValue("line"), 10, 64)
	if err != nil {
		return fault.New(fault.NotFound, "audit.none", "there is no such line")
	}
	row, people, err := s.Desk.AuditLine(v.r.Context(), v.actor, n)
	if err != nil {
		return err
	}
	p := view.AuditLine{Chrome: s.chrome(v, v.l.T("audit.line.title")), Row: auditRow(v, row), Back: auditPath, Hidden: row.Shown - len(people),
		Receives: v.actor.Can(clinic.ReceiveMoney)}
	for _, whom := range people {
		p.People = append(p.People, view.AuditPerson{ID: id(whom.ID), Name: whom.Name(), File: whom.FileNumber.String()})
	}
	return s.show(v, view.AuditLinePage(p))
}

// auditRefusal writes down who was refused what. The answer is the same when
// that fails.
func (s *server) auditRefusal(v visit, r Route, err error) {
	id, _ := strconv.ParseInt(v.r.PathValue(r.Object), 10, 64) // what is no number names no record
	failed := s.Desk.AuditRefusal(v.r.Context(), v.actor, desk.Refusal{Route: r.Method + " " + r.Path, Object: r.Object, ID: id,
		People: r.PHI, Err: err})
	if failed != nil {
		s.Log.ErrorContext(v.r.Context(), "a refusal was not audited", "route", v.r.Pattern, "err", failed)
	}
}

// mostTried bounds in how many clinics the person behind a refused sign-in is
// looked for.
const mostTried = 4

// auditSignInFailed writes down that a sign-in was refused.
func (s *server) auditSignInFailed(v visit, clinics []clinic.ID, username string, err error) {
	failed := s.Desk.AuditSignInFailed(v.r.Context(), clinics[:min(len(clinics), mostTried)], username, s.origin(v.r), err)
	if failed != nil {
		s.Log.ErrorContext(v.r.Context(), "a sign-in was not audited", "err", failed)
	}
}
