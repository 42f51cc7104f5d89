package store

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daftar/internal/clinic"
)

// What is asked again and again about campaigns goes through an index that has
// its order: the next message, the next people of an audience, whose mobiles
// have one, who was looked at.
func TestCampaignQueriesWalkAnIndex(t *testing.T) {
	s, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "plan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := t.Context()
	err = s.Read(ctx, 1, func(tx *Tx) error {
		tx.NextMessage(ctx, time.Now())
		tx.Messages(ctx, MessageFilter{NoMoney: true, Kind: clinic.MessageCampaign, Before: 7, Limit: 51})
		tx.DueCampaigns(ctx, time.Now())
		for _, c := range []Conditions{{}, {Branch: 1, Unseen: time.Now(), Tag: "x"}} {
			tx.AudienceAfter(ctx, c, 7, 501)
		}
		tx.CampaignMobiles(ctx, 1, []string{"0912", "0935"})
		tx.Recipients(ctx, 1, 7, 51)
		tx.CampaignGoesOn(ctx, 1)
		tx.CampaignTallies(ctx, 1)
		tx.CampaignReturns(ctx, 1, time.Hour)
		tx.Campaigns(ctx, CampaignFilter{Status: clinic.CampaignDraft, Before: 7, Limit: 26})
		tx.Campaign(ctx, 1)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	s.reading.prepareWanted(ctx)
	if len(s.reading.ready) < 10 {
		t.Fatalf("only %d statements were met", len(s.reading.ready))
	}
	for query := range s.reading.ready {
		for _, step := range planOf(t, s.reader, query) {
			_, whole := scans(step)
			if ordered := strings.Contains(step, "USE TEMP B-TREE FOR ORDER BY"); whole || ordered {
				t.Errorf("%s\n%s", step, query)
			}
		}
		if strings.Contains(query, "FROM message m") && strings.Contains(query, "LIMIT 1") && !strings.Contains(strings.Join(planOf(t, s.reader, query), "\n"), "message_next") {
			t.Errorf("the next message is not found by its index:\n%s", strings.Join(planOf(t, s.reader, query), "\n"))
		}
	}
}
