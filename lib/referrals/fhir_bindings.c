/* What the acts bind a referral to, as FHIR has it. */
#include "referrals/fhir_bindings.h"

#include "cq/date.h"
#include "cq/facts.h"
#include "cq/list.h"
#include "cq/refno.h"
#include "referrals/answer_by.h"
#include "referrals/bindings.h"

static void append(struct cq_fhir_bundle *b, json_t *list, json_t *one)
{
    if (!list || !one || json_array_append_new(list, one) != 0)
        b->failed = true;
}

/* Sets a list that has something in it. */
static void set_list(struct cq_fhir_bundle *b, json_t *object, const char *key, json_t *list)
{
    if (list && json_array_size(list) == 0)
        json_decref(list);
    else
        cq_fhir_set(b, object, key, list);
}

static json_t *extension_of(struct cq_fhir_bundle *b, const char *url, int32_t day)
{
    json_t *extension = json_object();
    cq_fhir_set(b, extension, "url", json_string(url));
    cq_fhir_set(b, extension, "valueDate", cq_fhir_day(day));
    return extension;
}

/* A reference to what is not in the bundle: by its type and number. */
static json_t *reference_by_number(struct cq_fhir_bundle *b, const char *type, const char *system,
                                   const struct cq_text *number)
{
    json_t *reference = json_object();
    cq_fhir_set(b, reference, "type", json_string(type));
    cq_fhir_set(b, reference, "identifier", cq_fhir_identifier(b, system, number));
    return reference;
}

void cq_fhir_set_reasons(struct cq_fhir_bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *diagnosis = &r->text[CQ_REFERRAL_DIAGNOSIS];
    const struct cq_text *indication = &r->text[CQ_REFERRAL_INDICATION];
    json_t *reasons = json_array();
    if (diagnosis->len || indication->len) {
        json_t *reason = diagnosis->len
                             ? cq_fhir_concept(b, "http://hl7.org/fhir/sid/icd-10", diagnosis)
                             : json_object();
        if (indication->len)
            cq_fhir_set(b, reason, "text", cq_fhir_text(indication));
        append(b, reasons, reason);
    }
    if (r->occasion != CQ_UNKNOWN)
        append(b, reasons,
               cq_fhir_concept_named(b, "urn:cq:occasion", cq_occasion_names[r->occasion]));
    set_list(b, request, "reasonCode", reasons);
}

/* Its number and day, of which one may still be to be recorded. */
static json_t *commission_of(struct cq_fhir_bundle *b, const struct cq_referral *r)
{
    const struct cq_text *number = &r->text[CQ_REFERRAL_COMMISSION_NO];
    json_t *reference = json_object();
    cq_fhir_set(b, reference, "type", json_string("DocumentReference"));
    if (number->len)
        cq_fhir_set(b, reference, "identifier", cq_fhir_identifier(b, "urn:cq:commission", number));
    if (r->commission_on != CQ_DAY_MIN)
        cq_fhir_set(b, reference, "extension",
                    cq_fhir_list(b, extension_of(b, "urn:cq:commission-on", r->commission_on)));
    return reference;
}

void cq_fhir_set_supporting(struct cq_fhir_bundle *b, json_t *request, const struct cq_referral *r,
                            const struct cq_fhir_urls *u)
{
    json_t *list = json_array();
    if (r->found_in) {
        char number[CQ_REFNO_LENGTH];
        const struct cq_text text = {number, cq_refno_write(number, r->found_in)};
        append(b, list, reference_by_number(b, "ServiceRequest", "urn:cq:number", &text));
    }
    if (r->text[CQ_REFERRAL_COMMISSION_NO].len || r->commission_on != CQ_DAY_MIN)
        append(b, list, commission_of(b, r));
    if (r->consent != CQ_UNKNOWN)
        append(b, list, cq_fhir_reference(b, u->consent));
    set_list(b, request, "supportingInfo", list);
}

void cq_fhir_set_fallback(struct cq_fhir_bundle *b, json_t *request, const struct cq_referral *r)
{
    const struct cq_text *fallback = &r->text[CQ_REFERRAL_FALLBACK];
    json_t *extension = fallback->len ? json_object() : NULL;
    if (!extension)
        return;
    cq_fhir_set(b, extension, "url", json_string("urn:cq:fallback"));
    cq_fhir_set(b, extension, "valueString", cq_fhir_text(fallback));
    cq_fhir_set(b, request, "extension", cq_fhir_list(b, extension));
}

void cq_fhir_set_payor(struct cq_fhir_bundle *b, json_t *payor, const struct cq_referral *r,
                       const struct cq_fhir_urls *u)
{
    const struct cq_text *payer = &r->text[CQ_REFERRAL_PAYER];
    if (!cq_text_is(*payer, "paid")) {
        cq_fhir_set(b, payor, "identifier", cq_fhir_identifier(b, "urn:cq:payer", payer));
    } else if (r->paid_by == CQ_UNKNOWN || r->paid_by == CQ_PAID_BY_OWN_FUNDS) {
        cq_fhir_set(b, payor, "reference", json_string(u->patient));
    } else {
        const struct cq_text source = cq_text_of(cq_paid_by_names[r->paid_by]);
        cq_fhir_set(b, payor, "identifier", cq_fhir_identifier(b, "urn:cq:paid-by", &source));
    }
}

/* What a task gave: a day. */
static json_t *output_of(struct cq_fhir_bundle *b, const char *code, int32_t day)
{
    json_t *output = json_object();
    cq_fhir_set(b, output, "type", cq_fhir_concept_named(b, "urn:cq:answer", code));
    cq_fhir_set(b, output, "valueDate", cq_fhir_day(day));
    return output;
}

static void set_refusal(struct cq_fhir_bundle *b, json_t *task, const struct cq_referral *r)
{
    const struct cq_text *reason = &r->refusal;
    bool code = cq_law_word(b->output->law, "refusal", reason->ptr, reason->len);
    json_t *concept = code ? cq_fhir_concept(b, "urn:cq:refusal", reason) : json_object();
    if (!code)
        cq_fhir_set(b, concept, "text", cq_fhir_text(reason));
    cq_fhir_set(b, task, "statusReason", concept);
}

void cq_fhir_set_answer(struct cq_fhir_bundle *b, json_t *task, const struct cq_referral *r)
{
    int32_t last = cq_referral_answer_by(&b->calendar, r);
    json_t *outputs = json_array();
    if (last != CQ_DAY_MIN)
        cq_fhir_set(b, task, "extension",
                    cq_fhir_list(b, extension_of(b, "urn:cq:answer-by", last)));
    if (r->answer != CQ_ANSWERED_NOTHING)
        append(b, outputs, output_of(b, "answered_on", r->answered_on));
    if (r->appointed_on != CQ_DAY_MIN)
        append(b, outputs, output_of(b, "appointed_on", r->appointed_on));
    if (r->answer == CQ_ANSWERED_REFUSAL && r->refusal.len)
        set_refusal(b, task, r);
    set_list(b, task, "output", outputs);
}

void cq_fhir_add_consent(struct cq_fhir_bundle *b, const struct cq_referral *r,
                         const struct cq_fhir_urls *u)
{
    if (r->consent == CQ_UNKNOWN)
        return;
    const struct cq_binding *binding =
        cq_referral_binding(b->output->law, r, CQ_REQUIREMENT_CONSENT);
    const struct cq_text basis = binding ? cq_text_of(binding->basis) : r->text[CQ_REFERRAL_BASIS];
    json_t *consent = cq_fhir_resource(b, "Consent");
    cq_fhir_set(b, consent, "identifier",
                cq_fhir_list(b, cq_fhir_identifier(b, "urn:cq:number", &u->number)));
    cq_fhir_set(b, consent, "status", json_string(r->consent == CQ_YES ? "active" : "rejected"));
    cq_fhir_set(b, consent, "scope",
                cq_fhir_concept_named(b, "http://terminology.hl7.org/CodeSystem/consentscope",
                                      "treatment"));
    cq_fhir_set(b, consent, "category",
                cq_fhir_list(b, cq_fhir_concept_named(b, "http://loinc.org", "59284-0")));
    cq_fhir_set(b, consent, "patient", cq_fhir_reference(b, u->patient));
    cq_fhir_set(b, consent, "policyRule", cq_fhir_concept(b, "urn:cq:basis", &basis));
    cq_fhir_add_entry(b, u->consent, consent);
}
