package message

// englishCorrection is voids, corrections, refunds and what is given up.
var englishCorrection = map[string]string{
	"fault.fund.none":                 "This receipt was not found; reload the page.",
	"fault.fund.spent":                "A part of this money has left the account; only {limit} is still there and can be refunded.",
	"fault.spending.amount":           "The amount must be more than zero.",
	"fault.spending.more_than_credit": "At most {limit} of collected credit is there; type less.",

	"fault.receipt.others":       "Somebody else took this receipt; an accountant corrects it.",
	"fault.receipt.reason":       "Write a reason; it is kept in the history.",
	"fault.receipt.voided":       "This receipt is void already.",
	"fault.receipt.transferred":  "The money of this receipt was moved to another patient; move it back first.",
	"fault.receipt.cheque":       "The cheque of this receipt is no longer in the drawer; go on from the list of cheques.",
	"fault.receipt.cheque_line":  "The method of a cheque is not corrected; swap the cheque, or void the receipt and take it again.",
	"fault.receipt.same_method":  "The money is recorded there already; choose another method or place.",
	"fault.transfer.same_person": "This money is this patient's already; type another file number.",
	"fault.voided.exists":        "This document is void already.",

	"fault.refund.reason":      "Write why the money goes back (up to 200 characters).",
	"fault.refund.destination": "The destination is a Sheba or the last four digits of a card (up to 40 characters).",
	"fault.refund.source":      "This money came by “{method}” and goes back the same way; write a reason for another one.",
	"fault.refund.drawer":      "Your drawer holds {limit} in cash only; type less or choose another method.",

	"fault.discount.not_final": "This admission is not in the books; give the discount on the draft.",
	"fault.discount.share":     "The discount must be more than zero and at most the patient's share ({limit}).",

	"fault.write_off.reason":         "Write why the debt is given up.",
	"fault.write_off.more_than_debt": "The debt is {limit}; at most that is written off.",
	"fault.remission.kind":           "This kind of reduction is not known.",

	"fault.undo.none":         "There is nothing to undo; reload the page.",
	"fault.undo.other":        "Somebody else did this; they undo it, or an accountant voids or corrects it.",
	"fault.undo.late":         "It is undone within {minutes} minutes only; void or refund it now.",
	"fault.undo.done":         "This is undone already.",
	"fault.undo.void":         "A void or cancellation is not undone; record the document again.",
	"fault.undo.not_possible": "This is not undone as a whole; correct it in its own place.",
	"fault.undo.used":         "Something of this was used or corrected since; take that back first.",

	"audit.action.receipt.void":            "voided a receipt",
	"audit.action.receipt.correct":         "corrected the method of a receipt",
	"audit.action.receipt.transfer":        "moved the money of a receipt to another patient",
	"audit.action.refund.write":            "gave money back",
	"audit.action.admission.discount_late": "gave a discount after the bill",
	"audit.action.write_off.write":         "wrote a debt off",
	"audit.action.undo.write":              "undid what they had done",
}
