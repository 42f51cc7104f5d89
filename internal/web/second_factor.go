package web

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"

	"github.com/boombuler/barcode"
	"github.com/boombuler/barcode/qr"

	"daftar/internal/fault"
	"daftar/internal/web/view"
)

// factorPath is where a person sets up a second factor.
const factorPath = "/me/second-factor"

// squareSide is the width of the square for authenticators, in pixels.
const squareSide = 264

// GET /me/second-factor
func (s *server) factor(v visit) error { return s.showFactor(v, http.StatusOK, nil) }

func (s *server) showFactor(v visit, code int, problems []view.FieldProblem) error {
	f, err := s.Desk.Factor(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	if f.On {
		return redirect(v, "/me")
	}
	s.write(v, code, view.FactorPage(view.FactorSetup{Chrome: s.factorChrome(v), Secret: f.Secret, Forced: v.at.Enrol, Problems: problems}))
	return nil
}

// factorChrome is a frame without ways out for whom the set-up comes first.
func (s *server) factorChrome(v visit) view.Chrome {
	c := s.chrome(v, v.l.T("factor.title"))
	c.Live = !v.at.Enrol
	return c
}

// GET /me/second-factor/qr.png is the square that an authenticator reads, while
// a secret waits to be confirmed. NotFound page.none otherwise.
func (s *server) factorSquare(v visit) error {
	f, err := s.Desk.Factor(v.r.Context(), v.actor)
	if err != nil {
		return err
	}
	if f.Address == "" {
		return fault.New(fault.NotFound, "page.none", "no secret waits to be confirmed")
	}
	square, err := qr.Encode(f.Address, qr.M, qr.Auto)
	if err == nil {
		square, err = barcode.Scale(square, squareSide, squareSide)
	}
	if err != nil {
		return fmt.Errorf("square of a second factor: %w", err)
	}
	var image bytes.Buffer
	if err := png.Encode(&image, square); err != nil {
		return fmt.Errorf("square of a second factor: %w", err)
	}
	v.w.Header().Set("Content-Type", "image/png")
	_, err = v.w.Write(image.Bytes())
	return err
}

// POST /me/second-factor/start
func (s *server) startFactor(v visit) error {
	if err := s.Desk.StartFactor(v.r.Context(), v.actor); err != nil {
		return s.mendFactor(v, err)
	}
	return redirect(v, factorPath)
}

// POST /me/second-factor turns it on and shows the recovery codes, once.
func (s *server) confirmFactor(v visit) error {
	codes, err := s.Desk.ConfirmFactor(v.r.Context(), v.actor, v.r.PostFormValue("code"))
	if fault.Code(err) == "second_factor.none" {
		return redirect(v, factorPath)
	}
	if err != nil {
		return s.mendFactor(v, err)
	}
	return s.show(v, view.RecoveryPage(view.Recovery{Chrome: s.factorChrome(v), Codes: codes}))
}

func (s *server) mendFactor(v visit, err error) error {
	return s.mend(v, err, func(code int, problems []view.FieldProblem) error { return s.showFactor(v, code, problems) })
}

// POST /me/second-factor/remove
func (s *server) removeFactor(v visit) error {
	if err := s.Desk.RemoveFactor(v.r.Context(), v.actor, v.r.PostFormValue("password_off")); err != nil {
		return s.mend(v, err, func(code int, problems []view.FieldProblem) error { return s.showMe(v, code, problems) })
	}
	return redirect(v, "/me?done=factor-off")
}
