-- The registry: one SQLite file. The only definition of it; lib/store/migrate.c runs this text.
--
-- Lists are kept as versions of rows. A version says what a list said (`hash` of the row as said;
-- 0 on a version that an end date cut short), on which days it holds (`valid_from`, `valid_to`
-- exclusive; NULL is open), which run brought it and which run ended it (`run_from`, `run_to`).
-- Nothing is deleted: as run R left it, the registry is the versions with
-- run_from <= R and (run_to is NULL or run_to > R).
--
-- id = key << 19 | number of the version. A key is iin << 4 | agency in person, iin << 4 in the
-- lists of the Fund, of the Affairs Administration and of cards, and a hash in facility. So a
-- person's versions lie side by side and a list is compared in one ordered scan. `line` is a hash
-- of the row's bytes in its file, taken together with the header and whatever else decides how they
-- are read: it only saves reading a known line again, and 0 knows none.
--
-- `list_line` is the line of the row in the list of run_from; NULL on what no list said as it is.
--
-- Days count from 1970-01-01, moments are milliseconds UTC, booleans 1 yes and 0 no. Codes are
-- positions in the lists of cq-csv(5); agencies are the numbers of agencies.csv. NULL: not stated.

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,            -- moment, never before that of the run before
    kind TEXT NOT NULL,             -- contingent, facilities, insurance, presidential, cards
    mode TEXT NOT NULL,             -- delta, full, undo
    agency INTEGER,                 -- of the list; NULL where the rows name theirs
    list_date INTEGER,
    file_hash TEXT NOT NULL,        -- BLAKE2b-256 of the file's bytes, hexadecimal
    encoding TEXT NOT NULL,
    read INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unchanged INTEGER NOT NULL,
    ended INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    warnings INTEGER NOT NULL,
    undoes INTEGER REFERENCES run(id),
    law TEXT NOT NULL,              -- fingerprint of the law tables
    engine TEXT NOT NULL            -- version of cq
) STRICT;

CREATE TABLE person (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    line INTEGER NOT NULL,
    list_line INTEGER,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,
    valid_to INTEGER,
    category INTEGER NOT NULL,
    birth_date INTEGER NOT NULL,
    residence INTEGER,
    service_place INTEGER,
    special_rank INTEGER,
    coresident INTEGER,
    presidential INTEGER,
    duty_injury INTEGER,
    sex INTEGER,
    relation INTEGER,
    sponsor_iin INTEGER,
    document INTEGER,
    killed_on INTEGER,
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    middle_name TEXT,
    service_id TEXT,
    pension_certificate TEXT,
    document_no TEXT,
    killed_order TEXT,
    listed_names TEXT,              -- as the list wrote them, where letters were mended
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL,
    agency INTEGER GENERATED ALWAYS AS (id >> 19 & 15) VIRTUAL
) STRICT;

-- Rows that contradict what the registry holds of the same IIN; for people to settle.
CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run(id),
    line INTEGER NOT NULL,
    iin INTEGER NOT NULL,
    agency INTEGER NOT NULL,
    code TEXT NOT NULL
) STRICT;

CREATE TABLE facility (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    line INTEGER NOT NULL,
    list_line INTEGER,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,
    valid_to INTEGER,
    facility TEXT NOT NULL,
    service INTEGER NOT NULL,
    profile TEXT,
    owner INTEGER NOT NULL,
    kato INTEGER NOT NULL,
    serves TEXT,
    department INTEGER,
    specialist INTEGER,
    equipment INTEGER,
    capacity INTEGER,
    name_kk TEXT,
    name_ru TEXT,
    name_en TEXT
) STRICT;

CREATE TABLE insurance (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    line INTEGER NOT NULL,
    list_line INTEGER,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,             -- the day on which the Fund was asked (checked_on)
    valid_to INTEGER,
    insured INTEGER NOT NULL,
    paid_until INTEGER,
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL
) STRICT;

CREATE TABLE presidential (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    line INTEGER NOT NULL,
    list_line INTEGER,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,
    valid_to INTEGER,
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL
) STRICT;

CREATE TABLE card (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    line INTEGER NOT NULL,
    list_line INTEGER,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,             -- opened_on
    valid_to INTEGER,
    facility TEXT NOT NULL,
    card_no TEXT NOT NULL,
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL
) STRICT;

-- A referral as it was decided. id = region * 10^10 + year * 10^6 + serial of its number, so
-- numbers are unique and rows lie in their order. What was asked for and what was answered are
-- frozen; only `status` moves, and every move is an event. From `iin`, what was asked for, `run`
-- and the law of that fingerprint the decision can be made again. The hashes are BLAKE2b-256 (the
-- first 16 bytes of it) over the rows decided from, as `run` left them: all but `line` and
-- `run_to`, which later runs may set. `seal` is BLAKE2b-256 over every column before it but status.
CREATE TABLE referral (
    id INTEGER PRIMARY KEY,
    status INTEGER NOT NULL,        -- issued, accepted, rejected, admitted, completed, cancelled,
                                    -- expired: that of the last event
    iin INTEGER NOT NULL,
    service INTEGER NOT NULL,       -- here and below: values in the order of cq-law(5)
    destination INTEGER NOT NULL,
    indicated INTEGER,              -- as asked for, like the next four
    package INTEGER,
    duty_injury INTEGER NOT NULL,
    paid INTEGER NOT NULL,
    consent INTEGER,
    measure INTEGER,                -- consultation, training, psycho_correction
    urgency INTEGER,                -- planned, emergency
    planned_on INTEGER,
    expected_on INTEGER NOT NULL,   -- the day with a free bed or slot
    category INTEGER NOT NULL,
    agency INTEGER,
    version INTEGER,                -- id in person of the row that answered
    facts INTEGER NOT NULL,         -- the word decided on, 64 bits
    run INTEGER NOT NULL,           -- the last run that was known
    issued_on INTEGER NOT NULL,     -- the day decided about
    issued_at INTEGER NOT NULL,     -- moment
    valid_until INTEGER NOT NULL,   -- last day
    profile TEXT,
    diagnosis TEXT,
    indication TEXT,
    from_facility TEXT,
    referrer TEXT,
    bureau_code TEXT,               -- of the Hospitalisation Bureau; not unique
    outcome TEXT NOT NULL,
    provider TEXT,
    facility TEXT,
    payer TEXT,
    referral TEXT,
    basis TEXT,
    rule TEXT,
    reasons TEXT,
    certainty TEXT,
    documents TEXT,
    gaps TEXT,
    fallback TEXT,                  -- what the bodies' organisations lacked, place by place
    receipt TEXT,                   -- of the decision
    law TEXT NOT NULL,              -- fingerprint of the law tables
    engine TEXT NOT NULL,           -- version of cq
    people_hash BLOB NOT NULL,      -- the person's rows, the sponsors', cover and presidential list
    facilities_hash BLOB NOT NULL,
    runs_hash BLOB NOT NULL,        -- runs up to `run`
    seal BLOB NOT NULL,
    region INTEGER GENERATED ALWAYS AS (id / 10000000000) VIRTUAL,
    year INTEGER GENERATED ALWAYS AS (id / 1000000 % 10000) VIRTUAL,
    serial INTEGER GENERATED ALWAYS AS (id % 1000000) VIRTUAL
) STRICT;
CREATE INDEX referral_iin ON referral (iin);
CREATE INDEX referral_facility ON referral (facility, status, expected_on, service, profile);

-- Every move of a referral; the first is its issue. id = referral << 8 | number of the move. Events
-- of all referrals are one chain: a link is BLAKE2b-256 over the link before, the referral's seal
-- and the columns before it.
CREATE TABLE referral_event (
    id INTEGER PRIMARY KEY,
    place INTEGER NOT NULL,         -- in the chain, from 1 without gap
    at INTEGER NOT NULL,            -- moment, never before that of the move before
    day INTEGER NOT NULL,           -- the day on which it happened
    status INTEGER NOT NULL,        -- after the move
    actor TEXT NOT NULL,            -- who moved it
    reason TEXT,
    consent INTEGER,                -- recorded with this move
    differs TEXT,                   -- admission: what of the right was no longer as frozen,
    despite TEXT,                   -- and why that was no hindrance
    link BLOB NOT NULL,
    referral INTEGER GENERATED ALWAYS AS (id >> 8) VIRTUAL
) STRICT;
CREATE UNIQUE INDEX referral_event_place ON referral_event (place);

-- The end of that chain, so that a piece cut off shows. One row.
CREATE TABLE referral_chain (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    events INTEGER NOT NULL,
    link BLOB NOT NULL
) STRICT;
INSERT INTO referral_chain (id, events, link) VALUES (1, 0, zeroblob(32));

-- Who did what: one line for each import, undo, move of a referral and reading of a person's
-- history, without gap. `link` is BLAKE2b-256 over the link before and the words of the line.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,            -- moment, never before that of the line before
    actor TEXT NOT NULL,            -- login name
    action TEXT NOT NULL,           -- import, undo, read, or the action of cq-refer
    subject INTEGER NOT NULL,       -- run, id of the referral, or IIN
    detail TEXT NOT NULL,
    link TEXT NOT NULL
) STRICT;
