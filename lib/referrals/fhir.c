/* Referrals as one FHIR R4 bundle of type collection. References go to the
 * fullUrl of entries, which follow from what identifies a resource: the same referrals give the
 * same bundle. Source: HL7 FHIR R4 (4.0.1), resources Bundle, ServiceRequest, Task, Coverage,
 * Consent, Patient, Organization. */
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/fd.h"
#include "cq/iin.h"
#include "cq/list.h"
#include "cq/refno.h"
#include "people/calendar.h"
#include "referrals/answer_by.h"
#include "referrals/fhir_bindings.h"

/* The states as FHIR codes. */
static const struct {
    const char *request, *task, *coverage;
} states[CQ_STATES] = {
    [CQ_ISSUED] = {"active", "requested", "active"},
    [CQ_ACCEPTED] = {"active", "accepted", "active"},
    [CQ_REJECTED] = {"revoked", "rejected", "cancelled"},
    [CQ_ADMITTED] = {"active", "in-progress", "active"},
    [CQ_COMPLETED] = {"completed", "completed", "active"},
    [CQ_CANCELLED] = {"revoked", "cancelled", "cancelled"},
    [CQ_EXPIRED] = {"revoked", "cancelled", "cancelled"},
};

/* --- resources --- */

static void add_patient(struct cq_fhir_bundle *b, const char *url, const struct cq_text *iin,
                        const struct cq_patient *p)
{
    static const char *const genders[] = {"male", "female"};
    const struct cq_text given[] = {p->first_name, p->middle_name};
    json_t *patient = cq_fhir_resource(b, "Patient"), *name = json_object(), *list = json_array();
    cq_fhir_set(b, patient, "identifier",
                cq_fhir_list(b, cq_fhir_identifier(b, "urn:cq:iin", iin)));
    for (size_t i = 0; i < 2; i++)
        if (given[i].len && (!list || json_array_append_new(list, cq_fhir_text(&given[i])) != 0))
            b->failed = true;
    if (p->last_name.len) {
        cq_fhir_set(b, name, "family", cq_fhir_text(&p->last_name));
        cq_fhir_set(b, name, "given", list);
        cq_fhir_set(b, patient, "name", cq_fhir_list(b, name));
    } else {
        json_decref(list);
        json_decref(name);
    }
    cq_fhir_set(b, patient, "gender",
                json_string(p->sex == 0 || p->sex == 1 ? genders[p->sex] : "unknown"));
    if (p->birth != CQ_DAY_MIN)
        cq_fhir_set(b, patient, "birthDate", cq_fhir_day(p->birth));
    cq_fhir_add_entry(b, url, patient);
}

static void add_organisation(struct cq_fhir_bundle *b, const char *url,
                             const struct cq_party *party)
{
    json_t *organisation = cq_fhir_resource(b, "Organization");
    const struct cq_text *name = &party->code;
    for (int i = 0; i < CQ_LANGUAGES && name == &party->code; i++)
        if (party->name[i].len)
            name = &party->name[i];
    cq_fhir_set(b, organisation, "identifier",
                cq_fhir_list(b, cq_fhir_identifier(b, "urn:cq:facility", &party->code)));
    if (party->owner[0])
        cq_fhir_set(b, organisation, "type",
                    cq_fhir_list(b, cq_fhir_concept_named(b, "urn:cq:owner", party->owner)));
    cq_fhir_set(b, organisation, "name", cq_fhir_text(name));
    cq_fhir_add_entry(b, url, organisation);
}

/* Adds a facility of a referral, once; url becomes "" where there is none. */
static enum cq_code add_facility(struct cq_fhir_bundle *b, const struct cq_referral *r, int which,
                                 char url[CQ_FHIR_URL])
{
    const struct cq_text *code_text = &r->text[which];
    struct cq_party party;
    url[0] = '\0';
    if (code_text->len == 0)
        return CQ_OK;
    cq_fhir_url(url, "Organization", code_text->ptr, code_text->len);
    enum cq_code code = cq_parties_read_facility(b->parties, r->run, code_text, &party, b->err);
    if (!code && cq_fhir_is_new(b, url))
        add_organisation(b, url, &party);
    return code;
}

static void add_coverage(struct cq_fhir_bundle *b, const struct cq_referral *r,
                         const struct cq_fhir_urls *u)
{
    json_t *coverage = cq_fhir_resource(b, "Coverage"), *payor = json_object();
    const struct cq_text *payer = &r->text[CQ_REFERRAL_PAYER];
    cq_fhir_set(b, coverage, "identifier",
                cq_fhir_list(b, cq_fhir_identifier(b, "urn:cq:number", &u->number)));
    cq_fhir_set(b, coverage, "status", json_string(states[r->status].coverage));
    cq_fhir_set(b, coverage, "type", cq_fhir_concept(b, "urn:cq:payer", payer));
    cq_fhir_set(b, coverage, "beneficiary", cq_fhir_reference(b, u->patient));
    cq_fhir_set(b, coverage, "period", cq_fhir_period(b, r->issued_on, r->valid_until));
    cq_fhir_set_payor(b, payor, r, u);
    cq_fhir_set(b, coverage, "payor", cq_fhir_list(b, payor));
    cq_fhir_add_entry(b, u->coverage, coverage);
}

/* Who refers: the facility, else the specialist by name. */
static void set_requester(struct cq_fhir_bundle *b, json_t *resource, const struct cq_referral *r,
                          const struct cq_fhir_urls *u)
{
    const struct cq_text *referrer = &r->text[CQ_REFERRAL_REFERRER];
    json_t *requester = u->from[0] || referrer->len ? json_object() : NULL;
    if (!requester)
        return;
    if (u->from[0])
        cq_fhir_set(b, requester, "reference", json_string(u->from));
    if (referrer->len)
        cq_fhir_set(b, requester, "display", cq_fhir_text(referrer));
    cq_fhir_set(b, resource, "requester", requester);
}

static void set_details(struct cq_fhir_bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *profile = &r->text[CQ_REFERRAL_PROFILE];
    json_t *details = json_array();
    if (profile->len &&
        json_array_append_new(details, cq_fhir_concept(b, "urn:cq:profile", profile)) != 0)
        b->failed = true;
    if (r->measure != CQ_UNKNOWN &&
        json_array_append_new(
            details, cq_fhir_concept_named(b, "urn:cq:measure", cq_measure_names[r->measure])) != 0)
        b->failed = true;
    if (json_array_size(details) > 0)
        cq_fhir_set(b, request, "orderDetail", details);
    else
        json_decref(details);
}

/* The ground of the decision, which FHIR has no element for. */
static void set_note(struct cq_fhir_bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *basis = &r->text[CQ_REFERRAL_BASIS];
    json_t *note = basis->len ? json_object() : NULL;
    if (!note)
        return;
    cq_fhir_set(b, note, "text", cq_fhir_text(basis));
    cq_fhir_set(b, request, "note", cq_fhir_list(b, note));
}

static void add_request(struct cq_fhir_bundle *b, const struct cq_referral *r,
                        const struct cq_fhir_urls *u)
{
    const struct cq_text *bureau = &r->text[CQ_REFERRAL_BUREAU_CODE];
    const char *service = cq_fact_value_name(CQ_FACT_SERVICE, r->service);
    json_t *request = cq_fhir_resource(b, "ServiceRequest");
    json_t *identifiers = cq_fhir_list(b, cq_fhir_identifier(b, "urn:cq:number", &u->number));
    if (bureau->len &&
        json_array_append_new(identifiers, cq_fhir_identifier(b, "urn:cq:bureau", bureau)) != 0)
        b->failed = true;
    cq_fhir_set(b, request, "identifier", identifiers);
    cq_fhir_set(b, request, "status", json_string(states[r->status].request));
    cq_fhir_set(b, request, "intent", json_string("order"));
    if (r->urgency != CQ_UNKNOWN)
        cq_fhir_set(b, request, "priority", json_string(r->urgency == 0 ? "routine" : "urgent"));
    cq_fhir_set(b, request, "code", cq_fhir_concept_named(b, "urn:cq:service", service));
    set_details(b, request, r);
    cq_fhir_set(b, request, "subject", cq_fhir_reference(b, u->patient));
    cq_fhir_set(b, request, "occurrencePeriod", cq_fhir_period(b, r->expected_on, r->valid_until));
    cq_fhir_set(b, request, "authoredOn", cq_fhir_moment(r->issued_at));
    set_requester(b, request, r, u);
    if (r->text[CQ_REFERRAL_PROVIDER].len)
        cq_fhir_set(b, request, "performerType",
                    cq_fhir_concept(b, "urn:cq:provider", &r->text[CQ_REFERRAL_PROVIDER]));
    if (u->to[0])
        cq_fhir_set(b, request, "performer", cq_fhir_list(b, cq_fhir_reference(b, u->to)));
    cq_fhir_set_reasons(b, request, r);
    cq_fhir_set_supporting(b, request, r, u);
    cq_fhir_set_fallback(b, request, r);
    cq_fhir_set(b, request, "insurance", cq_fhir_list(b, cq_fhir_reference(b, u->coverage)));
    set_note(b, request, r);
    cq_fhir_add_entry(b, u->request, request);
}

static void add_task(struct cq_fhir_bundle *b, const struct cq_referral *r,
                     const struct cq_fhir_urls *u)
{
    json_t *task = cq_fhir_resource(b, "Task");
    cq_fhir_set(b, task, "identifier",
                cq_fhir_list(b, cq_fhir_identifier(b, "urn:cq:number", &u->number)));
    cq_fhir_set(b, task, "basedOn", cq_fhir_list(b, cq_fhir_reference(b, u->request)));
    cq_fhir_set(b, task, "status", json_string(states[r->status].task));
    cq_fhir_set(b, task, "businessStatus",
                cq_fhir_concept_named(b, "urn:cq:status", cq_state_names[r->status]));
    cq_fhir_set(b, task, "intent", json_string("order"));
    cq_fhir_set(b, task, "code",
                cq_fhir_concept_named(b, "http://hl7.org/fhir/CodeSystem/task-code", "fulfill"));
    cq_fhir_set(b, task, "focus", cq_fhir_reference(b, u->request));
    cq_fhir_set(b, task, "for", cq_fhir_reference(b, u->patient));
    cq_fhir_set(b, task, "authoredOn", cq_fhir_moment(r->issued_at));
    set_requester(b, task, r, u);
    if (u->to[0])
        cq_fhir_set(b, task, "owner", cq_fhir_reference(b, u->to));
    cq_fhir_set_answer(b, task, r);
    cq_fhir_add_entry(b, u->task, task);
}

static enum cq_code add_referral(struct cq_fhir_bundle *b, const struct cq_referral *r)
{
    struct cq_fhir_urls u;
    struct cq_patient patient;
    char number[CQ_REFNO_LENGTH], iin[12];
    const struct cq_text iin_text = {iin, cq_iin_write(iin, r->iin)};
    u.number = (struct cq_text){number, cq_refno_write(number, r->number)};
    cq_fhir_url(u.request, "ServiceRequest", number, sizeof number);
    cq_fhir_url(u.task, "Task", number, sizeof number);
    cq_fhir_url(u.coverage, "Coverage", number, sizeof number);
    cq_fhir_url(u.consent, "Consent", number, sizeof number);
    cq_fhir_url(u.patient, "Patient", iin, sizeof iin);
    cq_parties_clear(b->parties);
    enum cq_code code = cq_parties_read_patient(b->parties, r->version, &patient, b->err);
    if (!code && cq_fhir_is_new(b, u.patient))
        add_patient(b, u.patient, &iin_text, &patient);
    if (!code)
        code = add_facility(b, r, CQ_REFERRAL_FROM_FACILITY, u.from);
    if (!code)
        code = add_facility(b, r, CQ_REFERRAL_FACILITY, u.to);
    if (code)
        return code;
    add_coverage(b, r, &u);
    cq_fhir_add_consent(b, r, &u);
    add_request(b, r, &u);
    add_task(b, r, &u);
    return CQ_OK;
}

static enum cq_code add_all(struct cq_fhir_bundle *b, const struct cq_numbers *numbers)
{
    struct cq_db *db = b->output->db;
    struct cq_referral_reader *reader = NULL;
    struct cq_referral referral;
    bool found;
    enum cq_code code = cq_db_begin_read(db, b->err);
    if (!code)
        code = cq_referral_reader_open(&reader, db, b->output->known_at, b->err);
    if (!code)
        code = cq_parties_open(&b->parties, db, b->err);
    if (!code)
        code = cq_referral_calendar(&b->calendar, db, b->output->law, b->output->known_at, b->err);
    for (size_t i = 0; i < numbers->count && !code; i++) {
        code = cq_referral_read(reader, numbers->list[i], &referral, &found, b->err);
        if (!code && found)
            code = add_referral(b, &referral);
        else if (!code)
            b->output->missing(numbers->list[i], b->output->context);
    }
    cq_db_rollback(db);
    cq_referral_reader_close(reader);
    cq_parties_close(b->parties);
    cq_calendar_free(&b->calendar);
    return code;
}

static int write_bytes(const char *bytes, size_t len, void *context)
{
    const int *fd = context;
    return cq_fd_write(*fd, bytes, len, NULL) ? -1 : 0;
}

static enum cq_code write_bundle(struct cq_fhir_bundle *b)
{
    int fd = b->output->fd;
    enum cq_code code = CQ_OK;
    json_t *bundle = cq_fhir_resource(b, "Bundle");
    cq_fhir_set(b, bundle, "type", json_string("collection"));
    if (json_array_size(b->entries) > 0)
        cq_fhir_set(b, bundle, "entry", json_incref(b->entries));
    if (b->failed)
        code = cq_err_set(b->err, CQ_B_NOMEM, NULL);
    else if (json_dump_callback(bundle, write_bytes, &fd, JSON_INDENT(1)) != 0 ||
             write_bytes("\n", 1, &fd) != 0)
        code = cq_err_set(b->err, CQ_O_WRITE, "--format=fhir");
    json_decref(bundle);
    return code;
}

enum cq_code cq_referrals_write_fhir(const struct cq_referral_output *output,
                                     const struct cq_numbers *numbers, struct cq_err *err)
{
    struct cq_fhir_bundle b = {
        .output = output, .err = err, .entries = json_array(), .seen = json_object()};
    enum cq_code code = b.entries && b.seen ? add_all(&b, numbers)
                                            : cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = write_bundle(&b);
    json_decref(b.entries);
    json_decref(b.seen);
    return code;
}
