/* cq-refer --format=fhir: referrals as one FHIR R4 bundle of type collection. References go to the
 * fullUrl of entries, which follow from what identifies a resource: the same referrals give the
 * same bundle. Source: HL7 FHIR R4 (4.0.1), resources Bundle, ServiceRequest, Task, Coverage,
 * Patient, Organization. */
#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "cq-refer.h"
#include "cq/date.h"
#include "cq/hash.h"
#include "cq/iin.h"
#include "cq/refno.h"

/* The states in FHIR's words. */
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
    struct cq_refer *s;
    struct cq_parties *parties;
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

/* --- pieces; NULL travels up to put, where it is noticed --- */

static void put(struct bundle *b, json_t *object, const char *key, json_t *value)
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
    put(b, period, "start", day_of(from));
    put(b, period, "end", day_of(to > from ? to : from));
    return period;
}

static json_t *identifier_of(struct bundle *b, const char *system, const struct cq_text *value)
{
    json_t *identifier = json_object();
    put(b, identifier, "system", json_string(system));
    put(b, identifier, "value", text_of(value));
    return identifier;
}

static json_t *concept_of(struct bundle *b, const char *system, const struct cq_text *code)
{
    json_t *concept = json_object(), *coding = json_object();
    put(b, coding, "system", json_string(system));
    put(b, coding, "code", text_of(code));
    put(b, concept, "coding", list_of(b, coding));
    return concept;
}

static json_t *concept_named(struct bundle *b, const char *system, const char *code)
{
    const struct cq_text text = {code, strlen(code)};
    return concept_of(b, system, &text);
}

static json_t *reference_to(struct bundle *b, const char *url)
{
    json_t *reference = json_object();
    put(b, reference, "reference", json_string(url));
    return reference;
}

static json_t *resource_of(struct bundle *b, const char *type)
{
    json_t *resource = json_object();
    put(b, resource, "resourceType", json_string(type));
    return resource;
}

static void add_entry(struct bundle *b, const char *url, json_t *resource)
{
    json_t *entry = json_object();
    put(b, entry, "fullUrl", json_string(url));
    put(b, entry, "resource", resource);
    if (!entry || json_array_append_new(b->entries, entry) != 0)
        b->failed = true;
}

/* Whether a resource that several referrals share is to be added now. */
static bool is_new(struct bundle *b, const char *url)
{
    if (json_object_get(b->seen, url))
        return false;
    put(b, b->seen, url, json_true());
    return true;
}

/* --- resources --- */

static void add_patient(struct bundle *b, const char *url, const struct cq_text *iin,
                        const struct cq_patient *p)
{
    static const char *const genders[] = {"male", "female"};
    const struct cq_text given[] = {p->first_name, p->middle_name};
    json_t *patient = resource_of(b, "Patient"), *name = json_object(), *list = json_array();
    put(b, patient, "identifier", list_of(b, identifier_of(b, "urn:cq:iin", iin)));
    for (size_t i = 0; i < 2; i++)
        if (given[i].len && (!list || json_array_append_new(list, text_of(&given[i])) != 0))
            b->failed = true;
    if (p->last_name.len) {
        put(b, name, "family", text_of(&p->last_name));
        put(b, name, "given", list);
        put(b, patient, "name", list_of(b, name));
    } else {
        json_decref(list);
        json_decref(name);
    }
    put(b, patient, "gender",
        json_string(p->sex == 0 || p->sex == 1 ? genders[p->sex] : "unknown"));
    if (p->birth != CQ_DAY_MIN)
        put(b, patient, "birthDate", day_of(p->birth));
    add_entry(b, url, patient);
}

static void add_organisation(struct bundle *b, const char *url, const struct cq_party *party)
{
    json_t *organisation = resource_of(b, "Organization");
    const struct cq_text *name = &party->code;
    for (int i = 0; i < CQ_LANGUAGES && name == &party->code; i++)
        if (party->name[i].len)
            name = &party->name[i];
    put(b, organisation, "identifier",
        list_of(b, identifier_of(b, "urn:cq:facility", &party->code)));
    if (party->owner[0])
        put(b, organisation, "type", list_of(b, concept_named(b, "urn:cq:owner", party->owner)));
    put(b, organisation, "name", text_of(name));
    add_entry(b, url, organisation);
}

/* Adds the facility of a referral once; url is "" where there is none. */
static enum cq_code find_organisation(struct bundle *b, const struct cq_referral *r, int which,
                                      char url[URL])
{
    const struct cq_text *code_text = &r->text[which];
    struct cq_party party;
    url[0] = '\0';
    if (code_text->len == 0)
        return CQ_OK;
    make_url(url, "Organization", code_text->ptr, code_text->len);
    enum cq_code code = cq_parties_read_facility(b->parties, r, code_text, &party, &b->s->cli->err);
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
    put(b, coverage, "identifier", list_of(b, identifier_of(b, "urn:cq:number", &u->number)));
    put(b, coverage, "status", json_string(states[r->status].coverage));
    put(b, coverage, "type", concept_of(b, "urn:cq:payer", payer));
    put(b, coverage, "beneficiary", reference_to(b, u->patient));
    put(b, coverage, "period", period_of(b, r->issued_on, r->valid_until));
    if (payer->len == 9 && memcmp(payer->ptr, "own_funds", 9) == 0)
        put(b, payor, "reference", json_string(u->patient));
    else
        put(b, payor, "identifier", identifier_of(b, "urn:cq:payer", payer));
    put(b, coverage, "payor", list_of(b, payor));
    add_entry(b, u->coverage, coverage);
}

/* Who refers: the facility, else the specialist by name. */
static void put_requester(struct bundle *b, json_t *resource, const struct cq_referral *r,
                          const struct urls *u)
{
    const struct cq_text *referrer = &r->text[CQ_REFERRAL_REFERRER];
    json_t *requester = u->from[0] || referrer->len ? json_object() : NULL;
    if (!requester)
        return;
    if (u->from[0])
        put(b, requester, "reference", json_string(u->from));
    if (referrer->len)
        put(b, requester, "display", text_of(referrer));
    put(b, resource, "requester", requester);
}

static void put_details(struct bundle *b, json_t *request, const struct cq_referral *r)
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
        put(b, request, "orderDetail", details);
    else
        json_decref(details);
}

static void put_reason(struct bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *diagnosis = &r->text[CQ_REFERRAL_DIAGNOSIS];
    const struct cq_text *indication = &r->text[CQ_REFERRAL_INDICATION];
    if (diagnosis->len == 0 && indication->len == 0)
        return;
    json_t *reason = diagnosis->len ? concept_of(b, "http://hl7.org/fhir/sid/icd-10", diagnosis)
                                    : json_object();
    if (indication->len)
        put(b, reason, "text", text_of(indication));
    put(b, request, "reasonCode", list_of(b, reason));
}

/* The ground of the decision, which FHIR has no element for. */
static void put_note(struct bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *basis = &r->text[CQ_REFERRAL_BASIS];
    json_t *note = basis->len ? json_object() : NULL;
    if (!note)
        return;
    put(b, note, "text", text_of(basis));
    put(b, request, "note", list_of(b, note));
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
    put(b, request, "identifier", identifiers);
    put(b, request, "status", json_string(states[r->status].request));
    put(b, request, "intent", json_string("order"));
    if (r->urgency != CQ_UNKNOWN)
        put(b, request, "priority", json_string(r->urgency == 0 ? "routine" : "urgent"));
    put(b, request, "code", concept_named(b, "urn:cq:service", service));
    put_details(b, request, r);
    put(b, request, "subject", reference_to(b, u->patient));
    put(b, request, "occurrencePeriod", period_of(b, r->expected_on, r->valid_until));
    put(b, request, "authoredOn", moment_of(r->issued_at));
    put_requester(b, request, r, u);
    if (r->text[CQ_REFERRAL_PROVIDER].len)
        put(b, request, "performerType",
            concept_of(b, "urn:cq:provider", &r->text[CQ_REFERRAL_PROVIDER]));
    if (u->to[0])
        put(b, request, "performer", list_of(b, reference_to(b, u->to)));
    put_reason(b, request, r);
    put(b, request, "insurance", list_of(b, reference_to(b, u->coverage)));
    put_note(b, request, r);
    add_entry(b, u->request, request);
}

static void add_task(struct bundle *b, const struct cq_referral *r, const struct urls *u)
{
    json_t *task = resource_of(b, "Task");
    put(b, task, "identifier", list_of(b, identifier_of(b, "urn:cq:number", &u->number)));
    put(b, task, "basedOn", list_of(b, reference_to(b, u->request)));
    put(b, task, "status", json_string(states[r->status].task));
    put(b, task, "businessStatus", concept_named(b, "urn:cq:status", cq_state_names[r->status]));
    put(b, task, "intent", json_string("order"));
    put(b, task, "code", concept_named(b, "http://hl7.org/fhir/CodeSystem/task-code", "fulfill"));
    put(b, task, "focus", reference_to(b, u->request));
    put(b, task, "for", reference_to(b, u->patient));
    put(b, task, "authoredOn", moment_of(r->issued_at));
    put_requester(b, task, r, u);
    if (u->to[0])
        put(b, task, "owner", reference_to(b, u->to));
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
    enum cq_code code = cq_parties_read_patient(b->parties, r, &patient, &b->s->cli->err);
    if (!code && is_new(b, u.patient))
        add_patient(b, u.patient, &iin_text, &patient);
    if (!code)
        code = find_organisation(b, r, CQ_REFERRAL_FROM_FACILITY, u.from);
    if (!code)
        code = find_organisation(b, r, CQ_REFERRAL_FACILITY, u.to);
    if (code)
        return code;
    add_coverage(b, r, &u);
    add_request(b, r, &u);
    add_task(b, r, &u);
    return CQ_OK;
}

static enum cq_code read_all(struct bundle *b, const struct cq_numbers *numbers)
{
    struct cq_cli *cli = b->s->cli;
    struct cq_referral_reader *reader = NULL;
    struct cq_referral referral;
    bool found;
    enum cq_code code = cq_db_begin_read(&b->s->db, &cli->err);
    if (!code)
        code = cq_referral_reader_open(&reader, &b->s->db, cli->known_at, &cli->err);
    if (!code)
        code = cq_parties_open(&b->parties, &b->s->db, &cli->err);
    for (size_t i = 0; i < numbers->count && !code; i++) {
        code = cq_referral_read(reader, numbers->list[i], &referral, &found, &cli->err);
        if (!code && found)
            code = add_referral(b, &referral);
        else if (!code)
            cq_refer_tell_missing(b->s, numbers->list[i]);
    }
    cq_db_rollback(&b->s->db);
    cq_referral_reader_close(reader);
    cq_parties_close(b->parties);
    return code;
}

static enum cq_code write_bundle(struct bundle *b)
{
    struct cq_cli *cli = b->s->cli;
    json_t *bundle = resource_of(b, "Bundle");
    put(b, bundle, "type", json_string("collection"));
    if (json_array_size(b->entries) > 0)
        put(b, bundle, "entry", json_incref(b->entries));
    int fd = b->failed ? -1 : cq_cli_output(cli);
    if (b->failed)
        cq_err_record(&cli->err, CQ_B_NOMEM, NULL);
    else if (fd >= 0 &&
             (json_dumpfd(bundle, fd, JSON_INDENT(1)) != 0 || cq_refer_write(cli, "\n", 1)))
        cq_err_record(&cli->err, CQ_O_WRITE, "--format=fhir");
    json_decref(bundle);
    return cli->err.code;
}

enum cq_code cq_refer_fhir(struct cq_refer *s, const struct cq_numbers *numbers)
{
    struct bundle b = {.s = s, .entries = json_array(), .seen = json_object()};
    enum cq_code code = b.entries && b.seen ? read_all(&b, numbers)
                                            : cq_err_set(&s->cli->err, CQ_B_NOMEM, NULL);
    if (!code)
        code = write_bundle(&b);
    json_decref(b.entries);
    json_decref(b.seen);
    return code;
}
