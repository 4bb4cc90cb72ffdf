/* Referrals as one FHIR R4 bundle of type collection. References go to the
 * fullUrl of entries, which follow from what identifies a resource: the same referrals give the
 * same bundle. Source: HL7 FHIR R4 (4.0.1), resources Bundle, ServiceRequest, Task, Coverage,
 * Patient, Organization. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cq/referral_output.h"
#include "cq/date.h"
#include "cq/facts.h"
#include "cq/fd.h"
#include "cq/hash.h"
#include "cq/iin.h"
#include "cq/list.h"
#include "cq/refno.h"
#include "referrals/parties.h"

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

struct bundle {
    const struct cq_referral_output *output;
    struct cq_parties *parties;
    struct cq_err *err;
    json_t *entries;
    json_t *seen; /* fullUrls of patients and organisations */
    bool failed;  /* no memory, or text that is not UTF-8 */
};

enum { URL = 46 }; /* urn:uuid: and 36 characters, with a NUL */

/* A UUID (version 8) from what identifies a resource. Source: RFC 9562, 5.8. */
static void make_url(char url[URL], const char *kind, const char *id, size_t len)
{
    unsigned char hash[CQ_HASH_BYTES];
    char hex[33];
    struct cq_hash h;
    cq_hash_init(&h);
    cq_hash_add(&h, kind, strlen(kind) + 1);
    cq_hash_add(&h, id, len);
    cq_hash_done(&h, hash);
    hash[6] = (unsigned char)((hash[6] & 0x0f) | 0x80);
    hash[8] = (unsigned char)((hash[8] & 0x3f) | 0x80);
    cq_hash_hex(hex, hash, 16);
    snprintf(url, URL, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
             hex + 20);
}

/* --- elements; set detects one that is NULL --- */

static void set(struct bundle *b, json_t *object, const char *key, json_t *value)
{
    if (!object || !value || json_object_set_new(object, key, value) != 0)
        b->failed = true;
}

static json_t *text_of(const struct cq_text *text)
{
    return json_stringn(text->ptr ? text->ptr : "", text->len);
}

static json_t *list_of(struct bundle *b, json_t *one)
{
    json_t *list = json_array();
    if (!list || !one || json_array_append_new(list, one) != 0)
        b->failed = true;
    return list;
}

static json_t *day_of(int32_t day)
{
    char text[10];
    return json_stringn(text, cq_date_write(text, day));
}

static json_t *moment_of(int64_t ms)
{
    char text[24];
    return json_stringn(text, cq_time_write(text, ms));
}

static json_t *period_of(struct bundle *b, int32_t from, int32_t to)
{
    json_t *period = json_object();
    set(b, period, "start", day_of(from));
    set(b, period, "end", day_of(to > from ? to : from));
    return period;
}

static json_t *identifier_of(struct bundle *b, const char *system, const struct cq_text *value)
{
    json_t *identifier = json_object();
    set(b, identifier, "system", json_string(system));
    set(b, identifier, "value", text_of(value));
    return identifier;
}

static json_t *concept_of(struct bundle *b, const char *system, const struct cq_text *code)
{
    json_t *concept = json_object(), *coding = json_object();
    set(b, coding, "system", json_string(system));
    set(b, coding, "code", text_of(code));
    set(b, concept, "coding", list_of(b, coding));
    return concept;
}

static json_t *concept_named(struct bundle *b, const char *system, const char *code)
{
    const struct cq_text text = cq_text_of(code);
    return concept_of(b, system, &text);
}

static json_t *reference_to(struct bundle *b, const char *url)
{
    json_t *reference = json_object();
    set(b, reference, "reference", json_string(url));
    return reference;
}

static json_t *resource_of(struct bundle *b, const char *type)
{
    json_t *resource = json_object();
    set(b, resource, "resourceType", json_string(type));
    return resource;
}

static void add_entry(struct bundle *b, const char *url, json_t *resource)
{
    json_t *entry = json_object();
    set(b, entry, "fullUrl", json_string(url));
    set(b, entry, "resource", resource);
    if (!entry || json_array_append_new(b->entries, entry) != 0)
        b->failed = true;
}

/* Whether a resource that several referrals share is to be added now. */
static bool is_new(struct bundle *b, const char *url)
{
    if (json_object_get(b->seen, url))
        return false;
    set(b, b->seen, url, json_true());
    return true;
}

/* --- resources --- */

static void add_patient(struct bundle *b, const char *url, const struct cq_text *iin,
                        const struct cq_patient *p)
{
    static const char *const genders[] = {"male", "female"};
    const struct cq_text given[] = {p->first_name, p->middle_name};
    json_t *patient = resource_of(b, "Patient"), *name = json_object(), *list = json_array();
    set(b, patient, "identifier", list_of(b, identifier_of(b, "urn:cq:iin", iin)));
    for (size_t i = 0; i < 2; i++)
        if (given[i].len && (!list || json_array_append_new(list, text_of(&given[i])) != 0))
            b->failed = true;
    if (p->last_name.len) {
        set(b, name, "family", text_of(&p->last_name));
        set(b, name, "given", list);
        set(b, patient, "name", list_of(b, name));
    } else {
        json_decref(list);
        json_decref(name);
    }
    set(b, patient, "gender",
        json_string(p->sex == 0 || p->sex == 1 ? genders[p->sex] : "unknown"));
    if (p->birth != CQ_DAY_MIN)
        set(b, patient, "birthDate", day_of(p->birth));
    add_entry(b, url, patient);
}

static void add_organisation(struct bundle *b, const char *url, const struct cq_party *party)
{
    json_t *organisation = resource_of(b, "Organization");
    const struct cq_text *name = &party->code;
    for (int i = 0; i < CQ_LANGUAGES && name == &party->code; i++)
        if (party->name[i].len)
            name = &party->name[i];
    set(b, organisation, "identifier",
        list_of(b, identifier_of(b, "urn:cq:facility", &party->code)));
    if (party->owner[0])
        set(b, organisation, "type", list_of(b, concept_named(b, "urn:cq:owner", party->owner)));
    set(b, organisation, "name", text_of(name));
    add_entry(b, url, organisation);
}

/* Adds a facility of a referral, once; url becomes "" where there is none. */
static enum cq_code add_facility(struct bundle *b, const struct cq_referral *r, int which,
                                 char url[URL])
{
    const struct cq_text *code_text = &r->text[which];
    struct cq_party party;
    url[0] = '\0';
    if (code_text->len == 0)
        return CQ_OK;
    make_url(url, "Organization", code_text->ptr, code_text->len);
    enum cq_code code = cq_parties_read_facility(b->parties, r->run, code_text, &party, b->err);
    if (!code && is_new(b, url))
        add_organisation(b, url, &party);
    return code;
}

/* What belongs to one referral. */
struct urls {
    char request[URL], task[URL], coverage[URL], patient[URL], from[URL], to[URL];
    struct cq_text number;
};

static void add_coverage(struct bundle *b, const struct cq_referral *r, const struct urls *u)
{
    json_t *coverage = resource_of(b, "Coverage"), *payor = json_object();
    const struct cq_text *payer = &r->text[CQ_REFERRAL_PAYER];
    set(b, coverage, "identifier", list_of(b, identifier_of(b, "urn:cq:number", &u->number)));
    set(b, coverage, "status", json_string(states[r->status].coverage));
    set(b, coverage, "type", concept_of(b, "urn:cq:payer", payer));
    set(b, coverage, "beneficiary", reference_to(b, u->patient));
    set(b, coverage, "period", period_of(b, r->issued_on, r->valid_until));
    if (cq_text_is(*payer, "paid"))
        set(b, payor, "reference", json_string(u->patient));
    else
        set(b, payor, "identifier", identifier_of(b, "urn:cq:payer", payer));
    set(b, coverage, "payor", list_of(b, payor));
    add_entry(b, u->coverage, coverage);
}

/* Who refers: the facility, else the specialist by name. */
static void set_requester(struct bundle *b, json_t *resource, const struct cq_referral *r,
                          const struct urls *u)
{
    const struct cq_text *referrer = &r->text[CQ_REFERRAL_REFERRER];
    json_t *requester = u->from[0] || referrer->len ? json_object() : NULL;
    if (!requester)
        return;
    if (u->from[0])
        set(b, requester, "reference", json_string(u->from));
    if (referrer->len)
        set(b, requester, "display", text_of(referrer));
    set(b, resource, "requester", requester);
}

static void set_details(struct bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *profile = &r->text[CQ_REFERRAL_PROFILE];
    json_t *details = json_array();
    if (profile->len &&
        json_array_append_new(details, concept_of(b, "urn:cq:profile", profile)) != 0)
        b->failed = true;
    if (r->measure != CQ_UNKNOWN &&
        json_array_append_new(
            details, concept_named(b, "urn:cq:measure", cq_measure_names[r->measure])) != 0)
        b->failed = true;
    if (json_array_size(details) > 0)
        set(b, request, "orderDetail", details);
    else
        json_decref(details);
}

static void set_reason(struct bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *diagnosis = &r->text[CQ_REFERRAL_DIAGNOSIS];
    const struct cq_text *indication = &r->text[CQ_REFERRAL_INDICATION];
    if (diagnosis->len == 0 && indication->len == 0)
        return;
    json_t *reason = diagnosis->len ? concept_of(b, "http://hl7.org/fhir/sid/icd-10", diagnosis)
                                    : json_object();
    if (indication->len)
        set(b, reason, "text", text_of(indication));
    set(b, request, "reasonCode", list_of(b, reason));
}

/* The ground of the decision, which FHIR has no element for. */
static void set_note(struct bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *basis = &r->text[CQ_REFERRAL_BASIS];
    json_t *note = basis->len ? json_object() : NULL;
    if (!note)
        return;
    set(b, note, "text", text_of(basis));
    set(b, request, "note", list_of(b, note));
}

static void add_request(struct bundle *b, const struct cq_referral *r, const struct urls *u)
{
    const struct cq_text *bureau = &r->text[CQ_REFERRAL_BUREAU_CODE];
    const char *service = cq_fact_value_name(CQ_FACT_SERVICE, r->service);
    json_t *request = resource_of(b, "ServiceRequest");
    json_t *identifiers = list_of(b, identifier_of(b, "urn:cq:number", &u->number));
    if (bureau->len &&
        json_array_append_new(identifiers, identifier_of(b, "urn:cq:bureau", bureau)) != 0)
        b->failed = true;
    set(b, request, "identifier", identifiers);
    set(b, request, "status", json_string(states[r->status].request));
    set(b, request, "intent", json_string("order"));
    if (r->urgency != CQ_UNKNOWN)
        set(b, request, "priority", json_string(r->urgency == 0 ? "routine" : "urgent"));
    set(b, request, "code", concept_named(b, "urn:cq:service", service));
    set_details(b, request, r);
    set(b, request, "subject", reference_to(b, u->patient));
    set(b, request, "occurrencePeriod", period_of(b, r->expected_on, r->valid_until));
    set(b, request, "authoredOn", moment_of(r->issued_at));
    set_requester(b, request, r, u);
    if (r->text[CQ_REFERRAL_PROVIDER].len)
        set(b, request, "performerType",
            concept_of(b, "urn:cq:provider", &r->text[CQ_REFERRAL_PROVIDER]));
    if (u->to[0])
        set(b, request, "performer", list_of(b, reference_to(b, u->to)));
    set_reason(b, request, r);
    set(b, request, "insurance", list_of(b, reference_to(b, u->coverage)));
    set_note(b, request, r);
    add_entry(b, u->request, request);
}

static void add_task(struct bundle *b, const struct cq_referral *r, const struct urls *u)
{
    json_t *task = resource_of(b, "Task");
    set(b, task, "identifier", list_of(b, identifier_of(b, "urn:cq:number", &u->number)));
    set(b, task, "basedOn", list_of(b, reference_to(b, u->request)));
    set(b, task, "status", json_string(states[r->status].task));
    set(b, task, "businessStatus", concept_named(b, "urn:cq:status", cq_state_names[r->status]));
    set(b, task, "intent", json_string("order"));
    set(b, task, "code", concept_named(b, "http://hl7.org/fhir/CodeSystem/task-code", "fulfill"));
    set(b, task, "focus", reference_to(b, u->request));
    set(b, task, "for", reference_to(b, u->patient));
    set(b, task, "authoredOn", moment_of(r->issued_at));
    set_requester(b, task, r, u);
    if (u->to[0])
        set(b, task, "owner", reference_to(b, u->to));
    add_entry(b, u->task, task);
}

static enum cq_code add_referral(struct bundle *b, const struct cq_referral *r)
{
    struct urls u;
    struct cq_patient patient;
    char number[CQ_REFNO_LENGTH], iin[12];
    const struct cq_text iin_text = {iin, cq_iin_write(iin, r->iin)};
    u.number = (struct cq_text){number, cq_refno_write(number, r->number)};
    make_url(u.request, "ServiceRequest", number, sizeof number);
    make_url(u.task, "Task", number, sizeof number);
    make_url(u.coverage, "Coverage", number, sizeof number);
    make_url(u.patient, "Patient", iin, sizeof iin);
    cq_parties_clear(b->parties);
    enum cq_code code = cq_parties_read_patient(b->parties, r->version, &patient, b->err);
    if (!code && is_new(b, u.patient))
        add_patient(b, u.patient, &iin_text, &patient);
    if (!code)
        code = add_facility(b, r, CQ_REFERRAL_FROM_FACILITY, u.from);
    if (!code)
        code = add_facility(b, r, CQ_REFERRAL_FACILITY, u.to);
    if (code)
        return code;
    add_coverage(b, r, &u);
    add_request(b, r, &u);
    add_task(b, r, &u);
    return CQ_OK;
}

static enum cq_code add_all(struct bundle *b, const struct cq_numbers *numbers)
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
    return code;
}

static int write_bytes(const char *bytes, size_t len, void *context)
{
    const int *fd = context;
    return cq_fd_write(*fd, bytes, len, NULL) ? -1 : 0;
}

static enum cq_code write_bundle(struct bundle *b)
{
    int fd = b->output->fd;
    enum cq_code code = CQ_OK;
    json_t *bundle = resource_of(b, "Bundle");
    set(b, bundle, "type", json_string("collection"));
    if (json_array_size(b->entries) > 0)
        set(b, bundle, "entry", json_incref(b->entries));
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
    struct bundle b = {
        .output = output, .err = err, .entries = json_array(), .seen = json_object()};
    enum cq_code code = b.entries && b.seen ? add_all(&b, numbers)
                                            : cq_err_set(err, CQ_B_NOMEM, NULL);
    if (!code)
        code = write_bundle(&b);
    json_decref(b.entries);
    json_decref(b.seen);
    return code;
}
