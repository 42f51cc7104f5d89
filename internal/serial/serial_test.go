package serial_test

import (
	"testing"
	"time"

	"daftar/internal/serial"
)

func TestIDsRiseWhateverTheClockDoes(t *testing.T) {
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)
	m := serial.New(func() time.Time { return at }, 7)
	last := int64(0)
	for i := range 20_000 {
		switch i {
		case 5_000:
			at = at.Add(-24 * time.Hour)
		case 10_000:
			at = at.Add(48 * time.Hour)
		}
		id := m.Next()
		if id <= last {
			t.Fatalf("id %d after %d", id, last)
		}
		last = id
	}
	if last >= 1<<53 {
		t.Errorf("id %d does not fit a JavaScript number", last)
	}
}
