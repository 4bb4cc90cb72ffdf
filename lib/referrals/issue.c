/* The intake: decides a request and, if it is entitled, keeps it as a draft. */
#include "cq/issue.h"

#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/kato.h"
#include "cq/list.h"
#include "engine/receipt.h"
#include "referrals/case.h"
#include "referrals/conditions.h"
#include "referrals/drafts.h"
#include "referrals/places.h"
#include "referrals/provenance.h"

/* "undetermined: missing_facts: insured;place": codes only. */
static enum cq_code report_refusal(struct cq_intake *intake, const struct cq_decision *decision)
{
    struct cq_str *why = &intake->composed;
    enum cq_code code = CQ_OK;
    cq_str_clear(why);
    cq_str_puts(why, decision->outcome);
    if (decision->reasons[0])
        cq_str_printf(why, ": %s", decision->reasons);
    if (decision->missing) {
        cq_str_puts(why, ": ");
        code = cq_decision_missing(decision->missing, why);
    }
    if (!code)
        code = why->failed;
    if (!code)
        cq_intake_report(intake, CQ_R_NOT_ENTITLED, -1, why->ptr);
    return code;
}

/* the decision is that of its day, but the child may be of age when it is admitted. */
static void warn_of_age(struct cq_intake *intake, const struct cq_answer *answer, int32_t day,
                        const struct cq_value *planned)
{
    if (!planned->present || answer->birth == CQ_DAY_MIN ||
        !cq_category_has_sponsor(answer->category))
        return;
    int years = (int)cq_law_parameter(intake->options->law, "majority_years", day);
    int32_t of_age = cq_date_birthday(answer->birth, years);
    if (day < of_age && of_age <= planned->number)
        cq_intake_report(intake, CQ_W_TURNS_18, CQ_REQUEST_PLANNED_ON, NULL);
}

/* The region of the number: of who refers, else where the person lives, else serves, else where
 * they are sent; 0 if nothing is known. */
static int region_of(const struct cq_intake *intake, const struct cq_answer *answer,
                     const struct cq_text *from_facility, const struct cq_text *facility)
{
    const struct cq_intake_facility *from = cq_intake_find_facility(intake, from_facility);
    const struct cq_intake_facility *to = cq_intake_find_facility(intake, facility);
    const int32_t places[] = {from ? from->kato : 0, answer->residence, answer->service_place,
                              to ? to->kato : 0};
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i] != 0)
            return cq_kato_region(places[i]);
    return 0;
}

static int choice_of(const struct cq_value *value)
{
    return value->present ? (int)value->number : CQ_UNKNOWN;
}

static int32_t day_of(const struct cq_value *value)
{
    return value->present ? (int32_t)value->number : CQ_DAY_MIN;
}

static void copy_request(struct cq_referral *r, const struct cq_value *values)
{
    static const int texts[][2] = {
        {CQ_REFERRAL_PROFILE, CQ_REQUEST_PROFILE},
        {CQ_REFERRAL_DIAGNOSIS, CQ_REQUEST_DIAGNOSIS},
        {CQ_REFERRAL_INDICATION, CQ_REQUEST_INDICATION},
        {CQ_REFERRAL_FROM_FACILITY, CQ_REQUEST_FROM_FACILITY},
        {CQ_REFERRAL_REFERRER, CQ_REQUEST_REFERRER},
        {CQ_REFERRAL_BUREAU_CODE, CQ_REQUEST_BUREAU_CODE},
        {CQ_REFERRAL_COMMISSION_NO, CQ_REQUEST_COMMISSION_NO},
        {CQ_REFERRAL_FACILITY, CQ_REQUEST_FACILITY},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (values[texts[i][1]].present)
            r->text[texts[i][0]] = values[texts[i][1]].text;
    const struct cq_value *consent = &values[CQ_REQUEST_CONSENT];
    r->iin = values[CQ_REQUEST_IIN].number;
    r->urgency = choice_of(&values[CQ_REQUEST_URGENCY]);
    r->measure = choice_of(&values[CQ_REQUEST_MEASURE]);
    r->occasion = choice_of(&values[CQ_REQUEST_OCCASION]);
    r->paid_by = choice_of(&values[CQ_REQUEST_PAID_BY]);
    r->consent = !consent->present ? CQ_UNKNOWN : consent->number ? CQ_YES : CQ_NO;
    r->planned_on = day_of(&values[CQ_REQUEST_PLANNED_ON]);
    r->commission_on = day_of(&values[CQ_REQUEST_COMMISSION_ON]);
    r->found_in = values[CQ_REQUEST_FOUND_IN].present ? values[CQ_REQUEST_FOUND_IN].number : 0;
}

static void copy_decision(struct cq_intake *intake, struct cq_referral *r,
                          const struct cq_answer *answer)
{
    const struct cq_decision *d = &answer->decision;
    r->category = answer->category;
    r->agency = answer->agency;
    r->version = answer->version;
    r->facts = answer->facts;
    r->run = intake->options->known_run;
    r->text[CQ_REFERRAL_OUTCOME] = cq_text_of(d->outcome);
    r->text[CQ_REFERRAL_PROVIDER] = cq_text_of(d->provider);
    r->text[CQ_REFERRAL_PAYER] = cq_text_of(d->payer);
    r->text[CQ_REFERRAL_REFERRAL] = cq_text_of(d->referral);
    r->text[CQ_REFERRAL_BASIS] = cq_text_of(d->basis);
    r->text[CQ_REFERRAL_REASONS] = cq_text_of(d->reasons);
    r->text[CQ_REFERRAL_CERTAINTY] = cq_text_of(d->certainty);
    r->text[CQ_REFERRAL_DOCUMENTS] = cq_text_of(d->documents);
    r->text[CQ_REFERRAL_LAW] = cq_text_of(intake->options->law->fingerprint);
    r->text[CQ_REFERRAL_ENGINE] = cq_text_of(CQ_VERSION);
    if (r->text[CQ_REFERRAL_FACILITY].len == 0)
        r->text[CQ_REFERRAL_FACILITY] = cq_text_of(answer->facility);
}

static enum cq_code add_receipt(struct cq_intake *intake, const struct cq_case *c,
                                struct cq_str *out)
{
    const struct cq_request *request = &c->request;
    const int asked[CQ_RECEIPT_ASKED] = {request->urgency, request->destination, request->indicated,
                                         request->package,
                                         request->duty_injury ? CQ_YES : CQ_UNKNOWN};
    const struct cq_receipt_source source = {.law = intake->options->law,
                                             .day = request->day,
                                             .run = intake->options->known_run,
                                             .facts = c->answer->facts,
                                             .decision = &c->answer->decision,
                                             .asked = asked};
    return cq_receipt_write(&source, out);
}

/* Adds the texts that are composed for one referral: rules, gaps, what is missing nearby, the
 * receipt. */
static enum cq_code add_texts(struct cq_intake *intake, const struct cq_case *c,
                              struct cq_referral *r)
{
    static const int texts[] = {CQ_REFERRAL_RULE, CQ_REFERRAL_GAPS, CQ_REFERRAL_FALLBACK,
                                CQ_REFERRAL_RECEIPT};
    const struct cq_law *law = intake->options->law;
    const struct cq_decision *d = &c->answer->decision;
    struct cq_str *composed = &intake->composed;
    size_t ends[4], start = 0;
    cq_str_clear(composed);
    enum cq_code code = cq_decision_rules(d, composed);
    ends[0] = composed->len;
    if (!code)
        code = cq_decision_gaps(law, d->gaps, composed);
    ends[1] = composed->len;
    cq_intake_append_lacks(intake, c, composed);
    ends[2] = composed->len;
    if (!code)
        code = add_receipt(intake, c, composed);
    ends[3] = composed->len;
    if (!code)
        code = composed->failed;
    for (int i = 0; i < 4 && !code; start = ends[i++])
        r->text[texts[i]] = (struct cq_text){composed->ptr + start, ends[i] - start};
    return code;
}

/* Adds a draft of what was requested and decided. */
static enum cq_code add_draft(struct cq_intake *intake, const struct cq_case *c, struct cq_err *err)
{
    const struct cq_request *request = &c->request;
    struct cq_referral r = {
        .service = request->service,
        .destination = cq_facts_get(c->answer->facts, CQ_FACT_DESTINATION),
        .indicated = request->indicated,
        .package = request->package,
        .duty_injury = request->duty_injury,
        .issued_on = request->day,
    };
    copy_request(&r, c->values);
    copy_decision(intake, &r, c->answer);
    int32_t later = r.planned_on > r.issued_on ? r.planned_on : r.issued_on;
    r.valid_until = later +
                    (int32_t)cq_law_parameter(intake->options->law, "referral_days", request->day);
    enum cq_code code = cq_provenance_read(intake->provenance, r.iin, r.provenance, err);
    if (code)
        return code;
    code = add_texts(intake, c, &r);
    int region = region_of(intake, c->answer, &r.text[CQ_REFERRAL_FROM_FACILITY],
                           &r.text[CQ_REFERRAL_FACILITY]);
    if (!code)
        code = cq_drafts_add(intake->drafts, &r, region, intake->line);
    if (!code && c->values[CQ_REQUEST_FACILITY].present)
        cq_drafts_name_facility(intake->drafts);
    for (size_t i = 0; i < c->choice_count && !code; i++)
        code = cq_drafts_add_choice(intake->drafts, &c->choices[i]);
    return code ? cq_err_set(err, code, NULL) : CQ_OK;
}

static enum cq_code parse(struct cq_intake *intake, int column, const struct cq_text *field,
                          struct cq_value *value)
{
    return cq_request_parse(intake->options->law, column, field, value, &intake->scratch);
}

/* Reads the cells of a request and reports each finding. Returns whether all are valid. */
static bool read_values(struct cq_intake *intake, const struct cq_text *fields,
                        struct cq_value *values, enum cq_code *code)
{
    bool good = true;
    cq_str_clear(&intake->scratch);
    for (int i = 0; i < CQ_REQUEST_COLUMNS; i++) {
        enum cq_code bad = parse(intake, i, &fields[i], &values[i]);
        if (!bad && !values[i].present)
            bad = parse(intake, i, &intake->options->defaults[i], &values[i]);
        if (!bad && !values[i].present && cq_request_columns[i].required)
            bad = CQ_R_MISSING;
        if (bad == CQ_B_NOMEM)
            *code = bad;
        if (bad) {
            cq_intake_report(intake, bad, i, NULL);
            good = false;
        }
    }
    return good && !*code;
}

/* Checks what needs more than one cell. */
static bool check_values(struct cq_intake *intake, const struct cq_value *values, int32_t day)
{
    bool good = true;
    if (values[CQ_REQUEST_PLANNED_ON].present && values[CQ_REQUEST_PLANNED_ON].number < day) {
        cq_intake_report(intake, CQ_R_DATE_ORDER, CQ_REQUEST_PLANNED_ON, NULL);
        good = false;
    }
    if (values[CQ_REQUEST_FACILITY].present &&
        !cq_intake_find_facility(intake, &values[CQ_REQUEST_FACILITY].text)) {
        cq_intake_report(intake, CQ_R_UNKNOWN_FACILITY, CQ_REQUEST_FACILITY, NULL);
        good = false;
    }
    return good;
}

static struct cq_request request_of(const struct cq_value *values, int32_t day)
{
    struct cq_request request = cq_request_default((int)values[CQ_REQUEST_SERVICE].number, day);
    const struct cq_value *indicated = &values[CQ_REQUEST_INDICATED];
    if (values[CQ_REQUEST_URGENCY].present)
        request.urgency = (int)values[CQ_REQUEST_URGENCY].number;
    if (values[CQ_REQUEST_FACILITY].present)
        request.facility = values[CQ_REQUEST_FACILITY].text;
    if (values[CQ_REQUEST_DESTINATION].present)
        request.destination = (int)values[CQ_REQUEST_DESTINATION].number;
    if (indicated->present)
        request.indicated = indicated->number ? CQ_YES : CQ_NO;
    if (values[CQ_REQUEST_INDICATION].present)
        request.indicated = CQ_YES;
    if (values[CQ_REQUEST_PACKAGE].present)
        request.package = (int)values[CQ_REQUEST_PACKAGE].number;
    request.duty_injury = values[CQ_REQUEST_DUTY_INJURY].present &&
                          values[CQ_REQUEST_DUTY_INJURY].number != 0;
    if (values[CQ_REQUEST_PROFILE].present)
        request.profile = values[CQ_REQUEST_PROFILE].text;
    return request;
}

enum cq_code cq_intake_add(struct cq_intake *intake, const struct cq_text *fields, const char *file,
                           long line, struct cq_err *err)
{
    struct cq_value values[CQ_REQUEST_COLUMNS];
    struct cq_answer answers[CQ_ROLES_MAX];
    enum cq_code code = CQ_OK;
    int count = 0;
    intake->file = file;
    intake->line = line;
    if (!read_values(intake, fields, values, &code))
        return code ? cq_err_set(err, code, NULL) : CQ_OK;
    int32_t day = values[CQ_REQUEST_AS_OF].present ? (int32_t)values[CQ_REQUEST_AS_OF].number
                                                   : intake->options->as_of;
    if (!check_values(intake, values, day))
        return CQ_OK;
    struct cq_case c = {
        .request = request_of(values, day), .values = values, .answer = &answers[0]};
    code = cq_people_decide(intake->people, values[CQ_REQUEST_IIN].number, &c.request, answers,
                            &count, err);
    if (code)
        return code;
    if (!answers[0].decision.entitled) {
        code = report_refusal(intake, &answers[0].decision);
        return code ? cq_err_set(err, code, NULL) : CQ_OK;
    }
    bool good = cq_intake_choose_facilities(intake, &c);
    if (good)
        code = cq_intake_check_conditions(intake, &c, &good, err);
    if (code || !good)
        return code;
    warn_of_age(intake, &answers[0], day, &values[CQ_REQUEST_PLANNED_ON]);
    code = cq_intake_check_card(intake, &c, err);
    return code ? code : add_draft(intake, &c, err);
}

enum cq_code cq_intake_open(struct cq_intake **result, struct cq_db *db,
                            const struct cq_intake_options *options, struct cq_err *err)
{
    *result = NULL;
    struct cq_intake *intake = calloc(1, sizeof *intake);
    if (!intake)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    intake->db = db;
    intake->options = options;
    intake->drafts = cq_drafts_new();
    enum cq_code code = intake->drafts ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = cq_intake_read_facilities(intake, err);
    if (!code)
        code = cq_provenance_open(&intake->provenance, db, options->known_run, CQ_PROVENANCE_CELLS,
                                  err);
    if (!code)
        code = cq_people_open(&intake->people, db, options->law, options->known_run, err);
    if (code)
        cq_intake_close(intake);
    else
        *result = intake;
    return code;
}

void cq_intake_close(struct cq_intake *intake)
{
    if (!intake)
        return;
    for (size_t i = 0; i < intake->facility_count; i++)
        free(intake->facilities[i].code);
    free(intake->facilities);
    sqlite3_finalize(intake->card);
    sqlite3_finalize(intake->found_in);
    cq_provenance_close(intake->provenance);
    if (intake->people)
        cq_people_close(intake->people);
    cq_drafts_free(intake->drafts);
    cq_str_free(&intake->scratch);
    cq_str_free(&intake->composed);
    free(intake);
}

const struct cq_drafts *cq_intake_drafts(const struct cq_intake *intake)
{
    return intake->drafts;
}
