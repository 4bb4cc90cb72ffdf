/* The checks that are a query: each returns a count that should be 0. */
#include "reports/check_queries.h"

#include "cq/registry.h"
#include "result/result_private.h"

#define OPEN "run_to IS NULL"
#define LISTS(select)                                                                              \
    "SELECT sum(n) FROM (SELECT " select " AS n FROM person UNION ALL SELECT " select              \
    " FROM facility UNION ALL SELECT " select " FROM insurance UNION ALL SELECT " select           \
    " FROM presidential UNION ALL SELECT " select " FROM card UNION ALL SELECT " select            \
    " FROM verdict UNION ALL SELECT " select " FROM calendar)"
#define OVERLAP(table)                                                                             \
    "SELECT count(*) FROM " table " AS a JOIN " table " AS b"                                      \
    " ON b.id > a.id AND b.id < ((a.id >> 19) + 1) << 19"                                          \
    " WHERE a.run_to IS NULL AND b.run_to IS NULL"                                                 \
    " AND (a.valid_from IS NULL OR b.valid_to IS NULL OR a.valid_from < b.valid_to)"               \
    " AND (b.valid_from IS NULL OR a.valid_to IS NULL OR b.valid_from < a.valid_to)"
#define OLDER(kind, days)                                                                          \
    "SELECT count(*) FROM (SELECT max(list_date) AS day FROM run WHERE kind = '" kind              \
    "' AND mode <> 'undo' AND id <= ?1 AND " CQ_SQL_IN_FORCE("?1") ") WHERE day < ?2 - " days
#define LAST_EVENT(column)                                                                         \
    "(SELECT e." column " FROM referral_event AS e WHERE e.id BETWEEN r.id << 8 AND"               \
    " (r.id << 8 | 255) ORDER BY e.id DESC LIMIT 1)"
#define PAIRS                                                                                      \
    " FROM referral_event AS a JOIN referral_event AS b ON b.id = a.id + 1"                        \
    " WHERE a.id >> 8 = b.id >> 8"

const struct cq_check cq_checks[] = {
    {"integrity", CQ_ERROR, N_("pages or indexes of the file that are damaged"),
     N_("stop writing; bring the last backup back and import the lists since then again"),
     "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"},
    {"foreign_keys", CQ_ERROR, N_("rows that point at a run which is not there"),
     N_("bring the last backup back; find out which program besides cq writes the file"),
     "SELECT count(*) FROM pragma_foreign_key_check"},
    {"run_moments", CQ_ERROR, N_("runs whose moment does not lie after that of the run before"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM run AS a JOIN run AS b ON b.id = a.id + 1 WHERE b.at <= a.at"},
    {"run_future", CQ_ERROR, N_("runs whose moment lies in the future"),
     N_("set the clock of this machine right, or of the one that imported"),
     "SELECT count(*) FROM run WHERE at > ?3 + 60000"},
    {"run_gaps", CQ_ERROR, N_("numbers of runs that are missing"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT coalesce(max(id), 0) - count(*) FROM run"},
    {"run_counts", CQ_ERROR, N_("runs whose rows read are not those accepted and rejected"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM run WHERE mode <> 'undo'"
     " AND read <> added + changed + unchanged + rejected"},
    {"run_undo", CQ_ERROR, N_("undo runs that take back a later run or none"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM run WHERE mode = 'undo'"
     " AND (undoes IS NULL OR undoes >= id) OR mode <> 'undo' AND undoes IS NOT NULL"},
    {"run_undone_twice", CQ_ERROR, N_("undo runs that take back a run that was taken back already"),
     N_("compare the rows of both with the lists, and import those again"),
     "SELECT count(*) FROM run AS b JOIN run AS a ON a.undoes = b.undoes AND a.id < b.id"
     " WHERE NOT EXISTS (SELECT 1 FROM run AS c WHERE c.undoes = a.id AND c.id < b.id)"},
    {"run_rejected", CQ_ERROR, N_("runs whose rejected rows are not as many as they count"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM run WHERE id >= (SELECT min(run) FROM run_agency)"
     " AND rejected <> (SELECT count(*) FROM rejected AS r WHERE r.run = run.id)"},
    {"run_named", CQ_ERROR, N_("lists of people of which it is not known whom they name"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM run WHERE id > (SELECT min(run) FROM run_agency) AND kind = 'contingent'"
     " AND mode <> 'undo' AND read > rejected"
     " AND NOT EXISTS (SELECT 1 FROM run_agency AS a WHERE a.run = run.id)"},
    {"run_agencies", CQ_ERROR, N_("lists whose agencies have more rows or warnings than the list"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM run WHERE read < (SELECT coalesce(sum(a.read), 0) FROM run_agency AS a"
     " WHERE a.run = run.id) OR warnings < (SELECT coalesce(sum(a.warnings), 0) FROM run_agency"
     " AS a WHERE a.run = run.id) OR rejected < (SELECT coalesce(sum(a.rejected), 0) FROM"
     " run_agency AS a WHERE a.run = run.id)"},
    {"version_runs", CQ_ERROR, N_("rows that no run brought"),
     N_("the file was changed by hand: compare with the backup"),
     LISTS("count(CASE WHEN run_from < 1 OR run_from > (SELECT max(id) FROM run) THEN 1 END)")},
    {"version_ends", CQ_ERROR, N_("rows that ended before they came, or by no run"),
     N_("the file was changed by hand: compare with the backup"),
     LISTS("count(CASE WHEN run_to < run_from OR run_to > (SELECT max(id) FROM run) THEN 1 END)")},
    {"version_days", CQ_WARNING, N_("rows that hold on no day: their end is not after their start"),
     N_("ask the HR service for the right days and import them"),
     LISTS("count(CASE WHEN valid_to <= valid_from AND run_to IS NULL THEN 1 END)")},
    {"overlap_person", CQ_ERROR, N_("entries of one person and agency that hold on the same days"),
     N_("import the agency's whole list again"), OVERLAP("person")},
    {"overlap_insurance", CQ_ERROR, N_("rows of the Fund for one person on the same days"),
     N_("import the Fund's list again"), OVERLAP("insurance")},
    {"overlap_presidential", CQ_ERROR,
     N_("rows of the President's Affairs list for one person on the same days"),
     N_("import the list again"), OVERLAP("presidential")},
    {"overlap_card", CQ_ERROR, N_("outpatient cards of one person on the same days"),
     N_("import the list of cards again"), OVERLAP("card")},
    {"overlap_facility", CQ_ERROR, N_("rows of one facility and service on the same days"),
     N_("import the list of facilities again"), OVERLAP("facility")},
    {"list_overdue", CQ_WARNING, N_("agencies whose last list is older than 31 days"),
     N_("ask the HR service for a new list (R78:14.1)"),
     "SELECT count(*) FROM (SELECT max(list_date) AS day FROM run WHERE kind = 'contingent'"
     " AND mode <> 'undo' AND id <= ?1 AND " CQ_SQL_IN_FORCE(
         "?1") " GROUP BY agency) WHERE day < ?2 - 31"},
    {"list_none", CQ_WARNING, N_("no list of people has ever been imported"),
     N_("import the lists of the HR services"),
     "SELECT NOT EXISTS (SELECT 1 FROM run WHERE kind = 'contingent' AND id <= ?1)"},
    {"insurance_overdue", CQ_WARNING, N_("the Fund's list is older than 31 days"),
     N_("ask the Fund for a new list"), OLDER("insurance", "31")},
    {"facilities_overdue", CQ_WARNING, N_("the list of facilities is older than a year"),
     N_("ask for a new list of facilities"), OLDER("facilities", "366")},
    {"insurance_unknown", CQ_NOTICE, N_("people in the Fund's list whom no HR list names"),
     N_("nothing to do; many of them are a sign of a missing HR list"),
     "SELECT count(*) FROM insurance AS i WHERE" CQ_SQL_NOW
     " AND NOT EXISTS (SELECT 1 FROM person AS p WHERE p.id >= i.id >> 23 << 23"
     " AND p.id < ((i.id >> 23) + 1) << 23)"},
    {"facility_owner", CQ_ERROR, N_("facilities that have two owners"),
     N_("mend the list of facilities: one code, one owner"),
     "SELECT count(*) FROM (SELECT 1 FROM facility WHERE" CQ_SQL_NOW
     " GROUP BY facility HAVING min(owner) <> max(owner))"},
    {"facility_capacity", CQ_NOTICE, N_("inpatient departments of MVD-MOs without a capacity"),
     N_("add the number of beds to the list of facilities"),
     "SELECT count(*) FROM facility WHERE owner = 0 AND service = 1 AND capacity IS NULL "
     "AND" CQ_SQL_NOW},
    {"overlap_verdict", CQ_ERROR, N_("verdicts about one pair that hold on the same days"),
     N_("import the list of verdicts again"), OVERLAP("verdict")},
    {"overlap_calendar", CQ_ERROR, N_("days of the calendar that are stated twice"),
     N_("import the list of the calendar again"), OVERLAP("calendar")},
    {"verdict_unknown", CQ_WARNING, N_("verdicts about somebody whom no list names any more"),
     N_("take the run back that brought them, or import the list that names these people"),
     "SELECT count(*) FROM verdict AS v WHERE" CQ_SQL_NOW " AND (NOT EXISTS"
     " (SELECT 1 FROM person AS p WHERE p.id >= v.iin << 23 AND p.id < (v.iin + 1) << 23"
     " AND p.run_from <= ?1 AND (p.run_to IS NULL OR p.run_to > ?1)) OR NOT EXISTS"
     " (SELECT 1 FROM person AS p WHERE p.id >= v.other_iin << 23 AND p.id < (v.other_iin + 1) << "
     "23"
     " AND p.run_from <= ?1 AND (p.run_to IS NULL OR p.run_to > ?1)))"},
    {"card_facility", CQ_WARNING, N_("outpatient cards kept at a facility that no list names"),
     N_("mend the code in the list of cards or add the facility"),
     "SELECT count(*) FROM card WHERE" CQ_SQL_NOW
     " AND facility NOT IN (SELECT facility FROM facility)"},
    {"no_card", CQ_NOTICE, N_("people without an outpatient card"),
     N_("`cq-report registration` lists them; open a card for each (R78:14.3), or import the list "
        "of "
        "cards"),
     "SELECT (SELECT count(DISTINCT id >> 23) FROM person WHERE" CQ_SQL_NOW ")"
     " - (SELECT count(*) FROM (SELECT DISTINCT c.id >> 23 AS iin FROM card AS c WHERE" CQ_SQL_NOW
     ") AS k WHERE EXISTS (SELECT 1 FROM person AS p WHERE p.id >= k.iin << 23"
     " AND p.id < (k.iin + 1) << 23 AND" CQ_SQL_NOW "))"},
    {"referral_status", CQ_ERROR, N_("referrals whose state is not that of their last move"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM referral AS r WHERE status IS NOT " LAST_EVENT("status")},
    {"referral_issue", CQ_ERROR, N_("referrals that do not begin with their issue"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM referral AS r WHERE NOT EXISTS (SELECT 1 FROM referral_event AS e"
     " WHERE e.id = (r.id << 8 | 1) AND e.status = 0 AND e.day = r.issued_on)"},
    {"referral_moves", CQ_ERROR, N_("moves of referrals that are not allowed"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*)" PAIRS " AND NOT (a.status = 0 AND b.status IN (1, 2, 5, 6)"
     " OR a.status = 1 AND b.status IN (3, 5, 6) OR a.status = 3 AND b.status = 4)"},
    {"referral_moments", CQ_ERROR, N_("moves of referrals whose moment ran backwards"),
     N_("set the clock right; the order of the moves holds all the same"),
     "SELECT count(*)" PAIRS " AND b.at < a.at"},
    {"referral_numbers", CQ_ERROR, N_("referral numbers that are missing in their row"),
     N_("numbers are given without gaps: compare with the backup"),
     "SELECT coalesce(sum(gaps), 0) FROM (SELECT max(serial) - count(*) AS gaps FROM referral"
     " GROUP BY region, year)"},
    {"referral_frozen", CQ_ERROR, N_("referrals without the decision they rest on"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM referral WHERE outcome NOT IN ('eligible', 'conditional')"
     " OR facts = 0 OR length(law) <> 64 OR coalesce(rule, '') = '' OR coalesce(basis, '') = ''"},
    {"referral_days", CQ_ERROR, N_("referrals that end or are planned before they begin"),
     N_("cancel and issue them again"),
     "SELECT count(*) FROM referral WHERE valid_until < issued_on OR planned_on < issued_on"},
    {"referral_run", CQ_ERROR, N_("referrals that rest on a run which is not there"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM referral WHERE run > (SELECT coalesce(max(id), 0) FROM run)"},
    {"referral_facility", CQ_WARNING, N_("referrals to a facility that no list names"),
     N_("mend the list of facilities, or cancel and issue again"),
     "SELECT count(*) FROM referral WHERE facility IS NOT NULL AND status IN (0, 1)"
     " AND facility NOT IN (SELECT facility FROM facility)"},
    {"referral_overdue", CQ_WARNING, N_("open referrals past their last day"),
     N_("`cq-refer expire` closes them; `cq-report overdue` lists them"),
     "SELECT count(*) FROM referral WHERE status IN (0, 1) AND valid_until < ?2"},
    {"audit_runs", CQ_ERROR, N_("runs without a line in the log"),
     N_("the file was changed by hand, or by an older cq: compare with the backup"),
     "SELECT count(*) FROM run WHERE NOT EXISTS (SELECT 1 FROM audit"
     " WHERE action IN ('import', 'undo') AND subject = run.id)"},
    {"audit_hashes", CQ_ERROR, N_("runs whose file is another than the log says"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM audit JOIN run ON run.id = audit.subject"
     " WHERE action = 'import' AND detail <> file_hash"},
    {"audit_moments", CQ_ERROR, N_("lines of the log whose moment ran backwards"),
     N_("the file was changed by hand: compare with the backup"),
     "SELECT count(*) FROM audit AS a JOIN audit AS b ON b.id = a.id + 1 WHERE b.at < a.at"},
    {"law_changed", CQ_NOTICE, N_("the last run knew other law tables than this program"),
     N_("compare with `cq-eligible --against` before deciding"), NULL},
    {NULL, CQ_NOTICE, NULL, NULL, NULL},
};
