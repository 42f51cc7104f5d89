package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"daftar/internal/clinic"
	"daftar/internal/desk"
	"daftar/internal/store"
)

type setupCommand struct {
	Addr string `default:"127.0.0.1:8404" help:"Where the server listens, for the printed address."`
}

// Run prints the address that sets up a clinic.
func (cmd *setupCommand) Run(ctx context.Context, c *console) error {
	s, d, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer s.Close()
	token, err := d.NewSetupToken(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.out, "Open within a day: http://%s/setup?token=%s\n", cmd.Addr, token)
	return nil
}

type userCommands struct {
	Add     userAddCommand     `cmd:"" help:"Add a user; asks for the password, or reads it from a pipe."`
	Passwd  userPasswdCommand  `cmd:"" help:"Set a password, asked for or read from a pipe; ends all sessions and tokens."`
	Disable userDisableCommand `cmd:"" help:"Disable a user; ends all sessions and tokens."`
	Enable  userEnableCommand  `cmd:"" help:"Let a disabled user sign in again."`
	Rights  userRightsCommand  `cmd:"" help:"Grant and withdraw permissions beside the role's, and print what the user may do then; a change ends all sessions and tokens."`
	Factor  userFactorCommand  `cmd:"" help:"Remove the second factor of a user who lost it; ends all sessions and tokens."`
}

type userAddCommand struct {
	Username string      `arg:"" help:"3 to 40 of a-z 0-9 . _ -"`
	Name     string      `required:"" help:"The person's name."`
	Role     clinic.Role `required:"" help:"One of the roles below."`
	ClinicID clinic.ID   `name:"clinic" default:"1" help:"Which clinic of the installation."`
}

// Run adds the user.
func (cmd *userAddCommand) Run(ctx context.Context, c *console) error {
	password, err := c.readPassword(ctx)
	if err != nil {
		return err
	}
	return c.operate(ctx, cmd.ClinicID, func(d *desk.Desk, actor clinic.Actor) error {
		s, err := d.AddStaff(ctx, actor, desk.AddStaff{Password: password,
			Staff: clinic.Staff{Name: cmd.Name, Role: cmd.Role, Username: cmd.Username, Branch: actor.Branch}})
		if err == nil {
			fmt.Fprintf(c.out, "%s may sign in, as %s\n", s.Username, s.Role)
		}
		return err
	})
}

// Help lists what a user can be, at the end of --help.
func (cmd *userAddCommand) Help() string { return roleHelp }

// whose names a user of a clinic.
type whose struct {
	Username string    `arg:"" help:"Who."`
	ClinicID clinic.ID `name:"clinic" default:"1" help:"Which clinic of the installation."`
}

// manage does something to the user and says in a line what they are or have
// then; without one do prints itself. The operator is nobody of the staff, so
// that the only manager too can be helped.
func (who *whose) manage(ctx context.Context, c *console, done string, do func(d *desk.Desk, actor clinic.Actor, s clinic.Staff) error) error {
	return c.operate(ctx, who.ClinicID, func(d *desk.Desk, actor clinic.Actor) error {
		s, err := d.StaffByUsername(ctx, actor, who.Username)
		if err != nil {
			return err
		}
		actor.Staff = 0
		if err := do(d, actor, s); err != nil || done == "" {
			return err
		}
		_, err = fmt.Fprintln(c.out, s.Username, done)
		return err
	})
}

type userPasswdCommand struct{ whose }

// Run sets the password.
func (cmd *userPasswdCommand) Run(ctx context.Context, c *console) error {
	password, err := c.readPassword(ctx)
	if err != nil {
		return err
	}
	return cmd.manage(ctx, c, "has a new password; sessions and tokens ended", func(d *desk.Desk, actor clinic.Actor, s clinic.Staff) error {
		return d.SetPassword(ctx, actor, s.ID, password)
	})
}

type userDisableCommand struct{ whose }

// Run disables the user.
func (cmd *userDisableCommand) Run(ctx context.Context, c *console) error {
	return cmd.manage(ctx, c, "is disabled; sessions and tokens ended", func(d *desk.Desk, actor clinic.Actor, s clinic.Staff) error {
		return d.DisableStaff(ctx, actor, s.ID)
	})
}

type userEnableCommand struct{ whose }

// Run enables the user.
func (cmd *userEnableCommand) Run(ctx context.Context, c *console) error {
	return cmd.manage(ctx, c, "may sign in again", func(d *desk.Desk, actor clinic.Actor, s clinic.Staff) error {
		return d.EnableStaff(ctx, actor, s.ID)
	})
}

type userFactorCommand struct{ whose }

// Run removes the second factor.
func (cmd *userFactorCommand) Run(ctx context.Context, c *console) error {
	return cmd.manage(ctx, c, "has no second factor; sessions and tokens ended", func(d *desk.Desk, actor clinic.Actor, s clinic.Staff) error {
		return d.RemoveStaffFactor(ctx, actor, s.ID)
	})
}

type userRightsCommand struct {
	whose
	Grant    []clinic.Permission `help:"Permissions to grant, between commas."`
	Withdraw []clinic.Permission `help:"Permissions to withdraw, between commas."`
	Preset   bool                `help:"First forget what was granted and withdrawn before."`
}

// Run changes the rights and prints what the user may do then.
func (cmd *userRightsCommand) Run(ctx context.Context, c *console) error {
	for _, p := range slices.Concat(cmd.Grant, cmd.Withdraw) {
		if clinic.RightsOf(p) == 0 {
			return fmt.Errorf("%w: there is no permission %q; they are %v", errUsage, p, clinic.RightsOf(clinic.Permissions...))
		}
	}
	return cmd.manage(ctx, c, "", func(d *desk.Desk, actor clinic.Actor, s clinic.Staff) error {
		if cmd.Preset {
			s.Granted, s.Withdrawn = 0, 0
		}
		grant, withdraw := clinic.RightsOf(cmd.Grant...), clinic.RightsOf(cmd.Withdraw...)
		s.Granted, s.Withdrawn = s.Granted&^withdraw|grant, s.Withdrawn&^grant|withdraw
		if err := d.SetRights(ctx, actor, s.ID, s.Granted, s.Withdrawn); err != nil {
			return err
		}
		_, err := fmt.Fprintln(c.out, s.Rights())
		return err
	})
}

// Help lists the roles and permissions, at the end of --help.
func (cmd *userRightsCommand) Help() string { return roleHelp }

// roleHelp names every role and every permission.
var roleHelp = fmt.Sprintf("Roles: %s.\n\nPermissions: %s.", between(clinic.Roles), between(clinic.Permissions))

// between writes names between commas.
func between[T ~string](names []T) string {
	texts := make([]string, len(names))
	for i, n := range names {
		texts[i] = string(n)
	}
	return strings.Join(texts, ", ")
}

type tokenCommands struct {
	Create tokenCreateCommand `cmd:"" help:"Print a new bearer token."`
}

type tokenCreateCommand struct {
	User     string    `required:"" help:"In whose name."`
	Expires  string    `default:"30d" help:"How long it lasts: 30d, 12h."`
	ClinicID clinic.ID `name:"clinic" default:"1" help:"Which clinic of the installation."`
}

// Run prints the token.
func (cmd *tokenCreateCommand) Run(ctx context.Context, c *console) error {
	lifetime, err := readLifetime(cmd.Expires)
	if err != nil {
		return err
	}
	return c.operate(ctx, cmd.ClinicID, func(d *desk.Desk, actor clinic.Actor) error {
		token, err := d.CreateToken(ctx, actor, cmd.User, lifetime)
		if err == nil {
			fmt.Fprintln(c.out, token)
		}
		return err
	})
}

// readLifetime reads a duration that may count days.
func readLifetime(text string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(text, "d"); ok {
		n, err := strconv.Atoi(days)
		if err == nil && n > 0 && n <= 3660 {
			return time.Duration(n) * 24 * time.Hour, nil
		}
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("%w: --expires is a time like 30d or 12h, at most 3660d", errUsage)
	}
	return d, nil
}

type migrateCommand struct {
	Status bool `help:"Only list the steps."`
}

// Run brings the tables up to date and lists the steps.
func (cmd *migrateCommand) Run(ctx context.Context, c *console) error {
	open := store.Open
	if cmd.Status {
		open = store.OpenAsIs
	}
	s, err := open(ctx, c.database())
	if err != nil {
		return err
	}
	defer s.Close()
	steps, err := s.MigrationStatus(ctx)
	if err != nil {
		return err
	}
	for _, step := range steps {
		state := "pending"
		if step.Applied {
			state = "applied"
		}
		fmt.Fprintf(c.out, "%04d %-8s %s\n", step.Number, state, step.File)
	}
	return nil
}

type versionCommand struct {
	JSON bool `name:"json" help:"As JSON."`
}

// Run prints the version.
func (cmd *versionCommand) Run(c *console) error {
	if cmd.JSON {
		_, err := fmt.Fprintf(c.out, "{\"version\":%q}\n", version)
		return err
	}
	_, err := fmt.Fprintln(c.out, version)
	return err
}
