package clinic

// The kinds of ledger entry, one for each thing that happens.
const (
	EntryAdmission        = "admission"
	EntryAdmissionCancel  = "admission_cancel"
	EntryAdmissionChange  = "admission_change" // a line cancelled, another price or insurer
	EntryAdmissionReopen  = "admission_reopen" // a draft again
	EntryAdmissionAgain   = "admission_again"  // final after it was a draft again
	EntryReceipt          = "receipt"
	EntryShareTransfer    = "transfer"
	EntryInsurerPayment   = "insurer_payment"
	EntryInsurerDeduction = "insurer_deduction" // refused by an insurer, given up by the clinic
	EntryChequeClear      = "cheque_clear"
	EntryChequeBounce     = "cheque_bounce"
	EntryChequeReturn     = "cheque_return"
	EntryChequeSwap       = "cheque_swap"
	EntryFileTransfer     = "file_transfer" // between the merged files of one person
	EntryVoid             = "void"          // of a receipt or another document
	EntryMethodChange     = "method_change"
	EntryReceiptTransfer  = "receipt_transfer" // to the right patient
	EntryRefund           = "refund"
	EntryDeposit          = "deposit"         // received
	EntryDepositApply     = "deposit_apply"   // pays an admission
	EntryDepositAccount   = "deposit_account" // moved to the account
	EntryDepositUnapply   = "deposit_unapply"
	EntryDepositRefund    = "deposit_refund"
	EntryDepositForfeit   = "deposit_forfeit"
	EntryCreditToDeposit  = "credit_to_deposit"
	EntryLateDiscount     = "late_discount"
	EntryWriteOff         = "write_off"
	EntryRecovery         = "recovery" // money for a debt that was written off
	EntryCommission       = "commission"
	EntryCommissionPaid   = "commission_paid"
	EntryShiftFloat       = "shift_float"
	EntryShiftDifference  = "shift_difference"
	EntryHandover         = "handover"
	EntryHandoverConfirm  = "handover_confirm"
	EntryPoints           = "points_" // and the kind of movement
)

// AdmissionEntries are the kinds that put an admission into the books.
var AdmissionEntries = []string{EntryAdmission, EntryAdmissionAgain, EntryAdmissionChange}
