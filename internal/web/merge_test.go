package web_test

import (
	"net/http"
	"strconv"
	"testing"

	"daftar/internal/clinic"
	"daftar/test/engine"
	"daftar/test/site"
)

// Two files become one person's and two again, by links and forms alone.
func TestFilesAreMergedAndTakenApart(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := as(t, s, clinic.Manager)
	merge := path(s.Zahra, "/merge")
	p.get(merge+"?q=مریم").wants(t, http.StatusOK, "مریم احمدی", "into="+strconv.FormatInt(int64(s.Maryam), 10))
	p.get(merge+"?into="+strconv.FormatInt(int64(s.Maryam), 10)).wants(t, http.StatusOK, `data-testid="form-merge"`, "مریم احمدی", "زهرا موسوی", "۲٬۸۰۰٬۰۰۰ بدهکار")
	p.post(merge, "into", strconv.FormatInt(int64(s.Zahra), 10), "request", "m0").wants(t, http.StatusUnprocessableEntity, "با خودش ادغام نمی‌شود")
	p.post(merge, "into", strconv.FormatInt(int64(s.Maryam), 10), "request", "m3").wants(t, http.StatusUnprocessableEntity, "دلیل ادغام را بنویسید")
	for range 2 { // a double click merges once
		p.post(merge, "into", strconv.FormatInt(int64(s.Maryam), 10), "reason", "نام پیشین", "request", "m1").wants(t, http.StatusSeeOther)
	}
	p.get(path(s.Zahra, "/statement/transactions")).wants(t, http.StatusSeeOther)
	p.get(path(s.Maryam, "/statement/summary")).wants(t, http.StatusOK, `data-testid="header-balance" data-rials="2800000"`, "row-merge-")
	p.get(path(s.Maryam, "/merge")).wants(t, http.StatusOK, `data-testid="form-unmerge"`, "زهرا موسوی")
	p.post(path(s.Zahra, "/unmerge"), "request", "m2").wants(t, http.StatusSeeOther)
	p.get(path(s.Zahra, "/statement/summary")).wants(t, http.StatusOK, `data-testid="header-balance" data-rials="-2000000"`)
	p.get(path(s.Maryam, "/statement/summary")).lacks(t, "row-merge-")
	as(t, s, clinic.Receptionist).get(merge).wants(t, http.StatusForbidden)
}
