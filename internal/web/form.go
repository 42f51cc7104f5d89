package web

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"daftar/internal/fault"
)

// readForm reads what a form sent: at most maxBody, or maxUpload where the
// route takes files. Files stay in memory. Invalid request.large and
// request.form.
func readForm(w http.ResponseWriter, r *http.Request, files bool) error {
	if r.Method != http.MethodPost {
		return nil
	}
	limit := int64(maxBody)
	if files {
		limit = maxUpload
	}
	r.Body = http.MaxBytesReader(w, r.Body, limit)
	err := r.ParseForm()
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); err == nil && files && kind == "multipart/form-data" {
		err = r.ParseMultipartForm(maxUpload)
	}
	if _, large := errors.AsType[*http.MaxBytesError](err); large {
		return fault.New(fault.Invalid, "request.large", "the form is larger than %d bytes", limit)
	}
	if err != nil {
		return fault.New(fault.Invalid, "request.form", "the form cannot be read").Because(err)
	}
	return nil
}

// upload is a file of a form. Its name is what the sender calls it and is not
// to be trusted.
type upload struct {
	name  string
	bytes []byte
}

// uploaded returns the file of the form's field, false when none was chosen.
// Only routes marked withFiles have any. Invalid file.large when it has more
// than max bytes.
func uploaded(v visit, field string, max int64) (upload, bool, error) {
	if v.r.MultipartForm == nil || len(v.r.MultipartForm.File[field]) == 0 {
		return upload{}, false, nil
	}
	head := v.r.MultipartForm.File[field][0]
	if head.Size == 0 && head.Filename == "" {
		return upload{}, false, nil
	}
	if head.Size > max {
		return upload{}, false, fault.New(fault.Invalid, "file.large", "the file is larger than %d bytes", max).
			At(field).With("megabytes", strconv.FormatInt(max>>20, 10))
	}
	f, err := head.Open()
	if err != nil {
		return upload{}, false, fault.New(fault.Invalid, "request.form", "the file cannot be read").At(field).Because(err)
	}
	defer f.Close()
	all, err := io.ReadAll(f)
	if err != nil {
		return upload{}, false, fault.New(fault.Invalid, "request.form", "the file cannot be read").At(field).Because(err)
	}
	return upload{head.Filename, all}, true, nil
}
