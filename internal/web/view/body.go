package view

import "github.com/a-h/templ"

// Body is something that can be shown inside something else: a tab, a sheet.
type Body = templ.Component
