-- When people work and what is booked. Minutes count from the midnight of a
-- civil day, instants are microseconds.

ALTER TABLE clinic ADD COLUMN appointment_rules TEXT NOT NULL DEFAULT '';
ALTER TABLE provider ADD COLUMN booking_rules TEXT NOT NULL DEFAULT '';
-- A service may need a device, and may be booked by the public.
ALTER TABLE service ADD COLUMN device {{int64}} NOT NULL DEFAULT 0;
ALTER TABLE service ADD COLUMN online {{int64}} NOT NULL DEFAULT 0 CHECK (online IN (0, 1));

CREATE TABLE resource (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    branch   {{int64}} NOT NULL,
    kind     TEXT      NOT NULL CHECK (kind IN ('room', 'device')),
    code     TEXT      NOT NULL,
    name     TEXT      NOT NULL,
    capacity {{int64}} NOT NULL CHECK (capacity > 0),
    disabled {{int64}},
    version  {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    UNIQUE (clinic, code),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

-- What a provider does; of one without a line it is everything.
CREATE TABLE provider_service (
    clinic   {{int64}} NOT NULL,
    provider {{int64}} NOT NULL,
    service  {{int64}} NOT NULL,
    PRIMARY KEY (clinic, provider, service),
    FOREIGN KEY (clinic, provider) REFERENCES provider (clinic, id),
    FOREIGN KEY (clinic, service) REFERENCES service (clinic, id)
) {{clustered}};

CREATE TABLE work_shift (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    provider    {{int64}} NOT NULL,
    branch      {{int64}} NOT NULL,
    room        {{int64}},
    weekday     {{int64}} NOT NULL CHECK (weekday BETWEEN 0 AND 6),  -- 0 is Saturday
    begins      {{int64}} NOT NULL CHECK (begins >= 0),
    ends        {{int64}} NOT NULL CHECK (ends <= 1440),
    capacity    {{int64}} NOT NULL CHECK (capacity > 0),
    valid_from  TEXT      NOT NULL DEFAULT '',
    valid_until TEXT      NOT NULL DEFAULT '',
    disabled    {{int64}},
    version     {{int64}} NOT NULL DEFAULT 1,
    CHECK (begins < ends),
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, provider) REFERENCES provider (clinic, id),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id),
    FOREIGN KEY (clinic, room) REFERENCES resource (clinic, id)
) {{strict}};

CREATE INDEX work_shift_of_provider ON work_shift (clinic, provider);

-- Leave, closures and extra time. provider NULL: everybody; branch NULL: every
-- branch.
CREATE TABLE schedule_exception (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    kind     TEXT      NOT NULL CHECK (kind IN ('leave', 'closure', 'extra')),
    provider {{int64}},
    branch   {{int64}},
    room     {{int64}},
    first    TEXT      NOT NULL CHECK (length(first) = 10),
    last     TEXT      NOT NULL CHECK (length(last) = 10),
    begins   {{int64}} NOT NULL CHECK (begins >= 0),
    ends     {{int64}} NOT NULL CHECK (ends <= 1440),
    capacity {{int64}} NOT NULL CHECK (capacity > 0),
    reason   TEXT      NOT NULL DEFAULT '',
    disabled {{int64}},
    version  {{int64}} NOT NULL DEFAULT 1,
    CHECK (begins < ends),
    CHECK (first <= last),
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, provider) REFERENCES provider (clinic, id),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

CREATE INDEX schedule_exception_by_day ON schedule_exception (clinic, last);

CREATE TABLE holiday (
    clinic {{int64}} NOT NULL,
    day    TEXT      NOT NULL CHECK (length(day) = 10),
    name   TEXT      NOT NULL,
    worked {{int64}} NOT NULL DEFAULT 0 CHECK (worked IN (0, 1)),
    PRIMARY KEY (clinic, day),
    FOREIGN KEY (clinic) REFERENCES clinic (clinic)
) {{strict}};

CREATE TABLE appointment (
    clinic     {{int64}} NOT NULL,
    id         {{int64}} NOT NULL,
    patient    {{int64}} NOT NULL,
    provider   {{int64}} NOT NULL,
    service    {{int64}},
    branch     {{int64}} NOT NULL,
    room       {{int64}},
    device     {{int64}},
    starts     {{int64}} NOT NULL,
    ends       {{int64}} NOT NULL,
    seat       {{int64}} NOT NULL CHECK (seat >= 0),
    overbooked {{int64}} NOT NULL CHECK (overbooked IN (0, 1)),
    channel    TEXT      NOT NULL CHECK (channel IN ('in_person', 'phone', 'online')),
    status     TEXT      NOT NULL CHECK (status IN ('proposed', 'booked', 'confirmed', 'checked_in', 'fulfilled',
        'cancelled_by_patient', 'cancelled_by_clinic', 'no_show', 'entered_in_error')),
    note       TEXT      NOT NULL DEFAULT '',
    series     {{int64}},
    moves      {{int64}} NOT NULL DEFAULT 0,
    admission  {{int64}},
    reason     TEXT      NOT NULL DEFAULT '',
    arrived    {{int64}},
    ended      {{int64}},
    recorded   {{int64}} NOT NULL,
    staff      {{int64}} NOT NULL,
    version    {{int64}} NOT NULL DEFAULT 1,
    CHECK (starts < ends),
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id),
    FOREIGN KEY (clinic, provider) REFERENCES provider (clinic, id),
    FOREIGN KEY (clinic, service) REFERENCES service (clinic, id),
    FOREIGN KEY (clinic, branch) REFERENCES branch (clinic, id)
) {{strict}};

CREATE INDEX appointment_of_patient ON appointment (clinic, patient, starts, id);
-- What is counted of a person is in the index.
CREATE INDEX appointment_counted ON appointment (clinic, patient, recorded, status, starts, ends);
CREATE INDEX appointment_of_provider ON appointment (clinic, provider, starts);
CREATE INDEX appointment_by_time ON appointment (clinic, starts, id);
-- Whose patients are still expected: few, whatever was booked in years.
CREATE INDEX appointment_expected ON appointment (clinic, starts) WHERE status IN ('proposed', 'booked', 'confirmed');
CREATE INDEX appointment_of_admission ON appointment (clinic, admission, starts, id) WHERE admission IS NOT NULL;
CREATE INDEX appointment_of_series ON appointment (clinic, series, starts, id) WHERE series IS NOT NULL;

CREATE TABLE appointment_event (
    clinic       {{int64}} NOT NULL,
    id           {{int64}} NOT NULL,
    appointment  {{int64}} NOT NULL,
    kind         TEXT      NOT NULL,
    status       TEXT      NOT NULL,
    provider     {{int64}} NOT NULL,                -- before it
    from_starts  {{int64}} NOT NULL,
    from_ends    {{int64}} NOT NULL,
    to_starts    {{int64}} NOT NULL,
    to_ends      {{int64}} NOT NULL,
    reason       TEXT      NOT NULL DEFAULT '',
    at           {{int64}} NOT NULL,
    staff        {{int64}} NOT NULL,
    unit         {{int64}},                         -- the command that did it
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, appointment) REFERENCES appointment (clinic, id)
) {{strict}};

CREATE INDEX appointment_event_of_appointment ON appointment_event (clinic, appointment, id);
CREATE INDEX appointment_event_of_unit ON appointment_event (clinic, unit) WHERE unit IS NOT NULL;

-- What is taken of providers, rooms and devices, by appointments and by times
-- that are held. The key of seat_unit is what forbids to book twice: each unit
-- of five minutes of a seat is given away once. seat_taken is the same as
-- spans, to look at. Both are emptied of days that are over.
CREATE TABLE seat_taken (
    clinic  {{int64}} NOT NULL,
    holder  {{int64}} NOT NULL,
    starts  {{int64}} NOT NULL,
    seat    {{int64}} NOT NULL,
    ends    {{int64}} NOT NULL,
    booking {{int64}} NOT NULL,
    PRIMARY KEY (clinic, holder, starts, seat)
) {{clustered}};

CREATE INDEX seat_taken_by_booking ON seat_taken (clinic, booking);

CREATE TABLE seat_unit (
    clinic {{int64}} NOT NULL,
    holder {{int64}} NOT NULL,
    unit   {{int64}} NOT NULL,                      -- of five minutes since 1970
    seat   {{int64}} NOT NULL,
    PRIMARY KEY (clinic, holder, unit, seat)
) {{clustered}};

-- Who waits for a time.
CREATE TABLE waitlist (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    patient     {{int64}} NOT NULL,
    provider    {{int64}},
    service     {{int64}},
    branch      {{int64}} NOT NULL,
    first       TEXT      NOT NULL CHECK (length(first) = 10),
    last        TEXT      NOT NULL DEFAULT '',
    part        TEXT      NOT NULL CHECK (part IN ('any', 'morning', 'afternoon')),
    note        TEXT      NOT NULL DEFAULT '',
    status      TEXT      NOT NULL CHECK (status IN ('waiting', 'booked', 'ended')),
    appointment {{int64}},
    recorded    {{int64}} NOT NULL,
    staff       {{int64}} NOT NULL,
    version     {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX waitlist_waiting ON waitlist (clinic, status, first);
CREATE INDEX waitlist_of_patient ON waitlist (clinic, patient);

-- What a cancelled or missed visit keeps of its deposit goes by when it was
-- cancelled, and is nothing when the clinic did.
ALTER TABLE deposit ADD COLUMN visit_over {{int64}};
ALTER TABLE deposit ADD COLUMN visit_by_clinic {{int64}} NOT NULL DEFAULT 0 CHECK (visit_by_clinic IN (0, 1));
CREATE INDEX deposit_of_appointment ON deposit (clinic, appointment, id) WHERE appointment IS NOT NULL;

-- What is to be done about a person, and what was.
CREATE TABLE activity (
    clinic      {{int64}} NOT NULL,
    id          {{int64}} NOT NULL,
    patient     {{int64}} NOT NULL,
    branch      {{int64}} NOT NULL,
    kind        TEXT      NOT NULL,
    subject     TEXT      NOT NULL,
    note        TEXT      NOT NULL DEFAULT '',
    result      TEXT      NOT NULL DEFAULT '',
    due         TEXT      NOT NULL CHECK (length(due) = 10),
    owner       {{int64}},
    status      TEXT      NOT NULL CHECK (status IN ('open', 'done', 'cancelled')),
    cause       TEXT      NOT NULL DEFAULT '',      -- of one that came by itself
    object      {{int64}},                          -- what caused it
    recorded    {{int64}} NOT NULL,
    staff       {{int64}} NOT NULL,
    done        {{int64}},
    done_by     {{int64}},
    version     {{int64}} NOT NULL DEFAULT 1,
    PRIMARY KEY (clinic, id),
    FOREIGN KEY (clinic, patient) REFERENCES patient (clinic, id)
) {{strict}};

CREATE INDEX activity_of_patient ON activity (clinic, patient, due);
CREATE INDEX activity_open ON activity (clinic, status, due);
-- What comes by itself comes once for each cause.
CREATE UNIQUE INDEX activity_once ON activity (clinic, cause, object) WHERE object IS NOT NULL AND status <> 'cancelled';

-- Messages that are to be sent, after the command that asked for them.
CREATE TABLE message (
    clinic   {{int64}} NOT NULL,
    id       {{int64}} NOT NULL,
    patient  {{int64}},
    mobile   TEXT      NOT NULL,
    kind     TEXT      NOT NULL,
    text     TEXT      NOT NULL,
    object   {{int64}},
    status   TEXT      NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
    tries    {{int64}} NOT NULL DEFAULT 0,
    error    TEXT      NOT NULL DEFAULT '',
    due      {{int64}} NOT NULL,
    recorded {{int64}} NOT NULL,
    sent     {{int64}},
    PRIMARY KEY (clinic, id)
) {{strict}};

CREATE INDEX message_queued ON message (clinic, status, due);
CREATE INDEX message_of_object ON message (clinic, object, id) WHERE object IS NOT NULL;
CREATE INDEX message_of_patient ON message (clinic, patient, id);
