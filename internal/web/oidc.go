package web

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"daftar/internal/desk"
	"daftar/internal/fault"
	"daftar/internal/message"
	"daftar/internal/web/view"
)

// OIDC is a sign-in service that vouches for the staff: OpenID Connect with
// the authorization code flow, state, nonce and PKCE. Issuer "" is none.
//
// A person is the member of staff whose username is preferred_username. Where
// EmailDomain is given, the part before @ of a verified address of that domain
// does as well.
type OIDC struct {
	Issuer, ClientID, ClientSecret string
	EmailDomain                    string
}

// oidcPatience bounds what the service may take to answer.
const oidcPatience = 10 * time.Second

// oidcLasts is how long somebody may take at the service, in seconds.
const oidcLasts = 600

const oidcPath = "/login/oidc"

// voucher is the service once it was found; it is looked for when it is first
// needed, so that the site opens without it.
type voucher struct {
	finding  sync.Mutex
	provider *oidc.Provider
}

// find returns the service. Unavailable login.service when it does not answer.
func (o *voucher) find(ctx context.Context, issuer string) (*oidc.Provider, error) {
	o.finding.Lock()
	defer o.finding.Unlock()
	if o.provider != nil {
		return o.provider, nil
	}
	found, err := oidc.NewProvider(ctx, issuer)
	if err != nil {
		return nil, fault.New(fault.Unavailable, "login.service", "the sign-in service does not answer").Because(err)
	}
	o.provider = found
	return found, nil
}

// oidcAttempt is what a browser keeps while the person is at the service.
type oidcAttempt struct{ State, Nonce, Verifier, Next string }

func (s *server) oidcCookie(r *http.Request) string { return s.cookieName(r) + "-oidc" }

// oidcContext is the context of questions to the service.
func oidcContext(v visit) context.Context {
	return oidc.ClientContext(v.r.Context(), &http.Client{Timeout: oidcPatience})
}

// oidcConfig is the service and how it is spoken to. NotFound page.none where
// there is none.
func (s *server) oidcConfig(v visit) (*oidc.Provider, oauth2.Config, error) {
	if s.OIDC.Issuer == "" {
		return nil, oauth2.Config{}, fault.New(fault.NotFound, "page.none", "no sign-in service is set up")
	}
	provider, err := s.voucher.find(oidcContext(v), s.OIDC.Issuer)
	if err != nil {
		return nil, oauth2.Config{}, err
	}
	scheme := "http"
	if s.secure(v.r) {
		scheme = "https"
	}
	// The service knows the addresses it may send people to, so that a made-up
	// host leads nowhere.
	return provider, oauth2.Config{ClientID: s.OIDC.ClientID, ClientSecret: s.OIDC.ClientSecret, Endpoint: provider.Endpoint(),
		RedirectURL: scheme + "://" + v.r.Host + oidcPath + "/callback", Scopes: []string{oidc.ScopeOpenID, "profile", "email"}}, nil
}

// GET /login/oidc leads to the service.
func (s *server) toService(v visit) error {
	_, config, err := s.oidcConfig(v)
	if err != nil {
		return err
	}
	a := oidcAttempt{oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), oauth2.GenerateVerifier(), localPath(v.r.FormValue("next"))}
	text, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("attempt to sign in: %w", err)
	}
	http.SetCookie(v.w, &http.Cookie{Name: s.oidcCookie(v.r), Value: base64.RawURLEncoding.EncodeToString(text), Path: "/",
		MaxAge: oidcLasts, Secure: s.secure(v.r), HttpOnly: true, SameSite: http.SameSiteLaxMode})
	http.Redirect(v.w, v.r, config.AuthCodeURL(a.State, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), http.StatusSeeOther)
	return nil
}

// GET /login/oidc/callback is where the service sends people back. Whatever is
// wrong, they can sign in by password.
func (s *server) fromService(v visit) error {
	provider, config, err := s.oidcConfig(v)
	if err != nil {
		return err
	}
	a := s.oidcAttempt(v)
	s.setCookie(v, s.oidcCookie(v.r), "")
	names, err := s.vouched(v, provider, config, a)
	if err != nil {
		s.Log.WarnContext(v.r.Context(), "the sign-in service vouched for nobody", "err", err)
		return s.notVouched(v, a.Next)
	}
	e, err := s.Desk.SignInVouched(v.r.Context(), desk.Vouched{Usernames: names, Origin: s.origin(v.r), Agent: agentOf(v.r)})
	if fault.Of(err) == fault.Refused {
		return s.notVouched(v, a.Next)
	}
	if err != nil {
		return err
	}
	return s.entered(v, e, a.Next)
}

// oidcAttempt is what the browser kept; nothing of it when it is no such thing.
func (s *server) oidcAttempt(v visit) (a oidcAttempt) {
	cookie, err := v.r.Cookie(s.oidcCookie(v.r))
	if err != nil {
		return a
	}
	text, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil || json.Unmarshal(text, &a) != nil {
		return oidcAttempt{}
	}
	return a
}

// vouched returns the usernames that the service vouches for, the likelier
// first.
func (s *server) vouched(v visit, provider *oidc.Provider, config oauth2.Config, a oidcAttempt) ([]string, error) {
	query := v.r.URL.Query()
	if a.State == "" || subtle.ConstantTimeCompare([]byte(query.Get("state")), []byte(a.State)) != 1 {
		return nil, fmt.Errorf("the answer is to another question")
	}
	ctx := oidcContext(v)
	token, err := config.Exchange(ctx, query.Get("code"), oauth2.VerifierOption(a.Verifier))
	if err != nil {
		return nil, fmt.Errorf("exchange: %w", err)
	}
	raw, _ := token.Extra("id_token").(string)
	proof, err := provider.Verifier(&oidc.Config{ClientID: s.OIDC.ClientID}).Verify(ctx, raw)
	if err != nil {
		return nil, fmt.Errorf("id token: %w", err)
	}
	if subtle.ConstantTimeCompare([]byte(proof.Nonce), []byte(a.Nonce)) != 1 {
		return nil, fmt.Errorf("the id token is for another question")
	}
	var claims struct {
		Username string `json:"preferred_username"`
		Email    string `json:"email"`
		Verified bool   `json:"email_verified"`
	}
	if err := proof.Claims(&claims); err != nil {
		return nil, fmt.Errorf("claims: %w", err)
	}
	names := []string{claims.Username}
	local, domain, _ := strings.Cut(claims.Email, "@")
	if claims.Verified && s.OIDC.EmailDomain != "" && strings.EqualFold(domain, s.OIDC.EmailDomain) {
		names = append(names, local)
	}
	return names, nil
}

// notVouched shows the sign-in page with what happened.
func (s *server) notVouched(v visit, next string) error {
	f := fault.New(fault.Refused, "login.vouched", "the service vouched for nobody of the staff")
	s.write(v, http.StatusUnprocessableEntity, view.LoginPage(view.Login{Chrome: s.chrome(v, v.l.T("login.title")), Next: next,
		Problem: message.Fault(v.l.Lang, f), Service: true}))
	return nil
}
