/* What the acts bind a referral to, as FHIR has it. Elements of R4 where it has one: reasons,
 * supporting information, a consent, the output of a task; extensions of urn:cq: else. */
#ifndef CQ_REFERRALS_FHIR_BINDINGS_H
#define CQ_REFERRALS_FHIR_BINDINGS_H

#include "referrals/fhir_elements.h"

/* What belongs to one referral. */
struct cq_fhir_urls {
    char request[CQ_FHIR_URL], task[CQ_FHIR_URL], coverage[CQ_FHIR_URL], consent[CQ_FHIR_URL],
        patient[CQ_FHIR_URL], from[CQ_FHIR_URL], to[CQ_FHIR_URL];
    struct cq_text number;
};

/* Diagnosis and indication, and the occasion of rehabilitation (O61:3). */
void cq_fhir_set_reasons(struct cq_fhir_bundle *bundle, json_t *request,
                         const struct cq_referral *referral);

/* The referral in which a disorder was found (O61:12), the decision of the commission (R78:16), the
 * consent (HC:166.2). */
void cq_fhir_set_supporting(struct cq_fhir_bundle *bundle, json_t *request,
                            const struct cq_referral *referral, const struct cq_fhir_urls *urls);

/* What the organisations of the bodies lacked, where that is why others treat. */
void cq_fhir_set_fallback(struct cq_fhir_bundle *bundle, json_t *request,
                          const struct cq_referral *referral);

/* Who pays: the patient, an insurer or another source of paid care (O61:6(3)), else the payer. */
void cq_fhir_set_payor(struct cq_fhir_bundle *bundle, json_t *payor,
                       const struct cq_referral *referral, const struct cq_fhir_urls *urls);

/* The answer of the receiving organisation, and the last day for it (O281:7, O281:8). */
void cq_fhir_set_answer(struct cq_fhir_bundle *bundle, json_t *task,
                        const struct cq_referral *referral);

/* The consent as it was recorded; nothing where it was not. */
void cq_fhir_add_consent(struct cq_fhir_bundle *bundle, const struct cq_referral *referral,
                         const struct cq_fhir_urls *urls);

#endif
