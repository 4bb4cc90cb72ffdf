/* Elements of FHIR resources, as JSON. */
#include "referrals/fhir_elements.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/hash.h"
#include "cq/list.h"

/* A UUID (version 8) from what identifies a resource. Source: RFC 9562, 5.8. */
void cq_fhir_url(char url[CQ_FHIR_URL], const char *kind, const char *id, size_t len)
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
    snprintf(url, CQ_FHIR_URL, "urn:uuid:%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12,
             hex + 16, hex + 20);
}

/* --- elements; set detects one that is NULL --- */

void cq_fhir_set(struct cq_fhir_bundle *b, json_t *object, const char *key, json_t *value)
{
    if (!object || !value || json_object_set_new(object, key, value) != 0)
        b->failed = true;
}

json_t *cq_fhir_text(const struct cq_text *text)
{
    return json_stringn(text->ptr ? text->ptr : "", text->len);
}

json_t *cq_fhir_list(struct cq_fhir_bundle *b, json_t *one)
{
    json_t *list = json_array();
    if (!list || !one || json_array_append_new(list, one) != 0)
        b->failed = true;
    return list;
}

json_t *cq_fhir_day(int32_t day)
{
    char text[10];
    return json_stringn(text, cq_date_write(text, day));
}

json_t *cq_fhir_moment(int64_t ms)
{
    char text[24];
    return json_stringn(text, cq_time_write(text, ms));
}

json_t *cq_fhir_period(struct cq_fhir_bundle *b, int32_t from, int32_t to)
{
    json_t *period = json_object();
    cq_fhir_set(b, period, "start", cq_fhir_day(from));
    cq_fhir_set(b, period, "end", cq_fhir_day(to > from ? to : from));
    return period;
}

json_t *cq_fhir_identifier(struct cq_fhir_bundle *b, const char *system,
                           const struct cq_text *value)
{
    json_t *identifier = json_object();
    cq_fhir_set(b, identifier, "system", json_string(system));
    cq_fhir_set(b, identifier, "value", cq_fhir_text(value));
    return identifier;
}

json_t *cq_fhir_concept(struct cq_fhir_bundle *b, const char *system, const struct cq_text *code)
{
    json_t *concept = json_object(), *coding = json_object();
    cq_fhir_set(b, coding, "system", json_string(system));
    cq_fhir_set(b, coding, "code", cq_fhir_text(code));
    cq_fhir_set(b, concept, "coding", cq_fhir_list(b, coding));
    return concept;
}

json_t *cq_fhir_concept_named(struct cq_fhir_bundle *b, const char *system, const char *code)
{
    const struct cq_text text = cq_text_of(code);
    return cq_fhir_concept(b, system, &text);
}

json_t *cq_fhir_reference(struct cq_fhir_bundle *b, const char *url)
{
    json_t *reference = json_object();
    cq_fhir_set(b, reference, "reference", json_string(url));
    return reference;
}

json_t *cq_fhir_resource(struct cq_fhir_bundle *b, const char *type)
{
    json_t *resource = json_object();
    cq_fhir_set(b, resource, "resourceType", json_string(type));
    return resource;
}

void cq_fhir_add_entry(struct cq_fhir_bundle *b, const char *url, json_t *resource)
{
    json_t *entry = json_object();
    cq_fhir_set(b, entry, "fullUrl", json_string(url));
    cq_fhir_set(b, entry, "resource", resource);
    if (!entry || json_array_append_new(b->entries, entry) != 0)
        b->failed = true;
}

/* Whether a resource that several referrals share is to be added now. */
bool cq_fhir_is_new(struct cq_fhir_bundle *b, const char *url)
{
    if (json_object_get(b->seen, url))
        return false;
    cq_fhir_set(b, b->seen, url, json_true());
    return true;
}
