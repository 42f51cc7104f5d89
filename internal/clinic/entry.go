package clinic

// The kinds of ledger entry, one for each thing that happens.
const (
	EntryAdmission       = "admission"
	EntryAdmissionCancel = "admission_cancel"
	EntryReceipt         = "receipt"
	EntryShareTransfer   = "transfer"
	EntryInsurerPayment  = "insurer_payment"
	EntryChequeClear     = "cheque_clear"
	EntryFileTransfer    = "file_transfer" // between the merged files of one person
)
