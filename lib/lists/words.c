/* The words for the values of a list's columns. */
#include "cq/lists.h"

#include <string.h>

/* The kind of words for a column of codes; NULL for a column without. */
static const char *kind_of(const struct cq_column *column)
{
    static const char *const kinds[] = {"sex",   "category", "agency",  "relation", "document",
                                        "owner", "service",  "verdict", NULL};
    for (int i = 0; kinds[i] && column->type == CQ_TYPE_CHOICE; i++)
        if (strcmp(kinds[i], column->name) == 0)
            return kinds[i];
    if (column->type == CQ_TYPE_CHOICES)
        return "document";
    return strcmp(column->name, "whose") == 0 ? "agency" : NULL;
}

/* Gives the words to all columns of a type. */
static void set_values(struct cq_list *list, enum cq_type type, const char *const *values)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->columns[i].type == type)
            list->columns[i].values = values;
}

/* Reads the words that all columns of yes and no, and all places, have alike. */
static enum cq_code read_common(struct cq_list *list, struct cq_err *err)
{
    static const char *const answers[] = {"no", "yes", NULL};
    struct cq_terms *booleans = &list->terms[list->term_count++];
    enum cq_code code = cq_terms_read(booleans, list->law, "answer", answers, err);
    if (code)
        return code;
    set_values(list, CQ_TYPE_BOOLEAN, booleans->values);
    struct cq_terms *places = &list->terms[list->term_count++];
    code = cq_terms_places(places, list->law, err);
    if (code)
        return code;
    set_values(list, CQ_TYPE_KATO, places->values);
    set_values(list, CQ_TYPE_KATOS, places->values);
    return CQ_OK;
}

enum cq_code cq_list_read_words(struct cq_list *list, struct cq_err *err)
{
    static const char *const ranks[] = {"yes", "no", NULL};
    enum cq_code code = read_common(list, err);
    for (size_t i = 0; i < list->count && !code; i++) {
        struct cq_column *column = &list->columns[i];
        const char *kind = kind_of(column);
        if (!kind)
            continue;
        struct cq_terms *terms = &list->terms[list->term_count++];
        code = cq_terms_read(terms, list->law, kind, column->values, err);
        if (!code)
            column->values = terms->values;
    }
    if (!code && list->kind == CQ_KIND_CONTINGENT) {
        struct cq_terms *terms = &list->terms[list->term_count++];
        code = cq_terms_read(terms, list->law, "special_rank", ranks, err);
        list->ranks = code ? NULL : terms->values;
    }
    return code;
}

void cq_list_fini(struct cq_list *list)
{
    for (size_t i = 0; i < list->term_count; i++)
        cq_terms_free(&list->terms[i]);
    list->term_count = 0;
}
