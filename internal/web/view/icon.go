package view

// iconOf is the sign of the sprite that name stands for, and the class that
// turns it where the writing runs the other way.
func iconOf(name string) (sign, class string) {
	switch name {
	case "chevron-start":
		return "chevron-left", "icon turns"
	case "chevron-end":
		return "chevron-right", "icon turns"
	case "arrow-end":
		return "arrow-right", "icon turns"
	}
	return name, "icon"
}

func iconClass(name string) string { _, class := iconOf(name); return class }

func iconPath(name string) string { sign, _ := iconOf(name); return "/asset/icons.svg#" + sign }
