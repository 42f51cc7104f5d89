package clinic

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base32"
	"encoding/binary"
	"fmt"
	"net/url"
	"strings"
	"time"

	"daftar/internal/farsi"
)

// TOTPSecretBytes is the length of a secret: that of the hash, as RFC 4226
// asks.
const TOTPSecretBytes = sha1.Size

// A code has six digits and stands for half a minute; one step of drift is
// allowed to either side.
const (
	totpSeconds = 30
	totpDigits  = 6
	totpModulo  = 1_000_000
	totpDrift   = 1
)

// TOTP is the code of RFC 6238 for a step of half a minute since 1970.
func TOTP(secret []byte, step int64) string {
	mac := hmac.New(sha1.New, secret)
	mac.Write(binary.BigEndian.AppendUint64(nil, uint64(step)))
	sum := mac.Sum(nil)
	offset := sum[len(sum)-1] & 0x0f
	n := binary.BigEndian.Uint32(sum[offset:]) & 0x7fffffff
	return fmt.Sprintf("%0*d", totpDigits, n%totpModulo)
}

// TOTPStep is the step that at lies in.
func TOTPStep(at time.Time) int64 { return at.Unix() / totpSeconds }

// CheckTOTP looks for what was typed among the codes that are good at the time
// and newer than the step used last. It returns the step, which is then used.
func CheckTOTP(secret []byte, typed string, at time.Time, last int64) (int64, bool) {
	code := strings.Join(strings.Fields(farsi.Digits(typed)), "")
	found, ok := int64(0), false
	for step := TOTPStep(at) - totpDrift; step <= TOTPStep(at)+totpDrift; step++ {
		if subtle.ConstantTimeCompare([]byte(TOTP(secret, step)), []byte(code)) == 1 && step > last && !ok {
			found, ok = step, true
		}
	}
	return found, ok
}

// TOTPText is a secret as a person types it into an authenticator.
func TOTPText(secret []byte) string {
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(secret)
}

// TOTPAddress is what the square that an authenticator reads holds.
func TOTPAddress(secret []byte, issuer, account string) string {
	query := url.Values{"secret": {TOTPText(secret)}, "issuer": {issuer}}
	// Authenticators take + for itself and not for a space.
	// The issuer stands once: a long Persian one in front of the account too
	// makes a square that is hard to read.
	return "otpauth://totp/" + url.PathEscape(account) + "?" + strings.ReplaceAll(query.Encode(), "+", "%20")
}
