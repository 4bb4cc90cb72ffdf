-- The registry: one SQLite file. This is how a new one is created (lib/store/migrate.c runs the
-- text); one of an earlier version is brought to the same tables by lib/store/steps.h.
--
-- Lists are kept as versions of rows. A version says what a list said (`hash` of the row as said;
-- 0 on a version that an end date cut short), on which days it holds (`valid_from`, `valid_to`
-- exclusive; NULL is open), which run brought it and which run ended it (`run_from`, `run_to`).
-- Nothing is deleted: as run R left it, the registry is the versions with
-- run_from <= R and (run_to is NULL or run_to > R).
--
-- id = key << 19 | number of the version. A key is iin << 4 | agency in person, iin << 4 in the
-- lists of the Fund, of the Affairs Administration and of cards, and a hash in facility and
-- verdict. So a person's versions lie side by side and a list is compared in one ordered scan.
-- `line` is a hash of the row's bytes in its file, taken together with the header and whatever else
-- decides how they are read: it only saves reading a known line again, and 0 knows none.
--
-- `list_line` is the line of the row in the list of run_from; NULL on what no list said as it is.
--
-- Days count from 1970-01-01, moments are milliseconds UTC, booleans 1 yes and 0 no. Codes are
-- positions, from 0, in the lists of cq-csv(5), a relation's in spouse, child, parent, other, ward;
-- agencies are the numbers of agencies.csv. NULL: not stated. The views at the end have the words;
-- they are for people with a SQL shell, and no program reads them.
--
-- A CHECK is on what can never be right: booleans, counts, lengths, keys. Lists of codes grow with
-- the law and have none; person has none, because an import writes a million of its rows. What was
-- frozen in a referral is held by its seal and the chain. `cq-report check` looks for all else that
-- has to agree, in a damaged file too.
--
-- Versions have no foreign keys: a sponsor or a facility that no list names is a finding of
-- `cq-report check`, not an error of the row; and a run writes its versions in its own transaction,
-- so that a look-up of run_from and run_to, a million times, would only cost time.
--
-- user_version is 5, the version of the schema. The first program that opens an earlier registry
-- upgrades it, in one transaction, after a copy of it was kept as FILE.vN, N its version
-- (cq-import(1), An older registry). A step adds tables and indexes, and columns at the end of a
-- table, so SELECT * has them last here too; they are NULL in rows of before. What came when:
--   1  some registries have neither the views nor the CHECKs: the views come with the upgrade,
--      without the CHECKs a registry is used as it is
--   2  person: student_until, disabled_before_18, dependent, rank. Positions that are new: relation
--      ward, agency penal, service day_hospital and abroad. referral.facts is another word: see
--      there
--   3  the index person_sponsor
--   4  the tables run_agency, rejected and verdict. Runs of before have no rows in them.
--      review: identity
--   5  the tables calendar and name_index, which has no rows until people are imported. card:
--      papers, registered_on, and the index card_number. referral: occasion, paid_by,
--      commission_no, commission_on, found_in. referral_event: planned_on, bureau_code,
--      commission_no, commission_on

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,            -- moment, never before that of the run before
    kind TEXT NOT NULL,             -- of the list: contingent, facilities, insurance, ...
    mode TEXT NOT NULL,             -- delta, full, undo
    agency INTEGER CHECK (agency BETWEEN 1 AND 15), -- of the list; NULL where the rows name theirs
    list_date INTEGER,
    file_hash TEXT NOT NULL,        -- BLAKE2b-256 of the file's bytes, hexadecimal
    encoding TEXT NOT NULL,
    read INTEGER NOT NULL CHECK (read >= 0),
    added INTEGER NOT NULL CHECK (added >= 0),
    changed INTEGER NOT NULL CHECK (changed >= 0),
    unchanged INTEGER NOT NULL CHECK (unchanged >= 0),
    ended INTEGER NOT NULL CHECK (ended >= 0),
    rejected INTEGER NOT NULL CHECK (rejected >= 0),
    warnings INTEGER NOT NULL CHECK (warnings >= 0),
    undoes INTEGER REFERENCES run(id),
    law TEXT NOT NULL,              -- fingerprint of the law tables
    engine TEXT NOT NULL            -- version of cq
) STRICT;

-- What a list of people brought of each agency that its rows name, and whom it names of it: the IINs
-- of the rows that could be read, taken or not. A list is whole if it is a full one, or if these
-- people and its rejected rows are at least half as many as the people of the last whole list of its
-- agency. iins holds, of a whole list, who is in it or in the whole list before it and not in both,
-- else who is in it; in ascending order, each as its distance from the one before, in groups of
-- seven bits, lowest first.
CREATE TABLE run_agency (
    run INTEGER NOT NULL REFERENCES run(id),
    agency INTEGER NOT NULL CHECK (agency BETWEEN 1 AND 15),
    read INTEGER NOT NULL CHECK (read >= 0),
    rejected INTEGER NOT NULL CHECK (rejected >= 0),
    warnings INTEGER NOT NULL CHECK (warnings >= 0),
    people INTEGER NOT NULL CHECK (people >= 0), -- whom it names
    whole INTEGER NOT NULL CHECK (whole IN (0, 1)),
    iins BLOB NOT NULL,
    PRIMARY KEY (run, agency)
) STRICT;

-- The rows of a list that were rejected, by their first finding; for the sender to correct.
CREATE TABLE rejected (
    run INTEGER NOT NULL REFERENCES run(id),
    line INTEGER NOT NULL,
    iin INTEGER,                    -- where it could be read, as the agency
    agency INTEGER CHECK (agency BETWEEN 1 AND 15),
    field TEXT,                     -- the column; NULL for the row as a whole
    code TEXT NOT NULL,
    PRIMARY KEY (run, line)
) STRICT, WITHOUT ROWID;

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
    residence INTEGER,              -- KATO code, as service_place
    service_place INTEGER,
    special_rank INTEGER,
    coresident INTEGER,             -- lives with the sponsor
    presidential INTEGER,           -- by this list; the Affairs Administration has its own
    duty_injury INTEGER,
    sex INTEGER,
    relation INTEGER,               -- to the sponsor
    sponsor_iin INTEGER,            -- of the employee whose family this is, or who was killed
    document INTEGER,
    killed_on INTEGER,              -- the sponsor
    last_name TEXT NOT NULL,
    first_name TEXT NOT NULL,
    middle_name TEXT,
    service_id TEXT,
    pension_certificate TEXT,
    document_no TEXT,
    killed_order TEXT,
    listed_names TEXT,              -- as the list wrote them, where letters were mended
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL,
    agency INTEGER GENERATED ALWAYS AS (id >> 19 & 15) VIRTUAL,
    student_until INTEGER,          -- last day of full-time study
    disabled_before_18 INTEGER,     -- a disability was established before the age of 18
    dependent INTEGER,              -- on the sponsor
    rank TEXT                       -- as written; a rank states special_rank, if nothing else does
) STRICT;
-- The family of a person.
CREATE INDEX person_sponsor ON person (sponsor_iin) WHERE sponsor_iin IS NOT NULL;

-- By which people are found whose IIN nobody knows: sorted pairs of a key and an IIN, in blocks; a
-- run appends what it brought as a segment, or makes one with the last ones. A key is the sound of a
-- part of a name, or 2^30 and the birth date where that is not the one in the IIN. keys holds for each
-- key of the block its distance from the one before and how many bytes of people are its own; people
-- their IINs, each as its distance from the one before; in groups of seven bits, lowest first. Who
-- is in it for a version that has ended stays in it.
CREATE TABLE name_index (
    id INTEGER PRIMARY KEY,         -- segment << 20 | number of the block
    run INTEGER NOT NULL REFERENCES run(id),
    keys BLOB NOT NULL,
    people BLOB NOT NULL
) STRICT;

-- Rows that contradict what the registry holds of the same IIN; for people to settle.
CREATE TABLE review (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run(id),
    line INTEGER NOT NULL,
    iin INTEGER NOT NULL,
    agency INTEGER NOT NULL,
    code TEXT NOT NULL,
    identity INTEGER                -- hash of the names and the birth date that the row states
) STRICT;

-- What contradicts an IIN.
CREATE INDEX review_iin ON review (iin);

CREATE TABLE facility (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    line INTEGER NOT NULL,
    list_line INTEGER,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,
    valid_to INTEGER,
    facility TEXT NOT NULL CHECK (facility <> ''),
    service INTEGER NOT NULL,
    profile TEXT,
    owner INTEGER NOT NULL,
    kato INTEGER NOT NULL CHECK (kato BETWEEN 0 AND 999999999),
    serves TEXT,
    department INTEGER CHECK (department IN (0, 1)),
    specialist INTEGER CHECK (specialist IN (0, 1)),
    equipment INTEGER CHECK (equipment IN (0, 1)),
    capacity INTEGER CHECK (capacity >= 0),
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
    insured INTEGER NOT NULL CHECK (insured IN (0, 1)),
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
    facility TEXT NOT NULL CHECK (facility <> ''),
    card_no TEXT NOT NULL CHECK (card_no <> ''),
    iin INTEGER GENERATED ALWAYS AS (id >> 23) VIRTUAL,
    papers INTEGER CHECK (papers > 0), -- seen at registration: bits, 1 << position in id_card,
                                    -- service_id, pension_certificate, birth_certificate, passport
    registered_on INTEGER
) STRICT;
-- The numbers of a polyclinic.
CREATE INDEX card_number ON card (facility, card_no);

-- What people settled about two IINs, or about what lists say of one: iin <= other_iin.
CREATE TABLE verdict (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    line INTEGER NOT NULL,
    list_line INTEGER,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,
    valid_to INTEGER,
    iin INTEGER NOT NULL,
    other_iin INTEGER NOT NULL CHECK (other_iin >= iin),
    verdict INTEGER NOT NULL CHECK (verdict IN (0, 1)), -- same, different
    whose INTEGER                   -- the agency whose words are right
) STRICT;

-- Days that are worked, or not, otherwise than weekends and holidays say: as a list corrects them.
CREATE TABLE calendar (
    id INTEGER PRIMARY KEY,
    hash INTEGER NOT NULL,
    line INTEGER NOT NULL,
    list_line INTEGER,
    run_from INTEGER NOT NULL,
    run_to INTEGER,
    valid_from INTEGER,
    valid_to INTEGER,
    day INTEGER NOT NULL,
    working INTEGER NOT NULL CHECK (working IN (0, 1)),
    act TEXT                        -- that says so
) STRICT;

-- A referral as it was decided. id = region * 10^10 + year * 10^6 + serial of its number, so
-- numbers are unique and rows lie in their order. What was asked for and what was answered are
-- frozen; only `status` moves, and every move is an event. From `iin`, what was asked for, `run`
-- and the law of that fingerprint the decision can be made again. The hashes are BLAKE2b-256 (the
-- first 16 bytes of it) over the rows decided from, as `run` left them: all but `hash`,
-- `line` and `run_to`, which later runs may set; referrals of earlier programs hold `hash` too.
-- `seal` is BLAKE2b-256 over every column before it but status, and those after it that are stated.
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
    paid INTEGER NOT NULL,          -- 1: paid care was asked for, in earlier programs
    consent INTEGER,
    measure INTEGER,                -- consultation, training, psycho_correction
    urgency INTEGER,                -- planned, emergency
    planned_on INTEGER,
    expected_on INTEGER NOT NULL,   -- the day with a free bed or slot
    category INTEGER NOT NULL,
    agency INTEGER,
    version INTEGER,                -- id in person of the row that answered
    facts INTEGER NOT NULL,         -- the word decided on, 64 bits (include/cq/facts.h); where the
                                    -- receipt is of version 1, a word of earlier facts, which
                                    -- nothing reads any more
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
    people_hash BLOB NOT NULL CHECK (length(people_hash) = 16), -- the person's rows, the sponsors',
                                    -- cover and presidential list
    facilities_hash BLOB NOT NULL CHECK (length(facilities_hash) = 16),
    runs_hash BLOB NOT NULL CHECK (length(runs_hash) = 16), -- runs up to `run`
    seal BLOB NOT NULL CHECK (length(seal) = 32),
    region INTEGER GENERATED ALWAYS AS (id / 10000000000) VIRTUAL,
    year INTEGER GENERATED ALWAYS AS (id / 1000000 % 10000) VIRTUAL,
    serial INTEGER GENERATED ALWAYS AS (id % 1000000) VIRTUAL,
    occasion INTEGER,               -- of rehabilitation: main_disease, acute, surgery, injury,
                                    -- chronic, limited_function
    paid_by INTEGER,                -- own_funds, voluntary_insurance, other
    commission_no TEXT,             -- of the decision of the sanatorium selection commission
    commission_on INTEGER,
    found_in INTEGER                -- id of the referral during which the disorder was found
) STRICT;
CREATE INDEX referral_iin ON referral (iin);
CREATE INDEX referral_facility ON referral (facility, status, expected_on, service, profile);

-- Every move of a referral; the first is its issue. id = referral << 8 | number of the move. Events
-- of all referrals are one chain: a link is BLAKE2b-256 over the link before, the referral's seal,
-- the columns before it and those after it that are stated.
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
    referral INTEGER GENERATED ALWAYS AS (id >> 8) VIRTUAL,
    planned_on INTEGER,             -- the day that the answer of the receiving hospital gives
    bureau_code TEXT,               -- recorded with this move, like the next two
    commission_no TEXT,
    commission_on INTEGER
) STRICT;
CREATE UNIQUE INDEX referral_event_place ON referral_event (place);

-- The end of that chain, so that a piece cut off shows. One row.
CREATE TABLE referral_chain (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    events INTEGER NOT NULL,
    link BLOB NOT NULL
) STRICT;
INSERT INTO referral_chain (id, events, link) VALUES (1, 0, zeroblob(32));

-- Who did what: one line for each import, undo, move of a referral, reading of a person's
-- history and person shown to who looked for one, without gap. `link` is BLAKE2b-256 over the link before and the words of the line.
CREATE TABLE audit (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,            -- moment, never before that of the line before
    actor TEXT NOT NULL,            -- login name
    action TEXT NOT NULL,           -- import, undo, read, find, list, or the action of cq-refer
    subject INTEGER NOT NULL,       -- run, id of the referral, IIN, or people listed
    detail TEXT NOT NULL,
    link TEXT NOT NULL
) STRICT;

-- People as the lists name them today: versions that no run has ended, on the current day, local
-- time. A row is of an IIN and an agency. The columns are those of the list.
CREATE VIEW person_now AS
SELECT
    printf('%012d', iin) AS iin,
    last_name,
    first_name,
    middle_name,
    date(birth_date * 86400, 'unixepoch') AS birth_date,
    '["m", "f"]' ->> sex AS sex,
    '["none", "employee", "family", "pensioner", "child_of_fallen"]' ->> category AS category,
    '[null, "prosecution", "internal_affairs", "anticorruption", '
        || '"economic_investigation", "fire_service", "civil_protection", "courier", "penal"]' ->> agency AS agency,
    '["no", "yes"]' ->> special_rank AS special_rank,
    rank,
    iif(sponsor_iin, printf('%012d', sponsor_iin), NULL) AS sponsor_iin,
    '["spouse", "child", "parent", "other", "ward"]' ->> relation AS relation,
    date(student_until * 86400, 'unixepoch') AS student_until,
    '["no", "yes"]' ->> disabled_before_18 AS disabled_before_18,
    '["no", "yes"]' ->> dependent AS dependent,
    '["no", "yes"]' ->> coresident AS coresident,
    CAST(residence AS TEXT) AS residence,
    CAST(service_place AS TEXT) AS service_place,
    service_id,
    pension_certificate,
    '["id_card", "birth_certificate", "passport"]' ->> document AS document,
    document_no,
    date(killed_on * 86400, 'unixepoch') AS killed_on,
    killed_order,
    '["no", "yes"]' ->> presidential AS presidential,
    '["no", "yes"]' ->> duty_injury AS duty_injury,
    date(valid_from * 86400, 'unixepoch') AS valid_from,
    date(valid_to * 86400, 'unixepoch') AS valid_to,
    run_from AS run,
    list_line,
    id
FROM person
WHERE run_to IS NULL
    AND (valid_from IS NULL OR valid_from <= unixepoch('now', 'localtime') / 86400)
    AND (valid_to IS NULL OR valid_to > unixepoch('now', 'localtime') / 86400);

-- The numbers of referrals as people write them.
CREATE VIEW referral_number AS
SELECT
    id,
    printf('CQ-%02d-%04d-%06d-%d', region, year, serial, (
        WITH RECURSIVE damm (place, state) AS (
            SELECT 1, 0
            UNION ALL
            SELECT place + 1, substr('03175986427092154863420687135917509834266123045978'
                || '36742095815869720134894536201794386172052581436790',
                10 * state + substr(printf('%012d', referral.id), place, 1) + 1, 1)
            FROM damm WHERE place <= 12)
        SELECT state FROM damm WHERE place = 13)) AS number
FROM referral;

-- What the receiving organisations answered: a day on which they admit, or a refusal.
CREATE VIEW referral_answer AS
SELECT
    id AS event,
    date(day * 86400, 'unixepoch') AS answered_on,
    iif(status = 2, 'refusal', 'date') AS answer,
    date(planned_on * 86400, 'unixepoch') AS appointed_on,
    iif(status = 2, reason, NULL) AS refusal
FROM referral_event
WHERE status = 2 OR planned_on IS NOT NULL;

-- All referrals with the status of their last move, and what their moves recorded: the last that
-- states it. The columns are those of `cq-refer list`.
CREATE VIEW referral_now AS
SELECT
    (SELECT n.number FROM referral_number AS n WHERE n.id = referral.id) AS number,
    '["issued", "accepted", "rejected", "admitted", "completed", '
        || '"cancelled", "expired"]' ->> status AS status,
    printf('%012d', iin) AS iin,
    '["outpatient", "inpatient", "medical_rehabilitation", '
        || '"psychological_rehabilitation", "sanatorium", "mental_health", '
        || '"day_hospital", "abroad"]' ->> service AS service,
    profile,
    '["local", "astana", "almaty"]' ->> destination AS destination,
    provider, facility, payer, referral, basis, rule, gaps,
    date(issued_on * 86400, 'unixepoch') AS issued_on,
    date(valid_until * 86400, 'unixepoch') AS valid_until,
    '["none", "employee", "family", "pensioner", "child_of_fallen"]' ->> category AS category,
    '[null, "prosecution", "internal_affairs", "anticorruption", '
        || '"economic_investigation", "fire_service", "civil_protection", "courier", "penal"]' ->> agency AS agency,
    certainty, reasons, documents, diagnosis, indication,
    '["planned", "emergency"]' ->> urgency AS urgency,
    from_facility, referrer,
    date(planned_on * 86400, 'unixepoch') AS planned_on,
    ifnull((SELECT e.bureau_code FROM referral_event AS e
        WHERE e.id BETWEEN referral.id << 8 AND (referral.id << 8 | 255) AND e.bureau_code IS NOT NULL
        ORDER BY e.id DESC LIMIT 1), bureau_code) AS bureau_code,
    '["consultation", "training", "psycho_correction"]' ->> measure AS measure,
    '["no", "yes"]' ->> ifnull((SELECT e.consent FROM referral_event AS e
        WHERE e.id BETWEEN referral.id << 8 AND (referral.id << 8 | 255) AND e.consent IS NOT NULL
        ORDER BY e.id DESC LIMIT 1), consent) AS consent,
    '["main_disease", "acute", "surgery", "injury", "chronic", "limited_function"]'
        ->> occasion AS occasion,
    '["own_funds", "voluntary_insurance", "other"]' ->> paid_by AS paid_by,
    ifnull((SELECT e.commission_no FROM referral_event AS e
        WHERE e.id BETWEEN referral.id << 8 AND (referral.id << 8 | 255) AND e.commission_no IS NOT NULL
        ORDER BY e.id DESC LIMIT 1), commission_no) AS commission_no,
    date(ifnull((SELECT e.commission_on FROM referral_event AS e
        WHERE e.id BETWEEN referral.id << 8 AND (referral.id << 8 | 255) AND e.commission_on IS NOT NULL
        ORDER BY e.id DESC LIMIT 1), commission_on) * 86400, 'unixepoch') AS commission_on,
    (SELECT n.number FROM referral_number AS n WHERE n.id = found_in) AS found_in,
    answered_on, answer, appointed_on, refusal,
    fallback,
    date(expected_on * 86400, 'unixepoch') AS expected_on,
    receipt,
    outcome,
    referral.id
FROM referral
LEFT JOIN referral_answer ON event BETWEEN referral.id << 8 AND (referral.id << 8 | 255);
