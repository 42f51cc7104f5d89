package intake

import "strconv"

// chance is a source of choices that is the same for the same seed, on every
// machine and for ever (SplitMix64).
type chance struct{ state uint64 }

func (c *chance) next() uint64 {
	c.state += 0x9e3779b97f4a7c15
	z := c.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1.
func (c *chance) below(n int) int { return int(c.next() % uint64(n)) }

// percent is true in so many of a hundred cases.
func (c *chance) percent(p int) bool { return c.below(100) < p }

// pick is one of the list.
func pick[T any](c *chance, list []T) T { return list[c.below(len(list))] }

// nationalCode is a national code with the right check digit, the same for the
// same n and different for different ones below a million.
func nationalCode(n int) string {
	digits := strconv.Itoa(100_000_000 + n*271%900_000_000)
	sum := 0
	for i, d := range digits {
		sum += int(d-'0') * (10 - i)
	}
	check := sum % 11
	if check >= 2 {
		check = 11 - check
	}
	return digits + strconv.Itoa(check)
}
