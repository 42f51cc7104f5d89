package scenario

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
)

// reply is an answer of the API.
type reply struct {
	status int
	raw    string
	body   map[string]any
}

// send makes one call with the token. Only an answer that is no JSON is an
// error; a refusal is an answer.
func (w *world) send(token, method, path, key string, body any) (reply, error) {
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return reply{}, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(w.ctx, method, w.site.URL+"/api/v1"+path, content)
	if err != nil {
		return reply{}, err
	}
	request.Header.Set("Authorization", "Bearer "+token)
	request.Header.Set("Content-Type", "application/json")
	switch {
	case method == http.MethodPatch: // of which the key is the version that was read
		request.Header.Set("If-Match", `"`+key+`"`)
	case key != "":
		request.Header.Set("Idempotency-Key", key)
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return reply{}, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return reply{}, err
	}
	r := reply{status: answer.StatusCode, raw: string(text)}
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	if err := d.Decode(&r.body); err != nil {
		return r, fmt.Errorf("%s %s answered %d with no JSON: %w", method, path, r.status, err)
	}
	return r, nil
}

// at walks into the answer; nil where there is nothing.
func (r reply) at(path ...string) any {
	var v any = r.body
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

// text is a text of the answer.
func (r reply) text(path ...string) string {
	s, _ := r.at(path...).(string)
	return s
}

// amount is a whole number of the answer, 0 when it is missing.
func (r reply) amount(path ...string) int64 { return whole(r.at(path...)) }

func whole(v any) int64 {
	n, _ := v.(json.Number)
	i, _ := n.Int64()
	return i
}

// items are the rows of the answer.
func (r reply) items(path ...string) []reply {
	if len(path) == 0 {
		path = []string{"items"}
	}
	list, _ := r.at(path...).([]any)
	var rows []reply
	for _, v := range list {
		m, _ := v.(map[string]any)
		rows = append(rows, reply{body: m})
	}
	return rows
}

// balance is what the patient owes after a command.
func (r reply) balance() int64 {
	if after, ok := r.at("after").(map[string]any); ok {
		return whole(after["balance"])
	}
	return r.amount("balance")
}

// same compares one figure.
func same[T comparable](what string, got, want T) error {
	if got == want {
		return nil
	}
	return fmt.Errorf("%s is %v, want %v", what, got, want)
}
