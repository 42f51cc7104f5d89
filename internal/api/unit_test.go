package api_test

import (
	"net/http"
	"strings"
	"testing"
)

// A unit_id is given for what is in the books, and is undone or refused with
// why not. What wrote nothing there has none.
func TestAUnitIsUndoneOrRefusedInWords(t *testing.T) {
	c := treat(t)
	payer := "/patients/" + c.command(t, "a payer of money", "POST", "/patients", `{"first_name":"مینا","last_name":"رضایی"}`)["id"].(string)
	does := func(name, path, body string) map[string]any {
		t.Helper()
		return c.command(t, name, "POST", path, body)
	}
	id := func(answer map[string]any, record string) string {
		return answer[record].(map[string]any)["id"].(string)
	}
	deposit := "/deposits/" + id(does("a deposit", payer+"/deposits", `{"method":"cash","amount":5000}`), "deposit")
	asked := does("asked for", payer+"/deposits", `{"amount":5000}`)
	receipt := does("money", payer+"/receipts", `{"lines":[{"method":"cash","amount":5000}]}`)
	cheques := does("cheques of hers", payer+"/receipts", `{"lines":[{"method":"cheque","amount":1000,"cheque":{"sayad_id":"1234567890123499","due_date":"1405/10/15"}}]}`)
	cheque := "/cheques/" + cheques["cheques"].([]any)[0].(map[string]any)["id"].(string)
	others := does("another cheque", payer+"/receipts", `{"lines":[{"method":"cheque","amount":1000,"cheque":{"sayad_id":"1234567890123498","due_date":"1405/10/15"}}]}`)
	other := "/cheques/" + others["cheques"].([]any)[0].(map[string]any)["id"].(string)
	shift := c.shiftOf(t, "exact")
	for name, answer := range map[string]map[string]any{
		"asked for":            asked,
		"no longer wanted":     does("withdrawn", "/deposits/"+id(asked, "deposit")+"/withdraw", `{}`),
		"for something else":   does("moved", deposit+"/move", `{"purpose":"فیلر"}`),
		"a cheque to the bank": does("banked", cheque+"/bank", `{}`),
		"an exact count":       does("exactly counted", shift+"/count", `{"counts":[{"method":"cash","counted":1000}]}`),
		"all stays":            does("left", shift+"/handover", `{"amount":0,"to":"safe"}`),
		"confirmed":            does("confirmed", shift+"/confirm", `{}`),
	} {
		if answer["unit_id"] != nil {
			t.Errorf("%s: there is nothing to undo, and unit_id is %v", name, answer["unit_id"])
		}
	}
	short := c.shiftOf(t, "short")
	for name, tt := range map[string]struct {
		answer map[string]any
		status int
		code   string
	}{
		"money":            {does("more money", payer+"/receipts", `{"lines":[{"method":"cash","amount":5000}]}`), http.StatusOK, ""},
		"a void":           {does("a void", "/receipts/"+id(receipt, "receipt")+"/void", `{"reason":"اشتباه"}`), http.StatusUnprocessableEntity, "undo.void"},
		"a cleared one":    {does("cleared", cheque+"/clear", `{}`), http.StatusOK, ""},
		"a swapped one":    {does("swapped", other+"/swap", `{"lines":[{"method":"cash","amount":1000}]}`), http.StatusUnprocessableEntity, "undo.not_possible"},
		"a short drawer":   {does("a short count", short+"/count", `{"counts":[{"method":"cash","counted":900}],"note":"کسری"}`), http.StatusUnprocessableEntity, "undo.not_possible"},
		"money on its way": {does("on its way", short+"/handover", `{"amount":900,"to":"safe"}`), http.StatusUnprocessableEntity, "undo.not_possible"},
	} {
		unit, ok := tt.answer["unit_id"].(string)
		if !ok {
			t.Errorf("%s has no unit_id: %v", name, tt.answer)
			continue
		}
		response, problem := c.call("POST", "/units/"+unit+"/undo", c.manager, `{}`, "Idempotency-Key", "undo "+name)
		if detail, _ := problem["detail"].(string); strings.Contains(detail, "_") {
			t.Errorf("undoing %s speaks of what nobody knows: %s", name, detail)
		}
		if code, _ := problem["code"].(string); response.StatusCode != tt.status || code != tt.code {
			t.Errorf("undoing %s answered %d %v, want %d %s", name, response.StatusCode, problem, tt.status, tt.code)
		}
	}
}
