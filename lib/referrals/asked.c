/* The request of a referral, from its columns and its receipt. */
#include "referrals/asked.h"

#include "cq/facts.h"
#include "engine/receipt.h"

/* Whether the receipt says that no destination was asked for. */
static bool named_no_destination(const struct cq_referral *r)
{
    struct cq_receipt receipt;
    const struct cq_text *text = &r->text[CQ_REFERRAL_RECEIPT];
    if (cq_receipt_read(text->ptr, text->len, &receipt) != CQ_RECEIPT_GOOD || !receipt.of_person)
        return false;
    for (int i = 0; i < CQ_RECEIPT_ASKED; i++)
        if (cq_receipt_asked[i] == CQ_FACT_DESTINATION)
            return receipt.asked[i] == CQ_UNKNOWN;
    return false;
}

int cq_referral_asked(const struct cq_referral *r, int32_t day,
                      struct cq_request requests[CQ_ASKED_MAX])
{
    struct cq_request request = cq_request_default(r->service, day);
    request.urgency = r->urgency == CQ_UNKNOWN ? CQ_URGENCY_PLANNED : r->urgency;
    request.indicated = r->indicated;
    request.package = r->package;
    request.duty_injury = r->duty_injury;
    request.profile = r->text[CQ_REFERRAL_PROFILE];
    if (!named_no_destination(r)) {
        request.destination = r->destination;
        requests[0] = request;
        return 1;
    }
    requests[0] = requests[1] = request;
    requests[1].facility = r->text[CQ_REFERRAL_FACILITY];
    return request.service == CQ_SERVICE_INPATIENT && requests[1].facility.len > 0 ? 2 : 1;
}

bool cq_asked_by(const struct cq_referral *r, const struct cq_answer *answer)
{
    return answer->facts == r->facts && answer->category == r->category &&
           answer->agency == r->agency && answer->version == r->version;
}
