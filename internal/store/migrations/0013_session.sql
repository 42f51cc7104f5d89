-- How long people stay signed in, where they are, and the second thing that
-- some have to show.
ALTER TABLE clinic ADD COLUMN session_idle_minutes {{int64}} NOT NULL DEFAULT 15;
ALTER TABLE clinic ADD COLUMN session_hours {{int64}} NOT NULL DEFAULT 12;
ALTER TABLE clinic ADD COLUMN second_factor_required {{int64}} NOT NULL DEFAULT 0; -- 1: of managers
ALTER TABLE staff ADD COLUMN seen {{int64}};                 -- when the person was last at work here
ALTER TABLE session ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN agent TEXT NOT NULL DEFAULT ''; -- family of the browser, no more
CREATE INDEX session_of_staff ON session (clinic, staff);
CREATE INDEX staff_by_username ON staff (username);          -- which clinic does somebody sign in to?

CREATE TABLE second_factor (
    clinic    {{int64}} NOT NULL,
    staff     {{int64}} NOT NULL,
    secret    {{bytes}} NOT NULL,
    confirmed {{int64}},                                     -- NULL: not yet proven, so not asked for
    last_step {{int64}} NOT NULL DEFAULT 0,                  -- a code is good once
    PRIMARY KEY (clinic, staff),
    FOREIGN KEY (clinic, staff) REFERENCES staff (clinic, id)
) {{strict}};

CREATE TABLE recovery_code (
    clinic {{int64}} NOT NULL,
    staff  {{int64}} NOT NULL,
    code   {{bytes}} NOT NULL,                               -- SHA-256
    PRIMARY KEY (clinic, staff, code),
    FOREIGN KEY (clinic, staff) REFERENCES staff (clinic, id)
) {{strict}};

-- Who has shown the password and still owes the code.
CREATE TABLE pending_login (
    clinic  {{int64}} NOT NULL,
    token   {{bytes}} NOT NULL,                              -- SHA-256 of what the browser holds
    staff   {{int64}} NOT NULL,
    expires {{int64}} NOT NULL,
    PRIMARY KEY (clinic, token),
    FOREIGN KEY (clinic, staff) REFERENCES staff (clinic, id)
) {{strict}};
