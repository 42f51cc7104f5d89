package api_test

import (
	"net/http"
	"regexp"
	"testing"
)

// A value of the wrong kind is named in the words of JSON, never in those of
// the language that the program is written in.
func TestAWrongKindIsSaidInWordsOfJSON(t *testing.T) {
	c := open(t)
	for body, says := range map[string]string{
		`{"lines":{}}`:                               "an object is no list",
		`{"lines":"x"}`:                              "a text is no list",
		`{"lines":[1]}`:                              "a number is no object",
		`{"lines":[true]}`:                           "true or false is no object",
		`{"lines":[],"seen_version":"1"}`:            "a text is no whole number",
		`{"lines":[],"seen_version":5.5}`:            "the number 5.5 is no whole number",
		`{"lines":[],"seen_version":[]}`:             "a list is no whole number",
		`{"lines":[],"surplus":1}`:                   "a number is no text",
		`{"lines":[],"dry_run":"yes"}`:               "a text is neither true nor false",
		`{"lines":[],"seen_version":1` + zeros + `}`: "the number 1" + zeros + " is too large",
	} {
		response, problem := c.call("POST", "/patients/1/receipts", c.manager, body, "Idempotency-Key", "k")
		if response.StatusCode != http.StatusBadRequest || problem["code"] != "request.syntax" || problem["detail"] != says {
			t.Errorf("%s answered %d %v, want %q", body, response.StatusCode, problem, says)
		}
		if text, _ := problem["detail"].(string); regexp.MustCompile(`int64|slice|struct|bool|string`).MatchString(text) {
			t.Errorf("%s: %s", body, text)
		}
	}
}

const zeros = "00000000000000000000"
