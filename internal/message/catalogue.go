package message

import "maps"

// The catalogues are put together once, from one file per part and language.
var (
	persian = joined(persianPage, persianStatement, persianCashier, persianFault, persianRule,
		persianRegister, persianMerge, persianList, persianAdmit, persianAccess, persianAudit,
		persianLive, persianPalette, persianSettings, persianTicket, persianWindow, persianPreference,
		persianShift, persianTill, persianCorrection, persianDeposit, persianCheque, persianInstalment, persianRevision,
		persianDiscountCode, persianSettlement, persianCommission, persianExplain, persianReport, persianMoney,
		persianAppointment, persianCalendar, persianSchedule, persianOnline, persianActivity, persianLead, persianClub,
		persianMessage, persianSMS, persianCampaign)
	english = joined(englishPage, englishStatement, englishCashier, englishFault, englishRule,
		englishRegister, englishMerge, englishList, englishAdmit, englishAccess, englishAudit,
		englishLive, englishPalette, englishSettings, englishTicket, englishWindow, englishPreference,
		englishShift, englishTill, englishCorrection, englishDeposit, englishCheque, englishInstalment, englishRevision,
		englishDiscountCode, englishSettlement, englishCommission, englishExplain, englishReport, englishMoney,
		englishAppointment, englishCalendar, englishSchedule, englishOnline, englishActivity, englishLead, englishClub,
		englishMessage, englishSMS, englishCampaign)
)

func joined(parts ...map[string]string) map[string]string {
	whole := map[string]string{}
	for _, part := range parts {
		maps.Copy(whole, part)
	}
	return whole
}
