package message

import "maps"

// The catalogues are put together once, from one file per part and language.
var (
	persian = joined(persianPage, persianStatement, persianCashier, persianFault, persianRule)
	english = joined(englishPage, englishStatement, englishCashier, englishFault, englishRule)
)

func joined(parts ...map[string]string) map[string]string {
	whole := map[string]string{}
	for _, part := range parts {
		maps.Copy(whole, part)
	}
	return whole
}
