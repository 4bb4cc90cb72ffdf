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
-- person's versions lie side by side and a list is compared in one ordered scan.
--
-- Days count from 1970-01-01, moments are milliseconds UTC, booleans 1 yes and 0 no. Codes are
-- positions in the lists of cq-csv(5); agencies are the numbers of agencies.csv. NULL: not stated.

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,            -- moment, never before that of the run before
    kind TEXT NOT NULL,             -- contingent, facilities, insurance, presidential, cards, undo
    mode TEXT NOT NULL,             -- delta, full; empty for undo
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
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL,
    agency INTEGER GENERATED ALWAYS AS (id >> 19 & 15) VIRTUAL
) STRICT;

CREATE TABLE facility (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
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
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,
    valid_to INTEGER,
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL
) STRICT;

CREATE TABLE card (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,             -- opened_on
    valid_to INTEGER,
    facility TEXT NOT NULL,
    card_no TEXT NOT NULL,
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL
) STRICT;
