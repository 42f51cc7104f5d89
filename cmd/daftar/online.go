package main

import (
	"crypto/rand"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"daftar/internal/desk"
	"daftar/internal/gateway"
	"daftar/internal/sms"
)

// messages is who carries messages to patients.
type messages struct {
	SMSFile   string `name:"sms-file" help:"Write messages into this file instead of sending them; without it and --sms-url the log only says that there was one."`
	SMSURL    string `name:"sms-url" help:"Address of a message service that takes a POST for each message."`
	SMSBody   string `name:"sms-body" help:"What is posted; {to}, {text}, {from} and {id} stand for what they say (to={to}&text={text}&from={from})."`
	SMSFrom   string `name:"sms-from" help:"Number of the sender."`
	SMSHeader string `name:"sms-header" help:"Header with the key of the account, NAME: VALUE; better as DAFTAR_SMS_HEADER."`
	SMSKey    string `name:"sms-kavenegar-key" help:"Key of an account at Kavenegar, which carries the messages then; better as DAFTAR_SMS_KAVENEGAR_KEY. --sms-url is another address that speaks the same."`
	SMSAccept string `name:"sms-accept" help:"Text that the answer of the service holds when it took the message."`
}

func (m *messages) check() error {
	if (m.SMSURL != "" || m.SMSKey != "") && m.SMSFile != "" {
		return errors.New("--sms-file excludes --sms-url and --sms-kavenegar-key")
	}
	return nil
}

// send is how messages go out.
func (m *messages) send(log *slog.Logger) desk.Send {
	if m.SMSKey != "" {
		return sms.Kavenegar{URL: m.SMSURL, Key: m.SMSKey, From: m.SMSFrom}.Send
	}
	if m.SMSURL != "" {
		return sms.HTTP{URL: m.SMSURL, Body: m.SMSBody, From: m.SMSFrom, Header: m.SMSHeader, Accept: m.SMSAccept}.Send
	}
	return (&sms.File{Log: log, Path: m.SMSFile}).Send
}

// payments is the online gateway for deposits.
type payments struct {
	GatewayStart     string `name:"gateway-start" help:"Address of the online gateway that starts a payment; with --gateway-verify and --gateway-pay."`
	GatewayVerify    string `name:"gateway-verify" help:"Address that says what became of a payment."`
	GatewayPay       string `name:"gateway-pay" help:"Address that the payer goes to; {reference} stands for the payment."`
	GatewayMerchant  string `name:"gateway-merchant" help:"How the gateway knows the clinic; better as DAFTAR_GATEWAY_MERCHANT."`
	GatewayReference string `name:"gateway-reference" help:"Field of its answer with the reference (reference); dots lead inside."`
	GatewayStatus    string `name:"gateway-status" help:"Field with the status (status)."`
	GatewayAmount    string `name:"gateway-amount" help:"Field with the amount that was paid (amount)."`
	GatewayTracking  string `name:"gateway-tracking" help:"Field with the bank's tracking number (tracking)."`
	GatewayPaid      string `name:"gateway-paid" help:"Values of the status that mean paid (100,101,paid)."`
	GatewayFailed    string `name:"gateway-failed" help:"Values that mean it never will be (failed,cancelled)."`
	GatewayParameter string `name:"gateway-parameter" help:"Parameter with the reference when the payer comes back (reference)."`
	TestBank         bool   `name:"test-bank" help:"A made-up bank instead of a gateway: anybody books without paying. For tests."`
}

func (p *payments) check() error {
	some := p.GatewayStart != "" || p.GatewayVerify != "" || p.GatewayPay != ""
	switch {
	case some && (p.GatewayStart == "" || p.GatewayVerify == "" || p.GatewayPay == ""):
		return errors.New("--gateway-start, --gateway-verify and --gateway-pay go together")
	case some && p.TestBank:
		return errors.New("--test-bank excludes a gateway")
	}
	return nil
}

// gate is the gateway, nil for none, and the page of a made-up one in the style
// of the site.
func (p *payments) gate(now func() time.Time, style string) (desk.Gate, http.Handler) {
	switch {
	case p.TestBank:
		bank := &gateway.Bank{Path: "/pay/bank", Style: style, Now: now, Key: rand.Text}
		return bank, bank
	case p.GatewayStart != "":
		return gateway.HTTP{StartURL: p.GatewayStart, VerifyURL: p.GatewayVerify, PayURL: p.GatewayPay, Merchant: p.GatewayMerchant,
			ReferenceField: p.GatewayReference, StatusField: p.GatewayStatus, AmountField: p.GatewayAmount, TrackingField: p.GatewayTracking,
			Paid: p.GatewayPaid, Failed: p.GatewayFailed}, nil
	}
	return nil, nil
}
