package message

// englishRevision is changes of admissions that are in the books.
var englishRevision = map[string]string{}
