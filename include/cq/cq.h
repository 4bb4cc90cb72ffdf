/* The library, for programs outside: link libcq.a with sqlite3, libcsv, utf8proc and libsodium; the
 * forms of referrals (cq/referral_output.h) also need qrencode and jansson.
 *
 * A question is answered in four steps: open the law, open the registry, decide, write the answer.
 *
 *     struct cq_err err = {0};
 *     struct cq_law *law = NULL;
 *     struct cq_db db = {0};
 *     struct cq_people *people = NULL;
 *     struct cq_answer roles[CQ_ROLES_MAX];
 *     int64_t iin, run;
 *     int count;
 *
 *     if (cq_law_load(&law, NULL, &err) ||                          // NULL: the built-in tables
 *         cq_db_open(&db, "cq.db", CQ_DB_READ, 5000, &err) ||       // for reading
 *         cq_run_known(&db, INT64_MAX, &run, &err) ||               // the registry as it is now
 *         cq_people_open(&people, &db, law, run, &err))
 *         goto done;
 *     struct cq_request request = cq_request_default(CQ_SERVICE_INPATIENT, cq_date_make(2026, 9, 1));
 *     if (!cq_iin_parse(text, 12, &iin) &&
 *         !cq_people_decide(people, iin, &request, roles, &count, &err))
 *         puts(roles[0].decision.outcome);                          // roles[0] is the answer
 * done:
 *     cq_people_close(people);
 *     cq_db_close(&db);
 *     cq_law_free(law);
 *
 * Without a registry, cq_decide answers from a word of facts (cq/facts.h): see
 * tests/unit/answers/test_library.c, which also writes an answer as a row.
 *
 * A function that can fail returns an enum cq_code, 0 for success, and records the first error
 * in the caller's struct cq_err; the library never prints and never exits. cq_code_text is the
 * English text of a code. Each header says of each function what it takes, what it returns, its
 * errors and who frees. What one thread opened, that thread uses; a law is only read and may be
 * shared. */
#ifndef CQ_CQ_H
#define CQ_CQ_H

/* Values */
#include "cq/date.h"
#include "cq/err.h"
#include "cq/iin.h"
#include "cq/kato.h"
#include "cq/str.h"

/* The law and the decision */
#include "cq/decide.h"
#include "cq/facts.h"
#include "cq/gap_readings.h"
#include "cq/law.h"
#include "cq/lawcheck.h"
#include "cq/lawsql.h"
#include "cq/whynot.h"

/* The registry and its people */
#include "cq/db.h"
#include "cq/person.h"
#include "cq/registry.h"

/* Lists in, answers out */
#include "cq/answer.h"
#include "cq/batch.h"
#include "cq/csvin.h"
#include "cq/csvout.h"
#include "cq/import.h"
#include "cq/lists.h"
#include "cq/report.h"
#include "cq/result.h"

/* Referrals */
#include "cq/issue.h"
#include "cq/referral.h"
#include "cq/referral_output.h"
#include "cq/register.h"
#include "cq/transition.h"
#include "cq/verify.h"

#endif
