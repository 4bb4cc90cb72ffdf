/* The report leaving: who is covered today and loses cover within so many days, when and why. The
 * engine decides for each person and service: the first day on which an answer that entitles turns
 * into one that does not. Without --service the report is on outpatient care, which whoever leaves
 * the contingent loses, and inpatient care, which takes insurance too. */
#include "reports/leaving_sum.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/date.h"
#include "engine/next_change.h"
#include "cq/kato.h"
#include "cq/person.h"
#include "reports/report_private.h"

enum { DAYS = 90 };

static const struct cq_report_column columns[] = {
    {"lost_on", N_("First day without"), CQ_CELL_DAY, false},
    {"cause", N_("Cause"), CQ_CELL_CODE, false},
    {"service", N_("What is lost"), CQ_CELL_CODE, false},
    {"region", N_("Region"), CQ_CELL_CODE, false},
    {"category", N_("Category"), CQ_CELL_CODE, false},
    {"agency", N_("Agency"), CQ_CELL_CODE, false},
    {"iin", N_("IIN"), CQ_CELL_IIN, false},
    {"last_name", N_("Last name"), CQ_CELL_NAME, false},
    {"first_name", N_("First name"), CQ_CELL_NAME, false},
};

struct leaving {
    const struct cq_report_request *request;
    struct cq_report_result *result;
    struct cq_people *people;
    int services[2], service_count;
    int32_t asked, last; /* day asked about; day of the search, which is soon at least */
    struct cq_loss *losses;
    size_t count, room;
};

/* Finds the first day without cover. loss->day is CQ_DAY_MAX if there is none up to the last day;
 * *loss is filled but for its services. */
static enum cq_code find_loss(struct leaving *l, int64_t iin, int service, struct cq_loss *loss,
                              struct cq_err *err)
{
    struct cq_request ask = cq_request_default(service, l->request->day);
    struct cq_answer answers[CQ_ROLES_MAX];
    int count;
    ask.indicated = CQ_YES;
    loss->day = CQ_DAY_MAX;
    enum cq_code code = cq_people_decide(l->people, iin, &ask, answers, &count, err);
    while (!code && answers[0].decision.entitled) {
        code = cq_people_next_change(l->people, iin, &ask, answers, count, err);
        if (code || answers[0].changes_on > l->last)
            return code;
        const struct cq_answer before = answers[0];
        ask.day = before.changes_on;
        code = cq_people_decide(l->people, iin, &ask, answers, &count, err);
        if (!code && !answers[0].decision.entitled)
            *loss = (struct cq_loss){.day = before.changes_on,
                                     .cause = before.change_cause,
                                     .iin = iin,
                                     .version = before.version,
                                     .residence = before.residence,
                                     .category = (int16_t)before.category,
                                     .agency = (int16_t)before.agency};
    }
    return code;
}

static enum cq_code add_loss(struct leaving *l, const struct cq_loss *loss, struct cq_err *err)
{
    struct cq_loss *losses = cq_grow(l->losses, l->count + 1, &l->room, sizeof *losses);
    if (!losses)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    l->losses = losses;
    l->losses[l->count++] = *loss;
    return CQ_OK;
}

/* Finds the losses of one person; those of one day and cause are one. */
static enum cq_code find_person_losses(struct leaving *l, int64_t iin, struct cq_err *err)
{
    struct cq_loss loss[2];
    enum cq_code code = CQ_OK;
    for (int i = 0; i < l->service_count && !code; i++) {
        code = find_loss(l, iin, l->services[i], &loss[i], err);
        loss[i].services = 1u << l->services[i];
    }
    if (!code && l->service_count == 2 && loss[0].day != CQ_DAY_MAX && loss[0].day == loss[1].day &&
        strcmp(loss[0].cause, loss[1].cause) == 0) {
        loss[0].services |= loss[1].services;
        loss[1].day = CQ_DAY_MAX;
    }
    for (int i = 0; i < l->service_count && !code; i++)
        if (loss[i].day != CQ_DAY_MAX)
            code = add_loss(l, &loss[i], err);
    return code;
}

static enum cq_code add_rows(struct leaving *l, struct cq_report_section *rows, struct cq_err *err)
{
    sqlite3_stmt *stmt = NULL;
    enum cq_code code = cq_db_prepare(
        l->request->db, &stmt, "SELECT last_name, first_name FROM person WHERE id = ?1", err);
    for (size_t i = 0; i < l->count && l->losses[i].day <= l->asked && !code; i++) {
        const struct cq_loss *loss = &l->losses[i];
        struct cq_report_result *r = l->result;
        bool row = false;
        char services[96] = "";
        if (!cq_result_has_room(l->request, rows))
            continue;
        for (int s = 0; s < CQ_SERVICES; s++)
            if ((loss->services >> s & 1) != 0)
                snprintf(services + strlen(services), sizeof services - strlen(services), "%s%s",
                         *services != '\0' ? ";" : "", cq_fact_value_name(CQ_FACT_SERVICE, s));
        sqlite3_bind_int64(stmt, 1, loss->version);
        code = cq_db_step(l->request->db, stmt, &row, err);
        cq_result_number(r, rows, loss->day);
        cq_result_word(l->request, r, rows, &columns[1], loss->cause);
        cq_result_word(l->request, r, rows, &columns[2], services);
        cq_result_word_number(l->request, r, rows, &columns[3], cq_kato_region(loss->residence));
        cq_result_word_number(l->request, r, rows, &columns[4], loss->category);
        cq_result_word_number(l->request, r, rows, &columns[5], loss->agency);
        cq_result_iin(l->request, r, rows, loss->iin);
        cq_result_name(l->request, r, rows, stmt, 0);
        cq_result_name(l->request, r, rows, stmt, 1);
        sqlite3_reset(stmt);
    }
    sqlite3_finalize(stmt);
    return code;
}

/* People for whom a list, age or insurance changes in the days ?2 (exclusive) to ?3, and whom such
 * people sponsor; births ?4 to ?5 come of age, cover paid until ?6 to ?7 runs out. It may select
 * too many people, never too few: the engine decides. */
#define DATED " (valid_to > ?2 AND valid_to <= ?3 OR valid_from > ?2 AND valid_from <= ?3)"
static const char affected_sql[] =
    "SELECT id >> 23 FROM person WHERE" CQ_SQL_KNOWN " AND (" DATED
    " OR birth_date BETWEEN ?4 AND ?5 OR sponsor_iin IN"
    " (SELECT id >> 23 FROM person WHERE" CQ_SQL_KNOWN " AND" DATED "))"
    " UNION SELECT id >> 23 FROM insurance WHERE" CQ_SQL_KNOWN " AND (" DATED
    " OR insured AND paid_until BETWEEN ?6 AND ?7)"
    " UNION SELECT id >> 23 FROM presidential WHERE" CQ_SQL_KNOWN " AND" DATED " ORDER BY 1";

/* Whether something changes that affects everybody: the law, or a facility. */
static enum cq_code affects_all(const struct leaving *l, bool *all, struct cq_err *err)
{
    const int64_t params[] = {l->result->run, l->request->day, l->last};
    int64_t facilities = 0;
    int32_t *days = NULL;
    size_t count = 0;
    enum cq_code code =
        cq_report_count(l->request, "SELECT count(*) FROM facility WHERE" CQ_SQL_KNOWN " AND" DATED,
                        params, &facilities, err);
    if (!code)
        code = cq_law_days(l->request->law, &days, &count, err);
    *all = facilities > 0;
    for (size_t i = 0; i < count && !code; i++)
        *all = *all || (days[i] > l->request->day && days[i] <= l->last);
    free(days);
    return code;
}

/* The first day of the month so many months before that of a day. */
static int32_t month_before(int32_t day, int32_t months)
{
    int year, month, mday;
    cq_date_split(day, &year, &month, &mday);
    month -= months;
    while (month < 1) {
        month += 12;
        year--;
    }
    return cq_date_make(year, month, 1);
}

static enum cq_code find_affected(struct leaving *l, struct cq_err *err)
{
    int32_t day = l->request->day;
    int32_t years = (int32_t)cq_law_parameter(l->request->law, "majority_years", day);
    int32_t tail = (int32_t)cq_law_parameter(l->request->law, "insurance_tail_months", day);
    /* Cover ends with the month that is tail months after the one paid for. */
    const int64_t params[] = {l->result->run,
                              day,
                              l->last,
                              day - years * 366 - 1,
                              l->last - years * 365,
                              month_before(day, tail),
                              month_before(l->last, tail) - 1};
    sqlite3_stmt *stmt = NULL;
    bool row = true;
    enum cq_code code = cq_db_prepare(l->request->db, &stmt, affected_sql, err);
    for (int i = 0; i < 7 && !code; i++)
        sqlite3_bind_int64(stmt, i + 1, params[i]);
    while (!code && row) {
        code = cq_db_step(l->request->db, stmt, &row, err);
        if (!code && row)
            code = find_person_losses(l, sqlite3_column_int64(stmt, 0), err);
    }
    sqlite3_finalize(stmt);
    return code;
}

static enum cq_code find_everybody(struct leaving *l, struct cq_err *err)
{
    int64_t iin = 0;
    enum cq_code code = CQ_OK;
    while (!code) {
        code = cq_people_next(l->people, iin, l->request->day, l->request->day + 1, &iin, err);
        if (code || iin == 0)
            break;
        code = find_person_losses(l, iin, err);
    }
    return code;
}

static enum cq_code find_losses(struct leaving *l, struct cq_err *err)
{
    bool all = false;
    enum cq_code code =
        cq_people_open(&l->people, l->request->db, l->request->law, l->result->run, err);
    if (!code)
        code = affects_all(l, &all, err);
    if (!code)
        code = all ? find_everybody(l, err) : find_affected(l, err);
    cq_people_close(l->people);
    return code;
}

enum cq_code cq_report_leaving(const struct cq_report_request *request,
                               struct cq_report_result *result, struct cq_err *err)
{
    struct leaving l = {.request = request,
                        .result = result,
                        .services = {CQ_SERVICE_OUTPATIENT, CQ_SERVICE_INPATIENT},
                        .service_count = 2,
                        .asked = request->day + (int32_t)(request->days ? request->days : DAYS),
                        .last = request->day + CQ_LEAVING_SOON};
    if (l.last < l.asked)
        l.last = l.asked;
    struct cq_report_section *rows = CQ_SECTION(result, "rows", columns);
    rows->title = N_("Person by person");
    rows->people = true;
    if (request->service != CQ_UNKNOWN) {
        l.services[0] = request->service;
        l.service_count = 1;
    }
    enum cq_code code = find_losses(&l, err);
    if (!code && l.count > 0)
        qsort(l.losses, l.count, sizeof *l.losses, cq_loss_by_day);
    if (!code)
        code = add_rows(&l, rows, err);
    if (!code)
        code = cq_leaving_sum(request, result, l.losses, l.count, l.asked, err);
    result->has_day = true;
    result->summary = N_("Who is covered on %s and will not be soon: by the lists and the law as "
                         "they are known, with medical indications taken as given.");
    free(l.losses);
    return code;
}
