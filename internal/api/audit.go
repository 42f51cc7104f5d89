package api

import (
	"context"
	"log/slog"
	"strconv"

	"daftar/internal/desk"
)

// auditRefusal writes down who was refused what. The answer is the same when
// that fails.
func (s *server) auditRefusal(ctx context.Context, c call, err error) {
	by, ok := ctx.Value(callerKey{}).(*caller)
	if !ok {
		return
	}
	id, _ := strconv.ParseInt(by.request.PathValue("id"), 10, 64) // what is no number names no record
	failed := s.desk.AuditRefusal(ctx, by.actor, desk.Refusal{Route: c.method + " " + base + c.path, Object: c.object, ID: id,
		People: c.touches != aboutNobody, Err: err})
	if failed != nil {
		s.log.ErrorContext(ctx, "a refusal was not audited", slog.Any("error", failed))
	}
}
