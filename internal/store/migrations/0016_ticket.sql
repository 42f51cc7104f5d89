-- Problem reports of the staff. They hold where it happened, never whom it was
-- about: the page is a path without ids.

CREATE TABLE ticket (
    clinic  {{int64}} NOT NULL,
    id      {{int64}} NOT NULL,
    number  {{int64}} NOT NULL,
    subject TEXT      NOT NULL,
    text    TEXT      NOT NULL,
    status  TEXT      NOT NULL CHECK (status IN ('open', 'in_progress', 'answered', 'closed')),
    area    TEXT      NOT NULL,
    page    TEXT      NOT NULL,
    build   TEXT      NOT NULL,                     -- version of the program
    staff   {{int64}} NOT NULL,
    branch  {{int64}} NOT NULL,
    at      {{int64}} NOT NULL,
    moved   {{int64}} NOT NULL,                     -- when something was last added
    version {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, number),
    FOREIGN KEY (clinic, staff) REFERENCES staff (clinic, id),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

CREATE INDEX ticket_of_staff ON ticket (clinic, staff, id);
CREATE INDEX ticket_open ON ticket (clinic, status, branch);

-- What was answered, and the state that the ticket had afterwards.
CREATE TABLE ticket_reply (
    clinic {{int64}} NOT NULL,
    id     {{int64}} NOT NULL,
    ticket {{int64}} NOT NULL,
    staff  {{int64}} NOT NULL,
    text   TEXT      NOT NULL,
    status TEXT      NOT NULL,
    at     {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, ticket) REFERENCES ticket (clinic, id),
    FOREIGN KEY (clinic, staff) REFERENCES staff (clinic, id)
) {{strict}};

CREATE INDEX ticket_reply_of_ticket ON ticket_reply (clinic, ticket, id);

-- Files of tickets. kind is the media type that the content was found to be.
CREATE TABLE attachment (
    clinic  {{int64}} NOT NULL,
    id      {{int64}} NOT NULL,
    ticket  {{int64}} NOT NULL,
    name    TEXT      NOT NULL,
    kind    TEXT      NOT NULL,
    size    {{int64}} NOT NULL CHECK (size > 0),
    content {{bytes}} NOT NULL,
    staff   {{int64}} NOT NULL,
    at      {{int64}} NOT NULL,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, ticket) REFERENCES ticket (clinic, id)
) {{strict}};

CREATE INDEX attachment_of_ticket ON attachment (clinic, ticket, id);
