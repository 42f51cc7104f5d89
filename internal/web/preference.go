package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// preferenceRoutes: language, calendar and theme of one person on one device.
func (s *server) preferenceRoutes() []route {
	return []route{form("/preferences", Public, "", s.prefer)}
}

// preferences are what can be chosen and the values that each takes, the first
// being what holds when nothing was chosen. Each is a cookie of its name.
var preferences = []struct {
	name   string
	values []string
}{
	{"lang", []string{string(message.Persian), string(message.English)}},
	{"calendar", []string{string(view.Jalali), string(view.Gregorian)}},
	{"theme", []string{"", "light", "dark"}},
}

// aYear is how long a preference is kept, in seconds.
const aYear = 365 * 24 * 60 * 60

// POST /preferences keeps what was chosen and goes back to where it was.
func (s *server) prefer(v visit) error {
	for _, p := range preferences {
		value := v.r.PostFormValue(p.name)
		if !v.r.PostForm.Has(p.name) || !slices.Contains(p.values, value) {
			continue
		}
		c := &http.Cookie{Name: p.name, Value: value, Path: "/", MaxAge: aYear, Secure: s.secure(v.r), SameSite: http.SameSiteLaxMode}
		if value == p.values[0] {
			c.MaxAge = -1
		}
		http.SetCookie(v.w, c)
	}
	return redirect(v, from(v.r))
}

// from is the page of this site that a form was sent from, the list when the
// browser does not say.
func from(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(u.Path, "//") {
		return "/patients"
	}
	return (&url.URL{Path: u.Path, RawQuery: u.RawQuery}).String()
}

// preference is what the cookie of a name says, or what holds without it.
func preference(r *http.Request, name string) string {
	for _, p := range preferences {
		if p.name != name {
			continue
		}
		if cookie, err := r.Cookie(name); err == nil && slices.Contains(p.values, cookie.Value) {
			return cookie.Value
		}
		return p.values[0]
	}
	return ""
}

// preferred is the locale that the device asks for. The browser's own wish is
// not followed: the clinic is Persian, whatever computers it bought.
func preferred(r *http.Request) view.Locale {
	return view.Locale{Lang: message.Of(preference(r, "lang")), Calendar: view.Calendar(preference(r, "calendar"))}
}

// day reads a day that was typed, in the calendar that the person reads.
// Faults as jalali.Parse.
func (v visit) day(typed string) (jalali.Day, error) {
	if v.l.Calendar == view.Gregorian {
		return jalali.ParseGregorian(typed, v.l.Today)
	}
	return jalali.Parse(typed, v.l.Today)
}
