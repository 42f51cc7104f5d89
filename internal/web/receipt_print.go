package web

import (
	"fmt"
	"image/color"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/boombuler/barcode/qr"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/web/view"
)

func (s *server) receiptPrintRoutes() []route {
	return []route{
		people(page("/receipts/{receipt}/print", clinic.ReadMoney, "receipt", s.receiptPaper)),
		people(form("/receipts/{receipt}/print", clinic.ReadMoney, "receipt", s.printReceipt)),
		people(page("/transfers/{transfer}/print", clinic.ReadMoney, "transfer", s.receiptPaper)),
		people(form("/transfers/{transfer}/print", clinic.ReadMoney, "transfer", s.printReceipt)),
	}
}

// printPath is the path of a paper.
func printPath(of desk.PaperOf) string {
	if of.Transfer != 0 {
		return "/transfers/" + id(of.Transfer) + "/print"
	}
	return "/receipts/" + id(of.Receipt) + "/print"
}

// paperOf reads the paper of the path. NotFound receipt.none.
func paperOf(v visit) (of desk.PaperOf, err error) {
	of.Receipt, of.Transfer = number[clinic.ReceiptID](v.r.PathValue("receipt")), number[clinic.TransferID](v.r.PathValue("transfer"))
	if of.Receipt == 0 && of.Transfer == 0 {
		return of, fault.New(fault.NotFound, "receipt.none", "there is no such receipt")
	}
	return of, nil
}

// GET /receipts/{receipt}/print shows the paper: how the next one will look,
// or, with ?copy=, the one that is being printed.
func (s *server) receiptPaper(v visit) error {
	of, err := paperOf(v)
	if err != nil {
		return err
	}
	paper, err := s.Desk.ReceiptPaper(v.r.Context(), v.actor, of)
	if err != nil {
		return err
	}
	r := paper.Receipt
	p := view.ReceiptPaper{L: v.l, Clinic: v.clinic.Name, Head: letterhead(v), Footer: v.clinic.Footer, Branch: paper.Branch,
		Number: r.Number.String(), Day: r.Day, At: r.At, Patient: paper.Patient.Name(), File: paper.Patient.FileNumber.String(),
		Total: r.Amount, After: paper.After, User: paper.Staff, Note: r.Note, Back: statementPath(paper.Patient.ID, "transactions"),
		Action: printPath(of), Size: v.r.URL.Query().Get("size"), Voided: paper.Voided, Moved: paper.Moved, Why: paper.Why, Prints: paper.Prints}
	if paper.Came != "" {
		p.Came = v.l.T("receipt.came", "day", v.l.Day(paper.Came))
	}
	if !slices.Contains(desk.PaperSizes, p.Size) {
		p.Size = desk.PaperSizes[0]
	}
	if copy, err := strconv.Atoi(v.r.URL.Query().Get("copy")); err == nil && copy > 0 && copy <= paper.Prints {
		p.Copy, p.Now = copy, v.r.URL.Query().Get("now") != ""
	}
	for _, part := range paper.Pays {
		p.Pays = append(p.Pays, view.PayLine{Number: part.Number.String(), Text: enumerated(v, part.Titles), Pays: part.Amount})
	}
	for _, l := range r.Lines {
		p.Lines = append(p.Lines, paperLine(v, paper, l))
	}
	for _, size := range desk.PaperSizes {
		p.Sizes = append(p.Sizes, view.Choice{Value: size, Text: v.l.T("receipt.size." + size)})
	}
	if p.Square, p.SquareSide, err = square(r.Number.String()); err != nil {
		return err
	}
	return s.show(v, view.ReceiptPaperPage(s.chrome(v, v.l.T("receipt.title", "number", v.l.Document(p.Number))), p))
}

// paperLine is a line of money with everything it is found again by.
func paperLine(v visit, paper desk.ReceiptPaper, l clinic.MoneyLine) view.PaperLine {
	line := view.PaperLine{Method: string(l.Method), Amount: l.Amount}
	say := func(key, value string) {
		if value != "" {
			line.Details = append(line.Details, v.l.T("receipt.line."+key, "value", v.l.Digits(value)))
		}
	}
	if l.Method != clinic.Cash {
		say("place", paper.Places[l.Place])
	}
	say("tracking", l.TrackingNumber)
	say("card", l.LastFour)
	if l.Method == clinic.BankTransfer {
		say("sheba", l.Destination)
	}
	for _, q := range paper.Cheques {
		if q.Line == l.Line {
			say("sayad", q.SayadID)
			say("number", q.Number)
			// Who types "Bank Saderat" for the bank has said the word already.
			say("bank", strings.TrimSpace(strings.TrimPrefix(q.Bank, v.l.T("receipt.line.bank", "value", ""))+" "+q.BankBranch))
			if q.Due != "" {
				say("due", v.l.Day(q.Due))
			}
		}
	}
	return line
}

// square is a QR code as the path of a drawing and the length of its side.
func square(text string) (path string, side int, err error) {
	code, err := qr.Encode(text, qr.M, qr.Auto)
	if err != nil {
		return "", 0, fmt.Errorf("square of a receipt: %w", err)
	}
	var b strings.Builder
	box := code.Bounds()
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			if gray := color.GrayModel.Convert(code.At(x, y)).(color.Gray); gray.Y < 128 {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x, y)
			}
		}
	}
	return b.String(), box.Dx(), nil
}

// POST /receipts/{receipt}/print writes that it is printed and goes on to the
// paper.
func (s *server) printReceipt(v visit) error {
	of, err := paperOf(v)
	if err != nil {
		return err
	}
	return s.printTaken(v, of, v.r.PostFormValue("size"))
}

// printTaken goes to a paper that is printed now.
func (s *server) printTaken(v visit, of desk.PaperOf, size string) error {
	if !slices.Contains(desk.PaperSizes, size) {
		size = desk.PaperSizes[0]
	}
	copy, err := s.Desk.PrintReceipt(v.r.Context(), v.actor, of, size)
	if err != nil {
		return err
	}
	to := address(printPath(of), "size", size, "copy", strconv.Itoa(copy), "now", "1")
	if byScript(v.r) {
		v.w.Header().Set("HX-Redirect", to)
		v.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return redirect(v, to)
}
