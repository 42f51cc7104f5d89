package browser_test

import (
	"context"
	"strconv"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"daftar/internal/clinic"
	office "daftar/internal/desk"
	"daftar/test/site"
)

// clubPages are the pages and sheets of the customer club, with a member who
// has points and a code.
func clubPages(s *site.Site) []judged {
	ctx := context.Background()
	must := func(err error) {
		if err != nil {
			panic(err)
		}
	}
	must(s.OpenClub(ctx, clinic.DefaultClubRules().Levels))
	_, err := s.Desk.AdjustPoints(ctx, s.Manager, office.AdjustPoints{Patient: s.Ali, Points: 900, Note: "هدیه", Request: office.Request{Key: "axe points"}})
	must(err)
	made, err := s.Desk.RedeemPoints(ctx, s.Manager, office.RedeemPoints{Patient: s.Ali, Points: 100, Request: office.Request{Key: "axe code"}})
	must(err)
	ali := "/patients/" + strconv.FormatInt(int64(s.Ali), 10)
	return []judged{
		{name: "club-tab", as: "manager", path: ali + "/statement/club", shows: `[data-testid^=row-points-]`},
		{name: "club-redeem", as: "receptionist", path: ali + "/club/redeem?tab=club", shows: `[data-testid=sheet-redeem]`},
		{name: "club-adjust", as: "manager", path: ali + "/club/adjust?tab=club", shows: `[data-testid=sheet-adjust_points]`},
		{name: "club-return", as: "receptionist", path: "/club/codes/" + strconv.FormatInt(int64(made.Code.ID), 10) + "/return?tab=club", shows: `[data-testid=sheet-return_code]`},
		{name: "club", as: "manager", path: "/club", shows: `[data-testid=table-club]`},
		{name: "club-settings", as: "manager", path: "/settings/club", shows: `[data-testid=form-setting]`},
	}
}

// Ali has points and wants to use them: the receptionist turns some into a
// code, is told when there are too few, gives the code at the next admission
// and finds fewer points in the header.
func TestPointsAreRedeemedAtTheDesk(t *testing.T) {
	h := openHouse(t)
	if err := h.site.OpenClub(t.Context(), clinic.DefaultClubRules().Levels); err != nil {
		t.Fatal(err)
	}
	if _, err := h.site.Desk.AdjustPoints(t.Context(), h.site.Manager, office.AdjustPoints{Patient: h.site.Ali, Points: 700, Note: "هدیه"}); err != nil {
		t.Fatal(err)
	}
	sara := h.at("receptionist")
	list := sara.says(`location.pathname + location.search`)
	sara.windowOf(aliKazemi)
	sara.fact("امتیاز", 700)
	sara.tabIs("club")
	sara.do(chromedp.Click(`[data-testid=club-redeem]`))
	sara.sheet("redeem")
	sara.writes("points", "800")
	sara.ctrlEnter()
	sara.refused("redeem", "امتیاز کافی نیست")
	sara.wants(`document.getElementById('points').value`, "800")
	sara.writes("points", "500")
	sara.until(`document.querySelector('[data-testid=sheet-redeem]').textContent.includes('۵۰۰٬۰۰۰')`)
	sara.sends()
	sara.fact("امتیاز", 200)
	sara.until(`document.querySelector('[data-testid^=row-code-] td') !== null`)
	code := sara.says(`document.querySelector('[data-testid^=row-code-] td').textContent.trim()`)
	sara.keys("a")
	sara.do(chromedp.WaitVisible(`[data-testid=sheet-admission]`))
	sara.until(focusedID + ` === 'service-0'`)
	sara.keys(split("bot")...)
	sara.until(`document.querySelector('#service-0-list [aria-selected=true]')?.dataset.name === 'بوتاکس'`)
	sara.keys(kb.Enter, "3")
	sara.do(chromedp.Evaluate[chromedp.Void](`document.getElementById('discount_code').closest('details')?.setAttribute('open', '')`))
	sara.writes("discount_code", code)
	sara.until(patientShare + ` === '11500000'`)
	sara.ctrlEnter()
	sara.do(chromedp.WaitVisible(`[data-testid=sheet-cashier]`))
	sara.owes(11_500_000)
	sara.until(focusedID + ` === 'amount-0'`)
	sara.sends()
	sara.owes(0)
	sara.fact("امتیاز", 315)
	sara.leaves(aliKazemi, list)
}
