package view

import "daftar/internal/money"

// depositTone is the colour of a deposit's status.
func depositTone(status string) string {
	switch status {
	case "open":
		return "ok"
	case "partly_used":
		return "info"
	case "requested":
		return "hold"
	}
	return ""
}

// DepositTone is depositTone for lists.
func DepositTone(status string) string {
	if tone := depositTone(status); tone != "" {
		return tone
	}
	return "plain"
}

// depositFigures are the sums in the order in which they are shown.
func depositFigures(t DepositSums) []struct {
	key    string
	amount money.Amount
} {
	return []struct {
		key    string
		amount money.Amount
	}{{"deposits.received", t.Received}, {"deposits.used", t.Used}, {"deposits.transferred", t.Transferred}, {"deposits.refunded", t.Refunded},
		{"deposits.forfeited", t.Forfeited}, {"deposits.held", t.Left}}
}

// Zero is an amount that says nothing as 0.
func Zero(l Locale, a money.Amount) string {
	if a == 0 {
		return l.Display().Format(0)
	}
	return l.Amount(a)
}
