package farsi

import (
	"bytes"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// order is the Persian collation. A collator works for one goroutine at a
// time, hence the lock.
var order = struct {
	sync.Mutex
	*collate.Collator
	collate.Buffer
}{Collator: collate.New(language.Persian)}

// Collation returns a sort key of s: names in the order of bytes.Compare of
// their keys stand as in a Persian index, پ after ب and و before ه. Store it
// beside the name, so that every database sorts alike.
func Collation(s string) []byte {
	order.Lock()
	defer order.Unlock()
	order.Reset()
	return bytes.Clone(order.KeyFromString(&order.Buffer, cleanLine(s)))
}
