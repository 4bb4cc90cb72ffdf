/* A list can take cover from people in many ways: by whom it does not name, by an end, a category,
 * an empty column, another place. So the people it touches are decided before and after. */
#include "import/effects.h"

#include <stdlib.h>
#include <string.h>

#include "base/vec.h"
#include "cq/kato.h"
#include "cq/person.h"

/* A person to be decided, and the columns that changed: the own ones, or those of the sponsor. */
struct cq_touched {
    int64_t iin;
    uint64_t columns;
};

#define BIT(column) ((uint64_t)1 << (column))

/* What an answer about the family rests on in the sponsor's row. */
#define SPONSOR_COLUMNS                                                                            \
    (CQ_EFFECT_ABSENT | BIT(CQ_P_CATEGORY) | BIT(CQ_P_AGENCY) | BIT(CQ_P_VALID_FROM) |             \
     CQ_EFFECT_SOON | BIT(CQ_P_BIRTH_DATE))

/* The columns of the list of people that each fact comes from. */
static const uint64_t fact_columns[CQ_FACTS] = {
    [CQ_FACT_CATEGORY] = CQ_EFFECT_ABSENT | BIT(CQ_P_CATEGORY) | BIT(CQ_P_VALID_FROM) |
                         BIT(CQ_P_VALID_TO) | BIT(CQ_P_KILLED_ON) | BIT(CQ_P_BIRTH_DATE),
    [CQ_FACT_BODY] = BIT(CQ_P_AGENCY) | BIT(CQ_P_SPONSOR_IIN),
    [CQ_FACT_SPECIAL_RANK] = BIT(CQ_P_SPECIAL_RANK) | BIT(CQ_P_RANK),
    [CQ_FACT_SPONSOR] = BIT(CQ_P_SPONSOR_IIN),
    [CQ_FACT_KIN] = BIT(CQ_P_RELATION) | BIT(CQ_P_BIRTH_DATE) | BIT(CQ_P_STUDENT_UNTIL) |
                    BIT(CQ_P_DISABLED_BEFORE_18) | BIT(CQ_P_DEPENDENT),
    [CQ_FACT_CORESIDENT] = BIT(CQ_P_CORESIDENT),
    [CQ_FACT_MINOR] = BIT(CQ_P_BIRTH_DATE),
    [CQ_FACT_HOME] = BIT(CQ_P_RESIDENCE),
    [CQ_FACT_PLACE] = BIT(CQ_P_RESIDENCE) | BIT(CQ_P_SERVICE_PLACE),
    [CQ_FACT_DESTINATION] = BIT(CQ_P_RESIDENCE) | BIT(CQ_P_SERVICE_PLACE),
    [CQ_FACT_PRESIDENTIAL] = BIT(CQ_P_PRESIDENTIAL),
    [CQ_FACT_DUTY_INJURY] = BIT(CQ_P_DUTY_INJURY),
};

static enum cq_code add(struct cq_touched_list *list, int64_t iin, uint64_t columns,
                        struct cq_err *err)
{
    struct cq_touched *grown = cq_grow(list->list, list->count + 1, &list->room, sizeof *grown);
    if (!grown)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    list->list = grown;
    grown[list->count++] = (struct cq_touched){iin, columns};
    return CQ_OK;
}

/* An end that a list states takes cover on a later day than its own, where nobody looks: how far one
 * is looked for. */
static int32_t horizon(const struct cq_import_job *job)
{
    int32_t list = job->import->list_date, today = job->import->today;
    return (list > today ? list : today) + CQ_DAYS_AHEAD;
}

static bool ends_soon(const struct cq_value *end, int32_t day)
{
    return end->present && end->number <= day;
}

uint64_t cq_import_soon(const struct cq_import_job *job, uint64_t columns,
                        const struct cq_value *was, const struct cq_value *is)
{
    int32_t day = horizon(job);
    int end = job->list.end, study = CQ_P_STUDENT_UNTIL;
    bool soon = end >= 0 && columns & BIT(end) &&
                (ends_soon(&was[end], day) || ends_soon(&is[end], day));
    if (job->list.kind == CQ_KIND_CONTINGENT && columns & BIT(study))
        soon = soon || ends_soon(&was[study], day) || ends_soon(&is[study], day);
    return soon ? CQ_EFFECT_SOON : 0;
}

enum cq_code cq_import_touch(struct cq_import_job *job, int64_t key, uint64_t columns,
                             struct cq_err *err)
{
    struct cq_touched_list *touched = &job->touched;
    int64_t iin = key >> CQ_AGENCY_BITS;
    if (job->list.kind == CQ_KIND_CARDS || job->list.kind == CQ_KIND_VERDICTS ||
        job->list.kind == CQ_KIND_CALENDAR)
        return CQ_OK;
    if (job->list.kind == CQ_KIND_FACILITIES) {
        job->facility_columns |= columns & ~(BIT(CQ_F_NAME_KK) | BIT(CQ_F_NAME_RU) |
                                             BIT(CQ_F_NAME_EN) | BIT(CQ_F_CAPACITY));
        return CQ_OK;
    }
    if (touched->count > 0 && touched->list[touched->count - 1].iin == iin) {
        touched->list[touched->count - 1].columns |= columns;
        return CQ_OK;
    }
    return add(touched, iin, columns, err);
}

/* The registry before and after the run, and what is asked of it. */
struct effects {
    struct cq_import_job *job;
    struct cq_people *before, *after;
    sqlite3_stmt *referrals, *family;
    struct cq_touched_list relatives;
    int32_t days[3]; /* the last one for those whose end was stated only */
    int day_count;   /* without it */
};

/* What the run changes for one person. */
struct change {
    bool loses, gains;
    uint64_t facts; /* bits that differ in answers that are lost or gained */
    int category, region;
};

static int region_of(const struct cq_answer *answer)
{
    return answer->residence ? cq_kato_region(answer->residence) : 0;
}

/* Whether a person belongs to the contingent, whatever is not known of the case. */
static bool belongs(const struct cq_answer *answer)
{
    return strcmp(answer->decision.outcome, "not_contingent") != 0;
}

static void compare(const struct cq_answer *was, const struct cq_answer *is, struct change *change)
{
    bool loses = (was->decision.entitled && !is->decision.entitled) ||
                 (belongs(was) && !belongs(is));
    bool gains = !loses && is->decision.entitled && !was->decision.entitled;
    const struct cq_answer *entitled = loses ? was : is;
    if (!loses && !gains)
        return;
    if (loses || !change->loses) {
        change->category = entitled->category == CQ_UNKNOWN ? CQ_CATEGORY_NONE : entitled->category;
        change->region = region_of(entitled);
    }
    change->facts |= was->facts ^ is->facts;
    change->loses = change->loses || loses;
    change->gains = change->gains || gains;
}

/* The columns that changed and that the facts come from; all that changed where none does. */
static uint64_t find_columns(const struct cq_import_job *job, const struct change *change,
                             uint64_t columns)
{
    uint64_t from = 0;
    columns &= ~CQ_EFFECT_SOON;
    if (job->list.kind != CQ_KIND_CONTINGENT || columns & CQ_EFFECT_SPONSOR)
        return columns;
    for (int i = 0; i < CQ_FACTS; i++)
        if (change->facts & cq_fact_field((enum cq_fact)i))
            from |= fact_columns[i];
    if ((from & columns) == 0 && change->facts & cq_fact_field(CQ_FACT_SPONSOR))
        return CQ_EFFECT_SPONSOR;
    return from & columns ? from & columns : columns;
}

static enum cq_code count_referrals(struct effects *e, int64_t iin, int64_t *count,
                                    struct cq_err *err)
{
    bool row = false;
    sqlite3_reset(e->referrals);
    sqlite3_bind_int64(e->referrals, 1, iin);
    enum cq_code code = cq_db_step(e->job->db, e->referrals, &row, err);
    if (!code && row)
        *count += sqlite3_column_int64(e->referrals, 0);
    return code;
}

/* The group of people that a change belongs to; it is added where it is not there yet. */
static struct cq_import_effect *find_group(struct cq_import_result *r, const struct change *change,
                                           uint64_t columns)
{
    for (size_t i = 0; i < r->effect_count; i++)
        if (r->effects[i].category == change->category && r->effects[i].region == change->region &&
            r->effects[i].columns == columns)
            return &r->effects[i];
    struct cq_import_effect *grown =
        cq_grow(r->effects, r->effect_count + 1, &r->effect_room, sizeof *grown);
    if (!grown)
        return NULL;
    r->effects = grown;
    grown[r->effect_count] = (struct cq_import_effect){
        .category = change->category, .region = change->region, .columns = columns};
    return &grown[r->effect_count++];
}

/* Whether a full list of people ends the row itself, or that of the sponsor. */
static bool is_absence(const struct cq_import_job *job, uint64_t columns)
{
    return job->import->full && job->run.undoes == 0 && job->list.kind != CQ_KIND_FACILITIES &&
           columns & CQ_EFFECT_ABSENT;
}

static enum cq_code count_change(struct effects *e, int64_t iin, const struct change *change,
                                 uint64_t columns, struct cq_err *err)
{
    struct cq_import_result *r = e->job->result;
    struct cq_import_effect *group = find_group(r, change, find_columns(e->job, change, columns));
    if (!group)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    group->loses += change->loses;
    group->gains += change->gains && !change->loses;
    r->losing += change->loses;
    r->losing_absent += change->loses && is_absence(e->job, columns);
    r->gaining += change->gains && !change->loses;
    return change->loses ? count_referrals(e, iin, &group->referrals, err) : CQ_OK;
}

/* Decides for one person, before and after. */
static enum cq_code decide(struct effects *e, int64_t iin, uint64_t columns, struct cq_err *err)
{
    static const int services[] = {CQ_SERVICE_OUTPATIENT, CQ_SERVICE_INPATIENT};
    struct cq_answer was[CQ_ROLES_MAX], is[CQ_ROLES_MAX];
    struct change change = {0};
    enum cq_code code = CQ_OK;
    int count, days = e->day_count + ((columns & CQ_EFFECT_SOON) != 0);
    for (int i = 0; i < 2 * days && !code; i++) {
        struct cq_request request = cq_request_default(services[i % 2], e->days[i / 2]);
        code = cq_people_decide(e->before, iin, &request, was, &count, err);
        if (!code)
            code = cq_people_decide(e->after, iin, &request, is, &count, err);
        if (!code)
            compare(&was[0], &is[0], &change);
    }
    e->job->result->watched++;
    return code || (!change.loses && !change.gains) ? code
                                                    : count_change(e, iin, &change, columns, err);
}

/* Adds the family of a person in whose row something changed that its answers rest on. */
static enum cq_code add_family(struct effects *e, const struct cq_touched *sponsor,
                               struct cq_err *err)
{
    uint64_t columns = sponsor->columns & SPONSOR_COLUMNS;
    if (columns & CQ_EFFECT_SOON)
        columns |= sponsor->columns & BIT(CQ_P_VALID_TO);
    bool row = true;
    enum cq_code code = CQ_OK;
    if (columns == 0)
        return CQ_OK;
    sqlite3_reset(e->family);
    sqlite3_bind_int64(e->family, 1, sponsor->iin);
    while (!code && row) {
        code = cq_db_step(e->job->db, e->family, &row, err);
        if (!code && row)
            code = add(&e->relatives, sqlite3_column_int64(e->family, 0),
                       columns | CQ_EFFECT_SPONSOR, err);
    }
    return code;
}

static int by_iin(const void *a, const void *b)
{
    int64_t x = ((const struct cq_touched *)a)->iin, y = ((const struct cq_touched *)b)->iin;
    return (x > y) - (x < y);
}

static bool is_touched(const struct cq_import_job *job, int64_t iin)
{
    const struct cq_touched key = {iin, 0};
    return job->touched.count > 0 &&
           bsearch(&key, job->touched.list, job->touched.count, sizeof key, by_iin);
}

/* Moves a scan of people on to the first that is not before a person. */
static enum cq_code move_on(struct effects *e, struct cq_people *people, int64_t *at, int64_t iin,
                            struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    while (!code && *at < iin) {
        code = cq_people_next(people, *at, e->days[0], e->days[e->day_count] + 1, at, err);
        if (*at == 0)
            *at = INT64_MAX;
    }
    return code;
}

static enum cq_code decide_touched(struct effects *e, struct cq_err *err)
{
    const struct cq_touched_list *touched = &e->job->touched;
    struct cq_touched_list *relatives = &e->relatives;
    /* Look-ups cost several times as much a person as a scan does. */
    bool scan = e->job->scan && (int64_t)touched->count * 8 > e->job->named;
    int64_t before = 0, after = 0;
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < touched->count && !code; i++) {
        if (scan)
            code = move_on(e, e->before, &before, touched->list[i].iin, err);
        if (scan && !code)
            code = move_on(e, e->after, &after, touched->list[i].iin, err);
        if (!code)
            code = decide(e, touched->list[i].iin, touched->list[i].columns, err);
        if (!code && e->job->list.kind == CQ_KIND_CONTINGENT)
            code = add_family(e, &touched->list[i], err);
    }
    if (relatives->count > 1)
        qsort(relatives->list, relatives->count, sizeof *relatives->list, by_iin);
    for (size_t i = 0; i < relatives->count && !code; i++) {
        const struct cq_touched *one = &relatives->list[i];
        if ((i == 0 || one->iin != one[-1].iin) && !is_touched(e->job, one->iin)) {
            code = decide(e, one->iin, one->columns, err);
            e->job->named++;
        }
    }
    return code;
}

/* Where a facility changes, the place of everybody may. */
static enum cq_code decide_everybody(struct effects *e, struct cq_err *err)
{
    int32_t first = e->days[0], last = e->days[e->day_count];
    int64_t iin = 0, other = 0;
    enum cq_code code;
    do {
        code = cq_people_next(e->before, iin, first, last + 1, &iin, err);
        if (!code)
            code = cq_people_next(e->after, other, first, last + 1, &other, err);
        if (code || iin == 0)
            break;
        code = decide(e, iin, e->job->facility_columns, err);
    } while (!code);
    e->job->named = e->job->result->watched;
    return code;
}

static enum cq_code open(struct effects *e, struct cq_err *err)
{
    /* issued, accepted, admitted */
    static const char referrals[] =
        "SELECT count(*) FROM referral WHERE iin = ?1 AND status IN (0, 1, 3)";
    static const char family[] =
        "SELECT DISTINCT id >> 23 FROM person WHERE sponsor_iin = ?1 AND (run_to IS NULL OR"
        " run_to = (SELECT max(id) FROM run))";
    const struct cq_import_job *job = e->job;
    const struct cq_law *law = job->import->law;
    enum cq_code code = cq_people_open(&e->before, job->db, law, job->run.id - 1, err);
    if (!code)
        code = cq_people_open(&e->after, job->db, law, job->run.id, err);
    if (!code)
        code = cq_db_prepare(job->db, &e->referrals, referrals, err);
    if (!code)
        code = cq_db_prepare(job->db, &e->family, family, err);
    return code;
}

/* The days that are asked about, in order. */
static void set_days(struct effects *e)
{
    int32_t list = e->job->import->list_date, today = e->job->import->today;
    e->days[0] = list < today ? list : today;
    e->days[1] = list < today ? today : list;
    e->day_count = list == today ? 1 : 2;
    e->days[e->day_count] = horizon(e->job);
}

enum cq_code cq_import_find_effects(struct cq_import_job *job, struct cq_err *err)
{
    struct effects e = {.job = job};
    if (job->touched.count == 0 && job->facility_columns == 0)
        return CQ_OK;
    set_days(&e);
    enum cq_code code = open(&e, err);
    if (!code)
        code = job->list.kind == CQ_KIND_FACILITIES ? decide_everybody(&e, err)
                                                    : decide_touched(&e, err);
    sqlite3_finalize(e.referrals);
    sqlite3_finalize(e.family);
    cq_people_close(e.before);
    cq_people_close(e.after);
    free(e.relatives.list);
    return code;
}
