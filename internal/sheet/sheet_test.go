package sheet_test

import (
	"strings"
	"testing"

	"daftar/internal/fault"
	"daftar/internal/sheet"
)

func TestReadSaysWhereAValueIsWrong(t *testing.T) {
	for sentence, c := range map[string]struct{ text, want string }{
		"a table is right":               {"a,b\n1,2\n", ""},
		"a byte order mark is tolerated": {"\ufeffa,b\n1,2\n", ""},
		"an optional column is right":    {"a,b,c\n1,2,3\n", ""},
		"a value spans lines":            {"a,b\n\"1\n1\",2\n\xff,2\n", "t.csv:4:a: the value is not UTF-8"},
		"there is nothing":               {"", "t.csv: the file has no header"},
		"a column is missing":            {"a\n1\n", "t.csv:1:b: the column is missing"},
		"a column is unknown":            {"a,b,x\n1,2,3\n", "t.csv:1:x: there is no such column"},
		"a column is there twice":        {"a,b,a\n1,2,3\n", "t.csv:1:a: the column is there twice"},
		"a row is short":                 {"a,b\n1\n", "t.csv:2: wrong number of fields"},
		"a quote is open":                {"a,b\n1,\"2\n", "t.csv:2: extraneous or missing \" in quoted-field"},
		"a value is too long":            {"a,b\n1," + strings.Repeat("x", 64<<10+1) + "\n", "t.csv:2:b: the value is longer than 65536 bytes"},
	} {
		t.Run(sentence, func(t *testing.T) {
			var problems sheet.Problems
			rows, err := sheet.Read("t.csv", strings.NewReader(c.text), sheet.Columns{Required: []string{"a", "b"}, Optional: []string{"c"}}, &problems)
			if err != nil {
				t.Fatal(err)
			}
			found, _ := fault.As(problems.Err())
			switch {
			case c.want == "" && (found != nil || len(rows) != 1 || rows[0].Get("b") != "2" || rows[0].Line != 2):
				t.Errorf("rows %v, problems %v", rows, found)
			case c.want != "" && (found == nil || found.Text != c.want):
				t.Errorf("got %v, want %q", found, c.want)
			}
		})
	}
}

func TestOnlyTheFirstTwentyProblemsAreKept(t *testing.T) {
	var problems sheet.Problems
	for line := range 25 {
		problems.Add(sheet.Problem{File: "t.csv", Line: line + 2, Reason: "wrong"})
	}
	text := problems.Err().Error()
	if got := strings.Count(text, "\n") + 1; got != 21 || !strings.HasSuffix(text, "and 5 more") {
		t.Errorf("%d lines: %s", got, text)
	}
}

func TestTextIsNoFormula(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "زهرا": "زهرا", "a=b": "a=b", "=1+1": "'=1+1", "+98": "'+98", "-1": "'-1", "@x": "'@x",
		"\tx": "'\tx", "\rx": "'\rx", "＝1": "'＝1", "＋1": "'＋1", "－1": "'－1", "＠x": "'＠x",
	} {
		if got := sheet.Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
	var out strings.Builder
	w, err := sheet.NewWriter(&out, "name")
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Row(sheet.Text("=a,b")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil || out.String() != "name\n\"'=a,b\"\n" {
		t.Errorf("%v %q", err, out.String())
	}
}
