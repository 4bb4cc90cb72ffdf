/* All decisions of the law as a text that can be reviewed: for the days between two edges and for
 * each service and category, every decision with the number of combinations of facts that it
 * answers, and a hash over all combinations in order; then what the tables presume. Any change of a
 * decision changes the text, and the diff shows it. */
#ifndef CQ_TEST_GOLDEN_H
#define CQ_TEST_GOLDEN_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/date.h"
#include "cq/decide.h"
#include "engine/law_masks.h"
#include "cq/hash.h"
#include "cq/str.h"

#define GOLDEN_DECISIONS 64 /* of one service and category on one day */

struct golden_decision {
    const struct cq_rule *rule;
    const char *documents;
    uint64_t gaps;
    long count;
    char text[256];
    unsigned char hash[CQ_HASH_BYTES];
};

static inline const char *golden_cell(const char *text)
{
    return *text == '\0' ? "-" : text;
}

static inline void golden_day(struct cq_str *out, int32_t day)
{
    char text[16] = "";

    if (day == CQ_DAY_MIN || day == CQ_DAY_MAX)
        strcpy(text, "open");
    else
        text[cq_date_write(text, day)] = '\0';
    cq_str_puts(out, text);
}

/* One decision as a line without its count. */
static inline void golden_describe(const struct cq_law *law, const struct cq_decision *d,
                                   struct golden_decision *g)
{
    struct cq_str gaps = {0};
    struct cq_hash h;

    if (cq_decision_gaps(law, d->gaps, &gaps))
        abort();
    snprintf(g->text, sizeof g->text, "%s %s %s %s %s %s %s %s %s %s", d->outcome,
             golden_cell(d->provider), golden_cell(d->payer), golden_cell(d->referral),
             golden_cell(d->reasons), golden_cell(d->basis), golden_cell(d->certainty),
             golden_cell(d->documents), gaps.len == 0 ? "-" : gaps.ptr, d->rules[0]->id);
    cq_str_free(&gaps);
    g->rule = d->rules[0];
    g->documents = d->documents;
    g->gaps = d->gaps;
    g->count = 0;
    cq_hash_init(&h);
    cq_hash_add(&h, g->text, strlen(g->text));
    cq_hash_done(&h, g->hash);
}

static inline bool golden_next(int facts[CQ_FACTS])
{
    for (int fact = CQ_FACTS - 1; fact >= 0; fact--) {
        if (fact == CQ_FACT_SERVICE || fact == CQ_FACT_CATEGORY)
            continue;
        if (++facts[fact] < cq_fact_count((enum cq_fact)fact))
            return true;
        facts[fact] = 0;
    }
    return false;
}

static inline int golden_compare(const void *a, const void *b)
{
    return strcmp(((const struct golden_decision *)a)->text,
                  ((const struct golden_decision *)b)->text);
}

static inline void golden_block(const struct cq_law *law, int32_t day, int service, int category,
                                struct cq_hash *h, struct cq_str *out)
{
    struct golden_decision list[GOLDEN_DECISIONS];
    int facts[CQ_FACTS] = {[CQ_FACT_SERVICE] = service, [CQ_FACT_CATEGORY] = category};
    int count = 0;

    do {
        struct cq_decision d;
        uint64_t word = 0;
        int i = 0;

        for (int fact = 0; fact < CQ_FACTS; fact++)
            word |= cq_fact_bit((enum cq_fact)fact, facts[fact]);
        cq_decide(law, day, word, &d);
        while (i < count && (list[i].rule != d.rules[0] || list[i].gaps != d.gaps ||
                             list[i].documents != d.documents))
            i++;
        if (i == GOLDEN_DECISIONS) {
            cq_str_puts(out, "too many decisions\n");
            return;
        }
        if (i == count)
            golden_describe(law, &d, &list[count++]);
        list[i].count++;
        cq_hash_add(h, list[i].hash, sizeof list[i].hash);
    } while (golden_next(facts));
    qsort(list, (size_t)count, sizeof *list, golden_compare);
    for (int i = 0; i < count; i++)
        cq_str_printf(out, "%s %s %ld %s\n", cq_fact_value_name(CQ_FACT_SERVICE, service),
                      cq_fact_value_name(CQ_FACT_CATEGORY, category), list[i].count, list[i].text);
}

static inline int golden_by_day(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* Days on which something may begin to be decided differently, in order. */
static inline size_t golden_edges(const struct cq_law *law, int32_t **edges)
{
    size_t count = 0, kept = 0;
    int32_t *days = malloc((law->interval_count + 2 * law->late_count + 2 * law->documents_count) *
                           sizeof *days);

    *edges = days;
    if (!days)
        return 0;
    for (size_t i = 0; i < law->interval_count; i++)
        days[count++] = law->intervals[i].since;
    for (size_t i = 0; i < law->late_count; i++) {
        days[count++] = law->late[i].since;
        days[count++] = law->late[i].until;
    }
    for (size_t i = 0; i < law->documents_count; i++) {
        days[count++] = law->documents[i].since;
        days[count++] = law->documents[i].until;
    }
    qsort(days, count, sizeof *days, golden_by_day);
    for (size_t i = 0; i < count; i++)
        if (days[i] != CQ_DAY_MAX && (kept == 0 || days[i] != days[kept - 1]))
            days[kept++] = days[i];
    return kept;
}

static inline void golden_decisions(const struct cq_law *law, struct cq_str *out)
{
    int32_t *edges;
    size_t count = golden_edges(law, &edges);

    for (size_t i = 0; i < count; i++) {
        struct cq_str body = {0};
        unsigned char hash[CQ_HASH_BYTES];
        char hex[CQ_HASH_HEX + 1];
        struct cq_hash h;

        cq_hash_init(&h);
        for (int service = 0; service < CQ_SERVICES; service++)
            for (int category = 0; category < CQ_CATEGORIES; category++)
                golden_block(law, edges[i], service, category, &h, &body);
        cq_hash_done(&h, hash);
        cq_hash_hex(hex, hash, sizeof hash);
        cq_str_puts(out, "\n== ");
        golden_day(out, edges[i]);
        cq_str_puts(out, " .. ");
        golden_day(out, i + 1 < count ? edges[i + 1] : CQ_DAY_MAX);
        cq_str_printf(out, " %s\n%s", hex, body.ptr);
        cq_str_free(&body);
    }
    free(edges);
}

static inline const char *golden_value(enum cq_fact fact, int value)
{
    return value == CQ_UNKNOWN || value == cq_fact_count(fact) ? "unknown"
                                                               : cq_fact_value_name(fact, value);
}

static inline void golden_days(struct cq_str *out, int32_t since, int32_t until)
{
    cq_str_puts(out, " ");
    golden_day(out, since);
    cq_str_puts(out, " ");
    golden_day(out, until);
}

/* The defaults of facts, and what the gaps apply to. */
static inline void golden_defaults(const struct cq_law *law, struct cq_str *out)
{
    cq_str_puts(out, "\n== presumed insured, by category and minor\n");
    for (int c = 0; c <= CQ_CATEGORIES; c++)
        for (int m = 0; m <= 2; m++) {
            uint64_t word = cq_facts_all;

            cq_facts_set(&word, CQ_FACT_CATEGORY, c == CQ_CATEGORIES ? CQ_UNKNOWN : c);
            cq_facts_set(&word, CQ_FACT_MINOR, m == 2 ? CQ_UNKNOWN : m);
            cq_str_printf(out, "%s %s %s\n", golden_value(CQ_FACT_CATEGORY, c),
                          golden_value(CQ_FACT_MINOR, m),
                          golden_value(CQ_FACT_INSURED, cq_law_presumed_insured(law, word)));
        }
    cq_str_puts(out, "\n== order of roles\n");
    for (int i = 0; i < CQ_CATEGORIES; i++)
        cq_str_printf(out, "%s\n", cq_fact_value_name(CQ_FACT_CATEGORY, law->role_order[i]));
    cq_str_puts(out, "\n== packages of services\n");
    for (int i = 0; i < CQ_SERVICES; i++)
        cq_str_printf(out, "%s %s\n", law->services[i].id,
                      golden_value(CQ_FACT_PACKAGE, law->services[i].package));
    cq_str_puts(out, "\n== parameters\n");
    for (size_t i = 0; i < law->parameter_count; i++) {
        const struct cq_parameter *p = &law->parameters[i];

        cq_str_printf(out, "%s %lld %s", p->id, (long long)p->value, golden_cell(p->basis));
        golden_days(out, p->since, p->until);
        cq_str_puts(out, "\n");
    }
    cq_str_puts(out, "\n== gaps and what they join\n");
    for (size_t i = 0; i < law->gap_count; i++) {
        cq_str_printf(out, "%s %s\n", law->gaps[i].id, golden_cell(law->gaps[i].fact));
    }
    cq_str_puts(out, "\n== who refers\n");
    for (size_t i = 0; i < law->referrer_count; i++) {
        const struct cq_referrer *r = &law->referrers[i];

        cq_str_printf(out, "%s %s %s %s\n", r->referral, golden_cell(r->owner),
                      r->specialist ? "specialist" : "-", golden_cell(r->basis));
    }
    cq_str_puts(out, "\n== acts\n");
    for (size_t i = 0; i < law->act_count; i++)
        cq_str_printf(out, "%s\n", law->acts[i].id);
    cq_str_puts(out, "\n== owners of providers\n");
    for (size_t i = 0; i < law->provider_count; i++)
        cq_str_printf(out, "%s %s\n", law->providers[i].id, law->providers[i].owner);
    cq_str_puts(out, "\n== bodies of agencies\n");
    for (size_t i = 0; i < law->agency_count; i++) {
        cq_str_printf(out, "%s %d %s", law->agencies[i].id, law->agencies[i].number,
                      cq_fact_value_name(CQ_FACT_BODY, law->agencies[i].body));
        golden_days(out, CQ_DAY_MIN, law->agencies[i].until);
        cq_str_puts(out, "\n");
    }
    cq_str_puts(out, "\n== homes of regions\n");
    for (size_t i = 0; i < law->region_count; i++) {
        const struct cq_region *r = &law->regions[i];

        cq_str_printf(out, "%d %s", r->number, cq_fact_value_name(CQ_FACT_HOME, r->home));
        golden_days(out, r->since, r->until);
        cq_str_puts(out, " ");
        golden_day(out, r->split);
        cq_str_puts(out, "\n");
    }
}

/* Writes the text. Shape: the law is proved. Owner: caller, cq_str_free. */
static inline void golden_write(const struct cq_law *law, struct cq_str *out)
{
    cq_str_puts(out,
                "# All that the law decides, written by tests/tools/golden.c. Below the days from\n"
                "# the first to the day before the second, and a hash over the decisions of all\n"
                "# combinations of facts in order: service, category, how many combinations of\n"
                "# the other facts, and what they get: outcome provider payer referral reasons\n"
                "# basis certainty documents gaps rule. After a change of the law, review the\n"
                "# diff that\n"
                "#   build/tools/golden >tests/data/law-golden.txt\n"
                "# makes.\n");
    golden_decisions(law, out);
    golden_defaults(law, out);
}

#endif
