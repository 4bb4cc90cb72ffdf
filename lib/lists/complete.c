/* What a row states by another column than the one that holds it. Source: cq-csv(5). */
#include "cq/lists.h"

#include <string.h>

#include "cq/list.h"
#include "cq/utf8.h"

/* Whether one of the words of a folded text is that of a rank: "капитан полиции", "генерал-майор". */
static bool names_rank(const char *ranks, struct cq_text folded)
{
    struct cq_text rank;
    for (size_t i = 0; i < folded.len;) {
        size_t n = 0;
        while (i + n < folded.len && !strchr(" -", folded.ptr[i + n]))
            n++;
        struct cq_text rest = cq_text_of(ranks);
        while (n > 0 && cq_text_next(&rest, '|', &rank))
            if (rank.len == n && memcmp(rank.ptr, folded.ptr + i, n) == 0)
                return true;
        i += n + 1;
    }
    return false;
}

int cq_list_rank(const struct cq_list *list, struct cq_text text)
{
    struct cq_str folded = {0};
    int64_t said = CQ_UNKNOWN;
    if (!list->ranks || text.len == 0)
        return CQ_UNKNOWN;
    if (cq_choice_find(list->ranks, text.ptr, text.len) == CQ_NO ||
        cq_choice_find(list->columns[CQ_P_SPECIAL_RANK].values, text.ptr, text.len) == 0)
        said = CQ_NO;
    else if (!cq_utf8_fold(&folded, text.ptr, text.len) && folded.len > 0 &&
             names_rank(list->ranks[CQ_YES], (struct cq_text){folded.ptr, folded.len}))
        said = CQ_YES;
    cq_str_free(&folded);
    return (int)said;
}

/* A rank says that a special rank was given, and words such as "none" that none was. */
static void complete_rank(const struct cq_list *list, struct cq_value *values)
{
    struct cq_value *rank = &values[CQ_P_RANK], *special = &values[CQ_P_SPECIAL_RANK];
    if (!rank->present)
        return;
    bool none = cq_list_rank(list, rank->text) == CQ_NO;
    if (!special->present)
        *special = (struct cq_value){.present = true, .number = !none};
    if (none)
        *rank = (struct cq_value){0};
}

/* A verdict about one IIN is about it twice; a pair has no order. */
static void complete_pair(struct cq_value *values)
{
    struct cq_value *one = &values[CQ_V_IIN], *other = &values[CQ_V_OTHER_IIN];
    if (!other->present)
        *other = *one;
    if (other->number < one->number) {
        struct cq_value kept = *one;
        *one = *other;
        *other = kept;
    }
}

enum cq_code cq_list_complete(const struct cq_list *list, struct cq_value *values, int *column)
{
    if (list->through >= 0 && values[list->through].present) {
        int64_t end = values[list->through].number + 1;
        if (values[list->end].present && values[list->end].number != end) {
            *column = list->through;
            return CQ_R_CONTRADICTION;
        }
        values[list->end] = (struct cq_value){.present = true, .number = end};
    }
    if (list->kind == CQ_KIND_CONTINGENT)
        complete_rank(list, values);
    if (list->kind == CQ_KIND_VERDICTS)
        complete_pair(values);
    return CQ_OK;
}
