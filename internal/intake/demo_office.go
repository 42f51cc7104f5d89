package intake

import (
	"context"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
)

// What stands on the demo clinic's receipts, and what its staff reported.
const (
	demoLicence = "۱۲۳۴۵/م"
	demoAddress = "تهران، خیابان ونک، پلاک ۱۰"
	demoPhone   = "۰۲۱۸۸۷۷۶۶۵۵"
	demoFloat   = 2_000_000 // rials in a drawer when a shift begins
	demoFooter  = "این قبض را تا پایان درمان نگه دارید."
)

// demoWords are words that the clinic added to the shipped lists.
var demoWords = []clinic.ListItem{
	{List: clinic.DiscountReasons, Name: "روز پزشک", Position: 6},
	{List: clinic.AcquisitionSources, Name: "نمایشگاه زیبایی", Position: 10},
}

// demoTickets are reports with how far they came; an answer is the manager's.
var demoTickets = []struct {
	by, page, subject, text string
	answer                  string
	status                  clinic.TicketStatus
}{
	{"receptionist", "/patients/{}/statement/transactions", "چاپ صورتحساب دو صفحه می‌شود",
		"صورتحساب کوتاه هم در دو برگ چاپ می‌شود و برگ دوم خالی است.", "حاشیه چاپگر درست شد؛ دوباره آزمایش کنید.", clinic.TicketAnswered},
	{"accountant", "/settings/tariffs", "تعرفه سال نو", "قیمت‌های فروردین را از پیش وارد کنیم؟", "", clinic.TicketInProgress},
	{"stockkeeper", "/tickets", "بارکدخوان", "بارکدخوان انبار در جستجو رقم آخر را نمی‌خواند.", "", ""},
	{"doctor", "/patients", "اندازه نوشته‌ها", "در نمایشگر اتاق ۲ نوشته‌ها کوچک است.", "از مرورگر بزرگ‌نمایی ۱۲۵٪ گذاشته شد.", clinic.TicketClosed},
}

// demoClubSince is before everything that happened in the demo: all of it earns.
const demoClubSince jalali.Day = "2020-03-20"

// demoOffice gives the clinic what stands on receipts, own words and reports.
func demoOffice(ctx context.Context, d *desk.Desk, people map[string]clinic.Actor) error {
	manager := people[string(clinic.Manager)]
	c, err := d.Clinic(ctx, manager.Clinic)
	if err != nil {
		return err
	}
	c.Licence, c.Address, c.Phone, c.Footer, c.SMS = demoLicence, demoAddress, demoPhone, demoFooter, true
	c.Appointments.Online, c.Contact = true, true
	c.Club, c.ClubRules = true, clinic.DefaultClubRules()
	c.ClubRules.Since, c.ClubRules.Introduction = demoClubSince, clinic.Gift{Points: 200, Days: 365}
	if _, err := d.SaveClinic(ctx, manager, desk.Save[clinic.Clinic]{Row: c}); err != nil {
		return err
	}
	rules := clinic.DefaultMessageRules()
	rules.Price = demoPartPrice
	if _, err := d.SaveMessageRules(ctx, manager, desk.Save[clinic.MessageRules]{Row: rules}); err != nil {
		return err
	}
	for _, i := range demoWords {
		if _, err := d.SaveListItem(ctx, manager, desk.Save[clinic.ListItem]{Row: i}); err != nil {
			return err
		}
	}
	for _, t := range demoTickets {
		made, err := d.WriteTicket(ctx, people[t.by], desk.WriteTicket{Ticket: clinic.Ticket{Subject: t.subject, Text: t.text, Page: t.page}})
		if err != nil {
			return err
		}
		if t.status == "" {
			continue
		}
		reply := desk.ReplyTicket{Ticket: made.ID, Text: t.answer, Status: t.status}
		if _, err := d.ReplyTicket(ctx, manager, reply); err != nil {
			return err
		}
	}
	return nil
}
