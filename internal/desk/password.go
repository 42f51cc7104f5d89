package desk

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"

	"daftar/internal/fault"
)

// What one hash costs: argon2id with 19 MiB, two passes, one lane.
const (
	hashMemory = 19 << 10 // KiB
	hashPasses = 2
	hashLanes  = 1
	saltBytes  = 16
	hashBytes  = 32
)

// The length of a password, in characters.
const (
	minPassword = 8
	maxPassword = 200
)

// common are the passwords of eight or more characters that everybody tries
// first.
var common = wordSet(` 12345678 123456789 1234567890 0123456789 87654321 987654321 11111111 00000000 88888888 66666666
 12341234 123123123 12344321 11223344 147258369 123454321 1234512345 password password1 password123 passw0rd p@ssw0rd
 qwertyui qwertyuiop qwerty123 qwerty1234 1q2w3e4r 1q2w3e4r5t q1w2e3r4 1qaz2wsx qazwsxedc asdfghjk asdfghjkl zxcvbnm1
 abcd1234 abc12345 a1b2c3d4 aa123456 iloveyou sunshine princess football baseball superman trustno1 letmein1 welcome1
 computer internet administrator admin123 admin1234 admin12345 iran1234 salam123 tehran123 persepolis esteghlal mohammad
 alireza1 clinic123 daftar123`)

// checkPassword refuses what is guessed first. Invalid staff.password.
func checkPassword(password, username string) error {
	refuse := func(why string) error {
		return fault.New(fault.Invalid, "staff.password", "%s", why).At("password")
	}
	n := utf8.RuneCountInString(password)
	lower := strings.ToLower(password)
	switch {
	case !utf8.ValidString(password) || n < minPassword || n > maxPassword:
		return refuse("a password has 8 to 200 characters")
	case lower == username:
		return refuse("the password is the username")
	case common[lower]:
		return refuse("the password is one of those that are tried first")
	}
	return nil
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// hashPassword encodes a password with its parameters and a new salt.
func (d *Desk) hashPassword(ctx context.Context, password string) (string, error) {
	salt := make([]byte, saltBytes)
	if _, err := io.ReadFull(d.options.Random, salt); err != nil {
		return "", fmt.Errorf("salt: %w", err)
	}
	key, err := d.deriveKey(ctx, password, salt, hashMemory, hashPasses, hashLanes)
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, hashMemory, hashPasses, hashLanes,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key)), nil
}

// deriveKey does the slow part, few at a time: each takes 19 MiB and a core.
func (d *Desk) deriveKey(ctx context.Context, password string, salt []byte, memory, passes uint32, lanes uint8) ([]byte, error) {
	select {
	case d.hashing <- struct{}{}:
		defer func() { <-d.hashing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	return argon2.IDKey([]byte(password), salt, passes, memory, lanes, hashBytes), nil
}

// passwordFits compares a password with an encoded one. Where there is none it
// takes as long, so that nobody learns by the time which names exist.
func (d *Desk) passwordFits(ctx context.Context, encoded, password string) (bool, error) {
	if utf8.RuneCountInString(password) > maxPassword {
		password = "" // no such password was ever set
	}
	if encoded == "" {
		_, err := d.deriveKey(ctx, password, make([]byte, saltBytes), hashMemory, hashPasses, hashLanes)
		return false, err
	}
	parts := strings.Split(encoded, "$")
	var memory, passes uint32
	var lanes uint8
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, fmt.Errorf("a stored password is not argon2id")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &memory, &passes, &lanes); err != nil {
		return false, fmt.Errorf("parameters of a stored password: %w", err)
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, fmt.Errorf("salt of a stored password: %w", err)
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil {
		return false, fmt.Errorf("stored password: %w", err)
	}
	got, err := d.deriveKey(ctx, password, salt, memory, passes, lanes)
	return err == nil && subtle.ConstantTimeCompare(got, want) == 1, err
}
