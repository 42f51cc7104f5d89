package web

import (
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
}

// routes is the site map. The permission is checked before the handler runs,
// and once more by the desk.
func (s *server) routes() []route {
	get := func(path string, p clinic.Permission, object string, handle func(v visit) error) route {
		return route{Route{"GET", path, p, object != "", false, object}, handle}
	}
	post := func(path string, p clinic.Permission, object string, handle func(v visit) error) route {
		return route{Route{"POST", path, p, object != "", false, object}, handle}
	}
	all := []route{
		get("/{$}", Public, "", s.office),
		get("/healthz", Public, "", s.health),
		get("/login", Public, "", s.loginForm),
		post("/login", Public, "", s.login),
		post("/logout", Public, "", s.logout),
		get("/setup", Public, "", s.setupForm),
		post("/setup", Public, "", s.setup),
		get("/patients", clinic.ReadPatients, "", s.patients),
		get("/patients/{patient}", clinic.ReadStatement, "patient", s.patient),
		get("/patients/{patient}/statement/{tab}", clinic.ReadStatement, "patient", s.statement),
		get("/patients/{patient}/cashier", clinic.ReceiveMoney, "patient", s.cashier),
		post("/patients/{patient}/receipts", clinic.ReceiveMoney, "patient", s.receive),
		post("/patients/{patient}/receipts/preview", clinic.ReceiveMoney, "patient", s.preview),
	}
	for i := range all {
		switch all[i].Path {
		case "/patients":
			all[i].PHI = true
		case "/patients/{patient}/receipts":
			all[i].Money = true
		}
	}
	return all
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
