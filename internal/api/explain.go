package api

import (
	"context"
	"net/http"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/jalali"
	"daftar/internal/message"
	"daftar/internal/money"
)

// WhyPart is one part of a figure: what it adds, and the sentence that says
// so.
type WhyPart struct {
	Kind      string       `json:"kind" doc:"admission, share, transfer, late_discount, write_off, recovery, payment.receipt, payment.deposit, fund.receipt, deposit, cheque.in_hand, insurer, pays, unused …"`
	ID        string       `json:"id,omitempty"`
	Number    string       `json:"number,omitempty"`
	Text      string       `json:"text,omitempty"`
	Day       string       `json:"day,omitempty"`
	DayJalali string       `json:"day_jalali,omitempty"`
	Staff     string       `json:"staff,omitempty"`
	Methods   []string     `json:"methods,omitempty"`
	Amount    money.Amount `json:"amount" doc:"what it adds to the figure"`
	Says      string       `json:"says"`
	Parts     []WhyPart    `json:"parts,omitempty" doc:"what amount is made of"`
}

// persianSpeaker writes sentences in Persian with rials, as machines that pass
// them on to people want them.
type persianSpeaker struct{ currency money.Currency }

func (s persianSpeaker) T(key string, args ...any) string { return message.Persian.Text(key, args...) }

func (s persianSpeaker) Amount(a money.Amount) string { return s.currency.Format(a) }

func (s persianSpeaker) Unit() string { return message.Persian.Text("unit." + s.currency.Code) }

func (s persianSpeaker) Day(d jalali.Day) string { return message.Persian.Digits(twin(d)) }

func (s persianSpeaker) Document(number string) string { return message.Persian.Digits(number) }

func showParts(s persianSpeaker, parts []desk.WhyPart) []WhyPart {
	shown := []WhyPart{}
	for _, p := range parts {
		one := WhyPart{Kind: p.Kind, ID: name(p.ID), Number: p.Number.String(), Text: p.Text, Day: string(p.Day), DayJalali: twin(p.Day),
			Staff: p.Staff, Methods: p.Methods, Amount: p.Amount, Says: p.Says(s)}
		if len(p.Parts) > 0 {
			one.Parts = showParts(s, p.Parts)
		}
		shown = append(shown, one)
	}
	return shown
}

type explained struct {
	AdmissionID string       `json:"admission_id"`
	Number      string       `json:"number"`
	Titles      string       `json:"titles"`
	Left        money.Amount `json:"left"`
	Says        string       `json:"says"`
	Parts       []WhyPart    `json:"parts" doc:"the share, what changed it and what pays it; they sum to left"`
}

// explanation says what the balance is made of: what is left of each
// admission, less credit.
type explanation struct {
	Items       []explained  `json:"items"`
	Credit      money.Amount `json:"credit"`
	CreditParts []WhyPart    `json:"credit_parts" doc:"the money that pays nothing; it sums to credit"`
	Balance     money.Amount `json:"balance"`
	Deposits    money.Amount `json:"deposits"`
	Held        []WhyPart    `json:"held" doc:"the deposits; they sum to deposits"`
	Says        string       `json:"says"`
}

func (s *server) explain(ctx context.Context, a clinic.Actor, in *balanceQuery) (*answer[explanation], error) {
	id, v, err := s.balanced(ctx, a, in)
	if err != nil {
		return nil, err
	}
	speaker, err := s.persian(ctx, a)
	if err != nil {
		return nil, err
	}
	e, err := s.desk.Explain(ctx, a, id, v)
	if err != nil {
		return nil, err
	}
	shown := explanation{Items: []explained{}, Credit: e.Credit.Amount, CreditParts: showParts(speaker, e.Credit.Parts), Balance: e.Balance.Amount,
		Deposits: e.Deposits.Amount, Held: showParts(speaker, e.Deposits.Parts), Says: e.Balance.Says(speaker)}
	for _, p := range e.Balance.Parts {
		if p.Kind == "admission" {
			shown.Items = append(shown.Items, explained{name(p.ID), p.Number.String(), p.Text, p.Amount, p.Says(speaker), showParts(speaker, p.Parts)})
		}
	}
	return reply(shown), nil
}

// persian speaks of the money of the actor's clinic.
func (s *server) persian(ctx context.Context, a clinic.Actor) (persianSpeaker, error) {
	c, err := s.desk.Clinic(ctx, a.Clinic)
	return persianSpeaker{c.Currency}, err
}

type whyQuery struct {
	ID      string `path:"id"`
	Of      string `query:"of" doc:"balance (when missing), credit, deposits, insurer, cheques, admission-ID, receipt-ID, entry-ID or running-ID"`
	AsOf    string `query:"as_of" doc:"the end of this day, Gregorian or Jalali"`
	KnownAt string `query:"known_at" doc:"as it was recorded at this instant"`
}

type toldPosting struct {
	Account string       `json:"account" doc:"the kind of account"`
	Owner   string       `json:"owner,omitempty"`
	Debit   money.Amount `json:"debit,omitempty"`
	Credit  money.Amount `json:"credit,omitempty"`
}

type toldEntry struct {
	ID         string        `json:"id"`
	Kind       string        `json:"kind"`
	Day        string        `json:"day"`
	DayJalali  string        `json:"day_jalali"`
	At         time.Time     `json:"at"`
	Recorded   time.Time     `json:"recorded"`
	Staff      string        `json:"staff"`
	Branch     string        `json:"branch"`
	UnitID     string        `json:"unit_id,omitempty"`
	Reverses   string        `json:"reverses,omitempty"`
	ReversedBy string        `json:"reversed_by,omitempty"`
	Postings   []toldPosting `json:"postings"`
}

type kindSum struct {
	Kind   string       `json:"kind"`
	Amount money.Amount `json:"amount"`
	Count  int          `json:"count"`
}

// why is why one figure is what it is.
type why struct {
	Of      string       `json:"of"`
	Amount  money.Amount `json:"amount"`
	Says    string       `json:"says"`
	Parts   []WhyPart    `json:"parts" doc:"they sum to amount"`
	Kinds   []kindSum    `json:"kinds" doc:"the postings by the kind of their entry; they sum to amount"`
	Entries []toldEntry  `json:"entries"`
	Unit    []toldEntry  `json:"unit" doc:"what the same command posted besides"`
}

func (s *server) why(ctx context.Context, a clinic.Actor, in *whyQuery) (*answer[why], error) {
	id, v, err := s.balanced(ctx, a, &balanceQuery{ID: in.ID, AsOf: in.AsOf, KnownAt: in.KnownAt})
	if err != nil {
		return nil, err
	}
	speaker, err := s.persian(ctx, a)
	if err != nil {
		return nil, err
	}
	y, err := s.desk.Why(ctx, a, id, in.Of, v)
	if err != nil {
		return nil, err
	}
	shown := why{Of: y.Of, Amount: y.Amount, Says: y.Says(speaker), Parts: showParts(speaker, y.Parts), Kinds: []kindSum{},
		Entries: showTold(y.Entries), Unit: showTold(y.Unit)}
	for _, k := range y.Kinds {
		shown.Kinds = append(shown.Kinds, kindSum{k.Kind, k.Amount, k.Count})
	}
	return reply(shown), nil
}

func showTold(entries []desk.ToldEntry) []toldEntry {
	shown := []toldEntry{}
	for _, e := range entries {
		one := toldEntry{ID: name(e.ID), Kind: e.Kind, Day: string(e.Day), DayJalali: twin(e.Day), At: e.At.UTC(), Recorded: e.Recorded.UTC(),
			Staff: e.Staff, Branch: e.Branch, UnitID: name(e.Unit), Reverses: name(e.Reverses), ReversedBy: name(e.ReversedBy), Postings: []toldPosting{}}
		for _, p := range e.Postings {
			posting := toldPosting{Account: p.Kind, Owner: p.Label}
			if posting.Debit = p.Amount; p.Amount < 0 {
				posting.Debit, posting.Credit = 0, -p.Amount
			}
			one.Postings = append(one.Postings, posting)
		}
		shown = append(shown, one)
	}
	return shown
}

func (s *server) addExplain() {
	add(s, call{method: http.MethodGet, path: "/patients/{id}/balance/explain", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "What the balance is made of"}, s.explain)
	add(s, call{method: http.MethodGet, path: "/patients/{id}/why", right: clinic.ReadMoney, touches: aboutMoney, object: "patient",
		says: "Why one figure of a patient is what it is"}, s.why)
}
