package clinic_test

import (
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

var offered = []clinic.OfferedService{
	{Service: clinic.Service{ID: 1, Code: "laser-6", Name: "پکیج لیزر ۶ جلسه"}, SectionName: "لیزر"},
	{Service: clinic.Service{ID: 2, Code: "laser", Name: "لیزر موهای زائد"}, SectionName: "لیزر"},
	{Service: clinic.Service{ID: 3, Code: "clean", Name: "پاکسازی پوست"}, SectionName: "پوست و مو"},
	{Service: clinic.Service{ID: 4, Code: "peel", Name: "لایه‌برداری"}, SectionName: "پوست و مو"},
	{Service: clinic.Service{ID: 5, Code: "peel-2", Name: "لایه برداری"}, SectionName: "لیزر"},
}

func TestSearchServices(t *testing.T) {
	for text, want := range map[string]string{
		"":            "1 2 3 4 5",
		"لیزر":        "2 1 5", // begins with it, holds it, is of its section
		"ليزر":        "2 1 5", // Arabic ي
		"LASER":       "2 1",
		"laser":       "2 1", // the whole code is first
		"پوست":        "3 4",
		"پوست پاک":    "3",
		"۶ جلسه":      "1",
		"6 جلسه":      "1",
		"قلب":         "",
		"لایه برداری": "4 5",
	} {
		var got []string
		for _, s := range clinic.SearchServices(offered, text) {
			got = append(got, string(rune('0'+s.ID)))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q finds %v, want %s", text, got, want)
		}
	}
}

func TestServiceNamed(t *testing.T) {
	for text, want := range map[string]struct {
		id   clinic.ServiceID
		code string
	}{
		"laser":       {2, ""}, // though another code begins so
		"پاكسازي":     {3, ""},
		"پکیج":        {1, ""},
		"":            {0, "service.empty"},
		" \u200c ":    {0, "service.empty"},
		"قلب":         {0, "service.none"},
		"لیزر":        {0, "service.unclear"},
		"لایه‌برداری": {0, "service.unclear"}, // two of one name
		"peel":        {4, ""},
	} {
		got, err := clinic.ServiceNamed(offered, text)
		if got.ID != want.id || fault.Code(err) != want.code {
			t.Errorf("%q is %d (%v), want %d %s", text, got.ID, err, want.id, want.code)
		}
	}
}
