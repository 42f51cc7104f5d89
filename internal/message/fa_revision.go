package message

// persianRevision is changes of admissions that are in the books.
var persianRevision = map[string]string{}
