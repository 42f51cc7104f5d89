package view

import (
	"slices"
	"strconv"
)

// amountColumn reports whether a column of the list of admissions holds amounts.
func amountColumn(key string) bool {
	return slices.Contains([]string{"gross", "discount", "insurers", "share", "paid", "left"}, key)
}

// firstAmount is where the amounts begin.
func firstAmount(columns []ListColumn) int {
	at := slices.IndexFunc(columns, func(c ListColumn) bool { return amountColumn(c.Key) })
	if at < 0 {
		return len(columns)
	}
	return at
}

// sumSpan is how many columns stand before the amounts.
func sumSpan(columns []ListColumn) string { return strconv.Itoa(firstAmount(columns)) }

// ServicesText names what an admission was for, in short.
func ServicesText(l Locale, lines []ServiceLine) string { return services(l, lines) }

// ProvidersText names each provider of an admission once.
func ProvidersText(lines []ServiceLine) string { return providers(lines) }
