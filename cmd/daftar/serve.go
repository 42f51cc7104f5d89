package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	"daftar/internal/api"
	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/intake"
	"daftar/internal/jobs"
	"daftar/internal/web"
	"daftar/internal/web/asset"
)

// listen is where and how the server is reached.
type listen struct {
	Addr        string `default:"127.0.0.1:8404" help:"Address and port to listen on."`
	TLSCert     string `help:"Certificate file; with --tls-key serves HTTPS."`
	TLSKey      string `help:"Key file of the certificate."`
	BehindProxy bool   `help:"A proxy in front speaks HTTPS and says whom it speaks for."`

	OIDCIssuer       string `name:"oidc-issuer" help:"Address of an OpenID Connect service that vouches for the staff; preferred_username is the username. Its redirect address is /login/oidc/callback."`
	OIDCClientID     string `name:"oidc-client-id" help:"How the service knows this site; with --oidc-issuer."`
	OIDCClientSecret string `name:"oidc-client-secret" help:"Secret between the two; better as DAFTAR_OIDC_CLIENT_SECRET."`
	OIDCEmailDomain  string `name:"oidc-email-domain" help:"Verified addresses of this domain name the username before the @."`

	messages
	payments
}

// Validate refuses half of a pair: the site would open without what was meant.
func (l *listen) Validate() error {
	switch {
	case (l.OIDCIssuer == "") != (l.OIDCClientID == ""):
		return errors.New("--oidc-issuer and --oidc-client-id go together")
	case (l.TLSCert == "") != (l.TLSKey == ""):
		return errors.New("--tls-cert and --tls-key go together")
	}
	return errors.Join(l.messages.check(), l.payments.check())
}

type serveCommand struct{ listen }

// Run serves until it is told to stop. Without a clinic it prints the address
// that sets one up.
func (cmd *serveCommand) Run(ctx context.Context, c *console) error {
	s, d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	ids, err := d.Clinics(ctx)
	if err != nil {
		return err
	}
	locked, err := nobodySignsIn(ctx, d, ids)
	if err != nil {
		return err
	}
	hello := func(url string) error {
		if len(ids) > 0 {
			fmt.Fprintf(c.out, "Daftar is open: %s\n", url)
			if locked {
				fmt.Fprintln(c.out, "Nobody can sign in yet. Give the first one a name: daftar user add NAME --role manager")
			}
			return nil
		}
		token, err := d.NewSetupToken(ctx)
		if err == nil {
			_, err = fmt.Fprintf(c.out, "There is no clinic yet. Open within a day: %s/setup?token=%s\n", url, token)
		}
		return err
	}
	listener, err := cmd.bind()
	if err != nil {
		return err
	}
	return cmd.serve(ctx, c, d, listener, hello)
}

// nobodySignsIn reports that there are clinics and none of their staff has a
// user name: so it is after an import.
func nobodySignsIn(ctx context.Context, d *desk.Desk, ids []clinic.ID) (bool, error) {
	for _, id := range ids {
		staff, err := d.Staff(ctx, clinic.Actor{Clinic: id, Role: clinic.Manager, Origin: "command line"})
		if err != nil {
			return false, err
		}
		for _, s := range staff {
			if s.Username != "" && !s.Disabled {
				return false, nil
			}
		}
	}
	return len(ids) > 0, nil
}

// bind takes the address; whoever makes a clinic first does it before that, so
// that a taken address costs nothing.
func (l *listen) bind() (net.Listener, error) {
	listener, err := net.Listen("tcp", l.Addr)
	if err != nil {
		return nil, fmt.Errorf("%w; --addr names another address", err)
	}
	return listener, nil
}

// serve says hello and serves on the listener, which it closes, until ctx ends;
// then it lets requests under way finish.
func (l *listen) serve(ctx context.Context, c *console, d *desk.Desk, listener net.Listener, hello func(url string) error) error {
	defer listener.Close()
	assets, err := asset.Load()
	if err != nil {
		return err
	}
	log := slog.New(slog.NewTextHandler(c.err, nil))
	secure := l.TLSCert != "" || l.BehindProxy
	now, err := c.clock()
	if err != nil {
		return err
	}
	gate, bank := l.gate(now, assets.Path("app.css"))
	working := jobs.New(jobs.Options{Desk: d, Send: l.send(log), Gate: gate, Log: log})
	handler := web.New(web.Options{Desk: d, API: api.New(d, log), Assets: assets, Log: log, Secure: secure,
		BehindProxy: l.BehindProxy, RequestKey: rand.Text, Version: version, OIDC: l.oidc(), Gate: gate, Bank: bank, Kick: working.Kick,
		ReferenceParameter: l.GatewayParameter})
	server := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 30 * time.Second,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(log.Handler(), slog.LevelWarn)}
	server.RegisterOnShutdown(d.EndWatches) // an open stream would hold the drain up
	scheme := "http"
	if l.TLSCert != "" {
		scheme = "https"
	}
	if err := hello(scheme + "://" + listener.Addr().String()); err != nil {
		return err
	}
	work, stop := context.WithCancel(ctx)
	defer working.Wait()
	defer stop()
	working.Start(work)
	served := make(chan error, 1)
	go func() {
		if l.TLSCert != "" {
			served <- server.ServeTLS(listener, l.TLSCert, l.TLSKey)
			return
		}
		served <- server.Serve(listener)
	}()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	return server.Shutdown(drain)
}

// oidc is the sign-in service of the flags.
func (l *listen) oidc() web.OIDC {
	return web.OIDC{Issuer: l.OIDCIssuer, ClientID: l.OIDCClientID, ClientSecret: l.OIDCClientSecret, EmailDomain: l.OIDCEmailDomain}
}

type demoCommand struct {
	listen
	Patients int    `default:"300" help:"How many patients."`
	Seed     uint64 `default:"1" help:"The same seed makes the same people."`
}

// Run makes the demo clinic in a database of its own, unless --db names one,
// and serves it.
func (cmd *demoCommand) Run(ctx context.Context, c *console) error {
	listener, err := cmd.bind()
	if err != nil {
		return err
	}
	defer listener.Close()
	thrownAway := c.DB == ""
	if thrownAway {
		dir, err := os.MkdirTemp("", "daftar-demo-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		c.DB = "sqlite:" + filepath.Join(dir, "demo.db")
	}
	s, d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	if ids, err := d.Clinics(ctx); err != nil || len(ids) > 0 {
		return errors.Join(err, fmt.Errorf("%w: the demo needs an empty database", errUsage))
	}
	now, err := c.clock()
	if err != nil {
		return err
	}
	password := rand.Text()[:10]
	fmt.Fprintln(c.err, "Making the demo clinic …")
	if _, err := intake.Demo(ctx, d, intake.DemoOptions{Patients: cmd.Patients, Seed: cmd.Seed, Now: now(), Password: password}); err != nil {
		return err
	}
	cmd.TestBank = cmd.GatewayStart == "" // in the demo nobody pays with money
	return cmd.serve(ctx, c, d, listener, func(url string) error { return signIns(c.out, url, password, thrownAway) })
}

// signIns prints where the demo is and how to get in.
func signIns(out io.Writer, url, password string, thrownAway bool) error {
	fmt.Fprintf(out, "\nDaftar's demo clinic is open: %s\n\n", url)
	for _, role := range clinic.Roles {
		fmt.Fprintf(out, "  user %-14s password %s\n", role, password)
	}
	end := "\nCtrl+C ends it."
	if thrownAway {
		end += " Nothing is kept."
	}
	_, err := fmt.Fprintln(out, end)
	return err
}

type routesCommand struct {
	JSON bool `name:"json" help:"As JSON."`
}

// Run lists the routes.
func (cmd *routesCommand) Run(c *console) error {
	var routes []route
	for _, r := range web.Routes() {
		routes = append(routes, route{r.Method, r.Path, string(r.Permission), r.PHI, r.Money, r.Object})
	}
	for _, r := range api.Routes() {
		routes = append(routes, route(r))
	}
	if cmd.JSON {
		return json.NewEncoder(c.out).Encode(routes)
	}
	for _, r := range routes {
		fmt.Fprintf(c.out, "%-5s %-48s %s\n", r.Method, r.Path, r.Permission)
	}
	return nil
}

// route is one line of the list: pages and API have the same columns.
type route struct {
	Method     string `json:"method"`
	Path       string `json:"path"`
	Permission string `json:"permission"`
	PHI        bool   `json:"phi"`
	Money      bool   `json:"money"`
	Object     string `json:"object"`
}
