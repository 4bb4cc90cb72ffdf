/* Elements of FHIR resources, as JSON. A failure sticks to the bundle. */
#ifndef CQ_REFERRALS_FHIR_ELEMENTS_H
#define CQ_REFERRALS_FHIR_ELEMENTS_H

#include <jansson.h>

#include "cq/calendar.h"
#include "cq/referral_output.h"
#include "referrals/parties.h"

struct cq_fhir_bundle {
    const struct cq_referral_output *output;
    struct cq_parties *parties;
    struct cq_calendar calendar;
    struct cq_err *err;
    json_t *entries;
    json_t *seen; /* fullUrls of patients and organisations */
    bool failed;  /* no memory, or text that is not UTF-8 */
};

#define CQ_FHIR_URL 46 /* urn:uuid: and 36 characters, with a NUL */

/* A UUID (version 8) from what identifies a resource. Source: RFC 9562, 5.8. */
void cq_fhir_url(char url[CQ_FHIR_URL], const char *kind, const char *id, size_t len);

/* Sets a key of an object; fails where one of them is NULL. Owner: takes the value. */
void cq_fhir_set(struct cq_fhir_bundle *bundle, json_t *object, const char *key, json_t *value);

/* Elements. Owner: caller. NULL without memory. */
json_t *cq_fhir_text(const struct cq_text *text);
json_t *cq_fhir_list(struct cq_fhir_bundle *bundle, json_t *one); /* takes it */
json_t *cq_fhir_day(int32_t day);
json_t *cq_fhir_moment(int64_t ms);
json_t *cq_fhir_period(struct cq_fhir_bundle *bundle, int32_t from, int32_t to);
json_t *cq_fhir_identifier(struct cq_fhir_bundle *bundle, const char *system,
                           const struct cq_text *value);
json_t *cq_fhir_concept(struct cq_fhir_bundle *bundle, const char *system,
                        const struct cq_text *code);
json_t *cq_fhir_concept_named(struct cq_fhir_bundle *bundle, const char *system, const char *code);
json_t *cq_fhir_reference(struct cq_fhir_bundle *bundle, const char *url);
json_t *cq_fhir_resource(struct cq_fhir_bundle *bundle, const char *type);

/* Adds a resource. Owner: takes it. */
void cq_fhir_add_entry(struct cq_fhir_bundle *bundle, const char *url, json_t *resource);

/* Whether a resource that several referrals share is to be added now. */
bool cq_fhir_is_new(struct cq_fhir_bundle *bundle, const char *url);

#endif
