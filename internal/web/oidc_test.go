package web_test

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"math/big"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"daftar/internal/web"
	"daftar/test/engine"
	"daftar/test/site"
)

// service is a sign-in service that says whatever the test wants.
type service struct {
	*httptest.Server
	key       *rsa.PrivateKey
	claims    map[string]any // beside the usual ones, or in place of them
	challenge string         // of the last question
	forge     bool           // sign with another key than is published
}

func openService(t *testing.T) *service {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	s := &service{key: key}
	mux := http.NewServeMux()
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	answer := func(w http.ResponseWriter, v any) {
		w.Header().Set("Content-Type", "application/json")
		if err := json.NewEncoder(w).Encode(v); err != nil {
			t.Error(err)
		}
	}
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]any{"issuer": s.URL, "authorization_endpoint": s.URL + "/auth", "token_endpoint": s.URL + "/token",
			"jwks_uri": s.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, r *http.Request) {
		answer(w, map[string]any{"keys": []any{map[string]string{"kty": "RSA", "alg": "RS256", "use": "sig", "kid": "1",
			"n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()),
			"e": base64.RawURLEncoding.EncodeToString(big.NewInt(int64(key.E)).Bytes())}}})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		proof := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
		if base64.RawURLEncoding.EncodeToString(proof[:]) != s.challenge || r.PostFormValue("code") != "good" {
			http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
			return
		}
		answer(w, map[string]any{"access_token": "x", "token_type": "Bearer", "id_token": s.sign(t)})
	})
	return s
}

// sign makes the id token of the claims.
func (s *service) sign(t *testing.T) string {
	body, err := json.Marshal(s.claims)
	if err != nil {
		t.Error(err)
	}
	text := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"RS256","kid":"1"}`)) + "." + base64.RawURLEncoding.EncodeToString(body)
	key := s.key
	if s.forge {
		if key, err = rsa.GenerateKey(rand.Reader, 2048); err != nil {
			t.Error(err)
		}
	}
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	if err != nil {
		t.Error(err)
	}
	return text + "." + base64.RawURLEncoding.EncodeToString(signature)
}

// A service vouches for the receptionist; whatever is wrong about its answer,
// nobody is signed in.
func TestAServiceVouches(t *testing.T) {
	service := openService(t)
	s := site.Open(t, engine.SQLite(t), func(o *web.Options) {
		o.OIDC = web.OIDC{Issuer: service.URL, ClientID: "daftar", ClientSecret: "secret", EmailDomain: "clinic.example"}
	})
	nobody(t, s).get("/login?next=/me").wants(t, http.StatusOK, `href="/login/oidc?next=%2Fme"`)
	for name, tt := range map[string]struct {
		claims map[string]any
		back   func(query url.Values)
		forge  bool
		enters bool
	}{
		"by username":               {claims: map[string]any{"preferred_username": "Receptionist"}, enters: true},
		"by a verified address":     {claims: map[string]any{"email": "receptionist@Clinic.example", "email_verified": true}, enters: true},
		"an address nobody checked": {claims: map[string]any{"email": "receptionist@clinic.example"}},
		"an address of elsewhere":   {claims: map[string]any{"email": "receptionist@evil.example", "email_verified": true}},
		"nobody of the staff":       {claims: map[string]any{"preferred_username": "stranger"}},
		"no name at all":            {},
		"another audience":          {claims: map[string]any{"preferred_username": "receptionist", "aud": "other"}},
		"another issuer":            {claims: map[string]any{"preferred_username": "receptionist", "iss": "https://evil.example"}},
		"an answer from yesterday":  {claims: map[string]any{"preferred_username": "receptionist", "exp": time.Now().Add(-time.Hour).Unix()}},
		"another nonce":             {claims: map[string]any{"preferred_username": "receptionist", "nonce": "other"}},
		"another key":               {claims: map[string]any{"preferred_username": "receptionist"}, forge: true},
		"another state":             {claims: map[string]any{"preferred_username": "receptionist"}, back: func(q url.Values) { q.Set("state", "other") }},
		"no state":                  {claims: map[string]any{"preferred_username": "receptionist"}, back: func(q url.Values) { q.Del("state") }},
		"another code":              {claims: map[string]any{"preferred_username": "receptionist"}, back: func(q url.Values) { q.Set("code", "bad") }},
	} {
		t.Run(name, func(t *testing.T) {
			p := nobody(t, s)
			there := p.get("/login/oidc?next=/me")
			there.wants(t, http.StatusSeeOther)
			to, err := url.Parse(there.Header.Get("Location"))
			if err != nil {
				t.Fatal(err)
			}
			asked := to.Query()
			if asked.Get("code_challenge_method") != "S256" || asked.Get("redirect_uri") != "http://example.com/login/oidc/callback" {
				t.Errorf("asks %v", asked)
			}
			service.challenge, service.forge = asked.Get("code_challenge"), tt.forge
			service.claims = map[string]any{"iss": service.URL, "sub": "1", "aud": "daftar", "nonce": asked.Get("nonce"),
				"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix()}
			maps.Copy(service.claims, tt.claims)
			query := url.Values{"state": {asked.Get("state")}, "code": {"good"}}
			if tt.back != nil {
				tt.back(query)
			}
			back := p.get("/login/oidc/callback?" + query.Encode())
			if tt.enters {
				back.leads(t, "/me")
				p.get("/me").wants(t, http.StatusOK, "receptionist")
				nobody(t, s).get("/login/oidc/callback?"+query.Encode()).wants(t, http.StatusUnprocessableEntity) // in another browser
				return
			}
			back.wants(t, http.StatusUnprocessableEntity, "تأیید نکرد", `data-testid="form-login"`)
			p.get("/me").wants(t, http.StatusSeeOther)
		})
	}
}

func TestWithoutAService(t *testing.T) {
	s := site.Open(t, engine.SQLite(t))
	p := nobody(t, s)
	p.get("/login").lacks(t, "login-service")
	p.get("/login/oidc").wants(t, http.StatusNotFound)
	p.get("/login/oidc/callback?state=&code=x").wants(t, http.StatusNotFound)
	away := site.Open(t, engine.SQLite(t), func(o *web.Options) { o.OIDC = web.OIDC{Issuer: "http://127.0.0.1:1", ClientID: "x"} })
	nobody(t, away).get("/login").wants(t, http.StatusOK, `data-testid="login-service"`)
	nobody(t, away).get("/login/oidc").wants(t, http.StatusServiceUnavailable, "با گذرواژه وارد شوید")
}
