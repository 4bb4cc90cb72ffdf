/* Gaps of the law that are told beside an answer and stand in no decision. */
#include <string.h>

#include "cq/date.h"
#include "cq/explain.h"

static uint64_t gap_bit(const struct cq_law *law, const char *id)
{
    for (size_t i = 0; i < law->gap_count; i++)
        if (strcmp(law->gaps[i].id, id) == 0)
            return UINT64_C(1) << i;
    return 0;
}

/* Whether an age at which a right may end is reached while a referral made on the day is valid. */
static bool comes_of_age(const struct cq_law *law, int32_t day, const struct cq_answer *answer)
{
    static const char *const ages[] = {"majority_years", "student_years"};
    const uint64_t student = cq_fact_bit(CQ_FACT_KIN, CQ_KIN_STUDENT_CHILD);
    for (int i = 0; i < 2 && answer->birth != CQ_DAY_MIN; i++) {
        int32_t birthday =
            cq_date_birthday(answer->birth, (int)cq_law_parameter(law, ages[i], day));
        bool bears = i == 0 ||
                     (answer->category == CQ_CATEGORY_FAMILY && (answer->facts & student));
        if (bears && day < birthday &&
            birthday <= day + cq_law_parameter(law, "referral_days", day))
            return true;
    }
    return false;
}

uint64_t cq_answers_told_gaps(const struct cq_law *law, int32_t day,
                              const struct cq_answer *answers, int count)
{
    uint64_t gaps = comes_of_age(law, day, &answers[0]) ? gap_bit(law, "A-11") : 0;
    if (count > 1)
        gaps |= gap_bit(law, "A-17");
    for (int i = 0; i < count; i++) {
        const struct cq_agency *agency = cq_law_agency_number(law, answers[i].agency);
        if (agency && day >= agency->until)
            gaps |= gap_bit(law, "A-13");
        if (answers[i].category == CQ_CATEGORY_EMPLOYEE &&
            cq_facts_get(answers[i].facts, CQ_FACT_SPECIAL_RANK) == CQ_NO)
            gaps |= gap_bit(law, "A-15");
    }
    return gaps;
}
