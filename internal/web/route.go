package web

import (
	"slices"

	"daftar/internal/clinic"
	"daftar/internal/web/asset"
)

// What a route asks for that is no permission.
const (
	Public   clinic.Permission = "public"    // nobody has to sign in
	SignedIn clinic.Permission = "signed_in" // any person of the clinic
)

// Route is one line of the site map.
type Route struct {
	Method     string            `json:"method"`
	Path       string            `json:"path"`
	Permission clinic.Permission `json:"permission"` // a permission of clinic, Public or SignedIn
	PHI        bool              `json:"phi"`        // shows or takes data of patients
	Money      bool              `json:"money"`      // moves money
	Object     string            `json:"object"`     // what the id in the path names; "" when there is none
}

// route is a Route with what it does.
type route struct {
	Route
	handle func(v visit) error
	files  bool // the form may hold files
	quiet  bool // what the page asks by itself; it does not keep a session alive
	early  bool // is for those too who first have to set up a second factor
}

// routes is the site map: each feature lists its own lines beside its handlers.
// The permission is checked before the handler runs, and once more by the desk.
func (s *server) routes() []route {
	return slices.Concat(s.entranceRoutes(), s.patientRoutes(), s.registerRoutes(), s.mergeRoutes(), s.statementRoutes(), s.viewRoutes(),
		s.cashierRoutes(), s.admissionRoutes(), s.admitRoutes(), s.accessRoutes(), s.sessionRoutes(), s.auditRoutes(),
		s.liveRoutes(), s.paletteRoutes(), s.settingsRoutes(), s.ticketRoutes(), s.preferenceRoutes(),
		s.shiftRoutes(), s.correctionRoutes(), s.depositRoutes(), s.appointmentRoutes(), s.chequeRoutes(), s.instalmentRoutes(), s.revisionRoutes(),
		s.discountCodeRoutes(), s.settlementRoutes(), s.commissionRoutes(), s.explainRoutes(), s.reportRoutes(), s.activityRoutes(), s.leadRoutes(), s.clubRoutes(),
		s.scheduleRoutes(), s.holidayRoutes(), s.resourceRoutes(), s.cancelManyRoutes(), s.calendarRoutes(),
		s.onlineRoutes(), s.feedRoutes(), s.messageRoutes(), s.messageSettingRoutes(), s.jobRoutes(), s.campaignRoutes())
}

// page is a route that only shows; about names the record in its path, "" when
// there is none.
func page(path string, p clinic.Permission, about string, handle func(v visit) error) route {
	return route{Route: Route{"GET", path, p, about == "patient", false, about}, handle: handle}
}

// form is a route that changes something.
func form(path string, p clinic.Permission, about string, handle func(v visit) error) route {
	return route{Route: Route{"POST", path, p, about == "patient", false, about}, handle: handle}
}

// people marks a route that shows or takes data of patients without naming one
// in its path.
func people(r route) route {
	r.PHI = true
	return r
}

// paying marks a route that moves money.
func paying(r route) route {
	r.Money = true
	return r
}

// withFiles marks a form that may hold files; see uploaded.
func withFiles(r route) route {
	r.files = true
	return r
}

// quiet marks a route that pages ask by themselves, such as a stream of news:
// it does not count as use, so that a session ends beside an open page.
func quiet(r route) route {
	r.quiet = true
	return r
}

// early marks a route that is open to a person who may do nothing else before a
// second factor is set up.
func early(r route) route {
	r.early = true
	return r
}

// Routes is the site map without the API, in the order of its table, with the
// files beside the pages last.
func Routes() []Route {
	var list []Route
	for _, r := range (&server{}).routes() {
		if r.Path == "/{$}" {
			r.Path = "/"
		}
		list = append(list, r.Route)
	}
	return append(list, Route{Method: "GET", Path: asset.Prefix + "{file}", Permission: Public})
}
