package clinic_test

import (
	"strings"
	"testing"

	"daftar/internal/clinic"
	"daftar/internal/fault"
)

// Where a problem was met is told without whom it was about.
func TestAPageTellsNobody(t *testing.T) {
	for page, want := range map[string]string{
		"/patients/1234567/statement/summary":     "/patients/{}/statement/summary",
		"/patients?q=مریم":                        "/patients",
		"/patients/مریم/edit":                     "/patients/{}/edit",
		"/x/6f1c2d3e-aaaa-bbbb-cccc-0123456789ab": "/x/{}",
		"/patients/۱۲۳/statement#row-9":           "/patients/{}/statement",
		"/admissions/%D9%85":                      "/admissions/{}",
		"//evil.example/x":                        "/{}/x",
		"/Zahra/KARIMI":                           "/{}/{}",
		"":                                        "/",
		"javascript:alert(1)":                     "/{}",
		"/" + strings.Repeat("a", 30):             "/{}",
		strings.Repeat("/a", 100):                 strings.Repeat("/a", 8),
		"/patients/0012345679/receipts/preview?token=whatever": "/patients/{}/receipts/preview",
	} {
		if got := clinic.PlainPage(page); got != want {
			t.Errorf("PlainPage(%q) = %q, want %q", page, got, want)
		}
	}
}

func TestWhatATicketRefuses(t *testing.T) {
	good := clinic.Ticket{Subject: "چاپ نمی‌شود", Text: "دکمه چاپ کار نمی‌کند", Page: "/patients/12/statement/summary"}
	for name, c := range map[string]struct {
		change func(t *clinic.Ticket)
		code   string
	}{
		"nothing wrong":     {func(*clinic.Ticket) {}, ""},
		"no subject":        {func(t *clinic.Ticket) { t.Subject = "\u200f " }, "ticket.subject"},
		"a long subject":    {func(t *clinic.Ticket) { t.Subject = strings.Repeat("ن", 121) }, "text.long"},
		"no text":           {func(t *clinic.Ticket) { t.Text = "\n\n" }, "ticket.text"},
		"a long text":       {func(t *clinic.Ticket) { t.Text = strings.Repeat("ن", 4001) }, "text.long"},
		"no UTF-8":          {func(t *clinic.Ticket) { t.Text = "\xff" }, "text.utf8"},
		"an unknown area":   {func(t *clinic.Ticket) { t.Area = "moon" }, "ticket.area"},
		"an area by choice": {func(t *clinic.Ticket) { t.Area = "settings" }, ""},
	} {
		t.Run(name, func(t *testing.T) {
			ticket := good
			c.change(&ticket)
			got, err := ticket.Check()
			if fault.Code(err) != c.code {
				t.Fatalf("%v, want %q", err, c.code)
			}
			if err == nil && (got.Page != "/patients/{}/statement/summary" || got.Area == "") {
				t.Errorf("%+v", got)
			}
		})
	}
}

func TestWhereATicketGoes(t *testing.T) {
	const author, manager = clinic.StaffID(1), clinic.StaffID(2)
	for name, c := range map[string]struct {
		from   clinic.TicketStatus
		by     clinic.StaffID
		answer clinic.Answer
		to     clinic.TicketStatus
		code   string
	}{
		"a manager answers":               {clinic.TicketOpen, manager, clinic.Answer{Text: "درست شد", Manages: true}, clinic.TicketAnswered, ""},
		"a manager takes it up":           {clinic.TicketOpen, manager, clinic.Answer{Status: clinic.TicketInProgress, Manages: true}, clinic.TicketInProgress, ""},
		"a manager closes":                {clinic.TicketAnswered, manager, clinic.Answer{Status: clinic.TicketClosed, Manages: true}, clinic.TicketClosed, ""},
		"the author reopens":              {clinic.TicketClosed, author, clinic.Answer{Text: "هنوز هست"}, clinic.TicketOpen, ""},
		"the author adds":                 {clinic.TicketInProgress, author, clinic.Answer{Text: "این هم"}, clinic.TicketInProgress, ""},
		"the author closes":               {clinic.TicketAnswered, author, clinic.Answer{Status: clinic.TicketClosed}, clinic.TicketClosed, ""},
		"the author answers themselves":   {clinic.TicketOpen, author, clinic.Answer{Text: "x", Status: clinic.TicketAnswered}, "", "ticket.author"},
		"the author takes it up":          {clinic.TicketOpen, author, clinic.Answer{Text: "x", Status: clinic.TicketInProgress}, "", "ticket.author"},
		"nothing said":                    {clinic.TicketOpen, manager, clinic.Answer{Text: " ", Manages: true}, "", "ticket.text"},
		"nothing changed":                 {clinic.TicketOpen, manager, clinic.Answer{Status: clinic.TicketOpen, Manages: true}, "", "ticket.text"},
		"an unknown status":               {clinic.TicketOpen, manager, clinic.Answer{Status: "lost", Manages: true}, "", "ticket.status"},
		"a manager adds to the own one":   {clinic.TicketAnswered, author, clinic.Answer{Text: "هنوز", Manages: true}, clinic.TicketOpen, ""},
		"a manager answers their own one": {clinic.TicketOpen, author, clinic.Answer{Text: "x", Status: clinic.TicketAnswered, Manages: true}, clinic.TicketAnswered, ""},
	} {
		t.Run(name, func(t *testing.T) {
			_, to, err := clinic.Ticket{Staff: author, Status: c.from}.Reply(c.by, c.answer)
			if to != c.to || fault.Code(err) != c.code {
				t.Errorf("%q, %v; want %q %q", to, err, c.to, c.code)
			}
		})
	}
}

// A file is taken for what it is, never for what it calls itself.
func TestWhichFilesAreTaken(t *testing.T) {
	const png, jpeg, pdf = "\x89PNG\r\n\x1a\nrest", "\xff\xd8\xff\xe0rest", "%PDF-1.7\nrest"
	for name, c := range map[string]struct {
		file, content string
		kept, code    string
	}{
		"a picture":              {"صفحه.PNG", png, "صفحه.png", ""},
		"a photo":                {"a.jpeg", jpeg, "a.jpeg", ""},
		"a document":             {"a.pdf", pdf, "a.pdf", ""},
		"a text":                 {"log.txt", "سطر یک\r\nسطر دو", "log.txt", ""},
		"a page as a picture":    {"a.png", "<html><script>alert(1)</script>", "", "file.kind"},
		"a page as a text":       {"a.txt", " \ufeff<script>alert(1)</script>", "", "file.kind"},
		"a page":                 {"a.html", "<html>", "", "file.kind"},
		"a drawing":              {"a.svg", "<svg onload=alert(1)>", "", "file.kind"},
		"a picture as a text":    {"a.txt", png, "", "file.kind"},
		"a photo as a picture":   {"a.png", jpeg, "", "file.kind"},
		"a program":              {"a.txt", "MZ\x00\x01", "", "file.kind"},
		"a name without an end":  {"png", png, "", "file.kind"},
		"two ends":               {"a.png.exe", png, "", "file.kind"},
		"nothing":                {"a.txt", "", "", "file.empty"},
		"too much":               {"a.txt", strings.Repeat("x", clinic.MaxAttachment+1), "", "file.large"},
		"a path":                 {`..\..\etc/passwd.txt`, "x", "passwd.txt", ""},
		"a dot file":             {".png", png, "file.png", ""},
		"a turned-around name":   {"a\u202egnp.txt", "x", "agnp.txt", ""},
		"quotes and line breaks": {"a\"b\r\nc.txt", "x", `a"b c.txt`, ""},
		"a long name":            {strings.Repeat("ن", 300) + ".txt", "x", strings.Repeat("ن", 80) + ".txt", ""},
		"a name that is no text": {"\xff.txt", "x", "", "file.kind"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := clinic.CheckAttachment(c.file, []byte(c.content))
			if got.Name != c.kept || fault.Code(err) != c.code {
				t.Errorf("%q %q, %v; want %q %q", got.Name, got.Kind, err, c.kept, c.code)
			}
		})
	}
}
