/* All that the law decides as a text that can be reviewed: on each stretch of days every ruling, with
 * the number of combinations of facts that it answers and a hash over their boxes; then what is added
 * to decisions afterwards, and what the tables presume. Any change of a decision changes the text,
 * and the diff shows it. */
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

static inline void golden_days(struct cq_str *out, int32_t since, int32_t until)
{
    cq_str_puts(out, " ");
    golden_day(out, since);
    cq_str_puts(out, " ");
    golden_day(out, until);
}

static inline uint64_t golden_combinations(uint64_t box)
{
    uint64_t product = 1;

    for (int fact = 0; fact < CQ_FACTS; fact++)
        product *= (uint64_t)__builtin_popcountll(box & cq_fact_field((enum cq_fact)fact));
    return product;
}

/* The facts that a box restricts. */
static inline void golden_box(struct cq_str *out, uint64_t box)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        const char *lead = "=";

        if ((box & cq_fact_field(fact)) == cq_fact_field(fact))
            continue;
        cq_str_printf(out, " %s", cq_fact_name(fact));
        for (int value = 0; value < cq_fact_count(fact); value++)
            if ((box & cq_fact_bit(fact, value)) != 0) {
                cq_str_printf(out, "%s%s", lead, cq_fact_value_name(fact, value));
                lead = "|";
            }
    }
}

static inline void golden_gaps(const struct cq_law *law, struct cq_str *out, uint64_t gaps)
{
    struct cq_str text = {0};

    if (cq_decision_gaps(law, gaps, &text))
        abort();
    cq_str_printf(out, " %s", text.len == 0 ? "-" : text.ptr);
    cq_str_free(&text);
}

/* One ruling as a line. */
static inline void golden_ruling(const struct cq_law *law, const struct cq_interval *interval,
                                 size_t index, struct cq_str *out)
{
    const struct cq_ruling *r = &interval->rulings[index];
    unsigned char hash[CQ_HASH_BYTES];
    char hex[9];
    struct cq_hash h;
    uint64_t count = 0;

    cq_hash_init(&h);
    for (size_t i = 0; i < interval->count; i++)
        if (interval->masks[i].ruling == (int)index) {
            count += golden_combinations(interval->masks[i].facts);
            cq_hash_add(&h, &interval->masks[i].facts, sizeof interval->masks[i].facts);
        }
    cq_hash_done(&h, hash);
    cq_hash_hex(hex, hash, 4);
    cq_str_printf(out, "%s %llu %s %s %s %s %s %s %s %s", r->rule->id, (unsigned long long)count,
                  hex, r->rule->outcome, golden_cell(r->rule->provider),
                  golden_cell(r->rule->payer), golden_cell(r->rule->referral),
                  golden_cell(r->rule->reasons), golden_cell(r->basis),
                  golden_cell(cq_certainty_names[r->certainty]));
    golden_gaps(law, out, r->gaps);
    for (uint64_t late = r->late; late != 0; late &= late - 1)
        cq_str_printf(out, "%s%d", late == r->late ? " late " : ",", __builtin_ctzll(late) + 1);
    cq_str_puts(out, "\n");
}

/* Whether a text has that line. */
static inline bool golden_has(const struct cq_str *text, const char *line, size_t len)
{
    const char *at = text->ptr;

    while (at && *at != '\0') {
        size_t own = strcspn(at, "\n") + 1;

        if (own == len && memcmp(at, line, len) == 0)
            return true;
        at += own;
    }
    return false;
}

/* Adds the lines of one text that another lacks, after a sign. */
static inline void golden_lines(const struct cq_str *lines, const struct cq_str *others, char sign,
                                struct cq_str *out)
{
    for (const char *at = lines->ptr; at && *at != '\0';) {
        size_t len = strcspn(at, "\n") + 1;

        if (!golden_has(others, at, len))
            cq_str_printf(out, "%c%.*s", sign, (int)len, at);
        at += len;
    }
}

/* The rulings of each stretch of days, as what is gone and what is new against the one before. */
static inline void golden_decisions(const struct cq_law *law, struct cq_str *out)
{
    struct cq_str before = {0};

    for (size_t i = 0; i < law->interval_count; i++) {
        const struct cq_interval *interval = &law->intervals[i];
        struct cq_str now = {0};

        for (size_t k = 0; k < interval->ruling_count; k++)
            golden_ruling(law, interval, k, &now);
        cq_str_puts(out, "\n==");
        golden_days(out, interval->since, interval->until);
        cq_str_puts(out, "\n");
        golden_lines(&before, &now, '-', out);
        golden_lines(&now, &before, '+', out);
        cq_str_free(&before);
        before = now;
    }
    cq_str_free(&before);
}

static inline const char *golden_value(enum cq_fact fact, int value)
{
    return value == CQ_UNKNOWN || value == cq_fact_count(fact) ? "unknown"
                                                               : cq_fact_value_name(fact, value);
}

/* What is added to decisions, and the papers. */
static inline void golden_late(const struct cq_law *law, struct cq_str *out)
{
    cq_str_puts(out, "\n== added afterwards\n");
    for (size_t i = 0; i < law->late_count; i++) {
        const struct cq_late *late = &law->late[i];

        cq_str_printf(out, "%zu %s", i + 1, golden_cell(cq_certainty_names[late->certainty]));
        golden_gaps(law, out, late->gap);
        golden_days(out, late->since, late->until);
        cq_str_printf(out, " %s %s %s", late->basis, late->outcomes,
                      late->rests_on < 0 ? "-" : cq_fact_name((enum cq_fact)late->rests_on));
        golden_box(out, late->facts);
        if (late->possible != 0) {
            cq_str_puts(out, " possible");
            golden_box(out, ~late->possible & cq_facts_all);
        }
        cq_str_puts(out, "\n");
    }
    cq_str_puts(out, "\n== papers\n");
    for (size_t i = 0; i < law->documents_count; i++) {
        const struct cq_documents *d = &law->documents[i];

        cq_str_puts(out, d->documents);
        golden_gaps(law, out, d->gaps);
        golden_days(out, d->since, d->until);
        cq_str_printf(out, " %s", golden_cell(d->basis));
        golden_box(out, d->facts);
        cq_str_puts(out, "\n");
    }
}

/* What is decided where a gap is read in one way or another: on other facts, or at once. */
static inline void golden_readings(const struct cq_law *law, struct cq_str *out)
{
    cq_str_puts(out, "\n== readings of gaps\n");
    for (size_t i = 0; i < law->gap_reading_count; i++) {
        const struct cq_gap_reading *r = &law->gap_readings[i];

        golden_gaps(law, out, r->gap);
        cq_str_printf(out, " %s %s %s %s", golden_cell(r->outcome), golden_cell(r->reasons),
                      golden_cell(r->basis), golden_cell(cq_certainty_names[r->certainty]));
        golden_box(out, r->values | (cq_facts_all & ~r->changed));
        cq_str_puts(out, "\n");
    }
}

/* The editions, and the paragraphs in each. */
static inline void golden_paragraphs(const struct cq_law *law, struct cq_str *out)
{
    cq_str_puts(out, "\n== editions\n");
    for (size_t i = 0; i < law->edition_count; i++) {
        const struct cq_edition *e = &law->editions[i];

        cq_str_printf(out, "%s %s %s", e->id, e->act, e->confirmed ? "confirmed" : "-");
        golden_days(out, e->since, e->until);
        cq_str_puts(out, "\n");
    }
    cq_str_puts(out, "\n== paragraphs\n");
    for (size_t i = 0; i < law->paragraph_count; i++) {
        const struct cq_paragraph *p = &law->paragraphs[i];

        cq_str_printf(out, "%s %s %s %s %s %s %s %s", p->id, p->edition, golden_cell(p->cited_as),
                      golden_cell(cq_certainty_names[p->certainty]), p->source,
                      golden_cell(p->hash), p->implemented_by, golden_cell(p->reason));
        golden_days(out, p->since, p->until);
        cq_str_puts(out, "\n");
    }
}

/* The defaults of facts, and what the gaps are about. */
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
    cq_str_puts(out, "\n== gaps and what they are about\n");
    for (size_t i = 0; i < law->gap_count; i++) {
        cq_str_printf(out, "%s %s\n", law->gaps[i].id, golden_cell(law->gaps[i].fact));
    }
    cq_str_puts(out, "\n== what binds referrals\n");
    for (size_t i = 0; i < law->binding_count; i++) {
        const struct cq_binding *b = &law->bindings[i];

        cq_str_printf(out, "%s %d %d %s %s %s %s %s %#llx", cq_requirement_names[b->requirement],
                      b->stage, b->need, golden_cell(b->accepts), b->reason, b->referral, b->cites,
                      golden_cell(b->basis), (unsigned long long)b->facts);
        golden_days(out, b->since, b->until);
        cq_str_puts(out, "\n");
    }
    cq_str_puts(out, "\n== who bears what is paid\n");
    for (size_t i = 0; i < law->bearer_count; i++) {
        const struct cq_bearer *b = &law->bearers[i];

        cq_str_printf(out, "%s %s %s %s", b->payers, b->cites, b->bearer, golden_cell(b->basis));
        golden_days(out, b->since, b->until);
        cq_str_puts(out, "\n");
    }
    cq_str_puts(out, "\n== lines of form 2\n");
    for (size_t i = 0; i < law->form2_line_count; i++) {
        const struct cq_form2_line *l = &law->form2_lines[i];

        cq_str_printf(out, "%s %s %s", l->line, golden_cell(l->of), l->kept ? "" : "not kept");
        for (int c = 0; l->kept && c < CQ_CATEGORIES; c++)
            if (l->facts & cq_fact_bit(CQ_FACT_CATEGORY, c))
                cq_str_printf(out, " %s", cq_fact_value_name(CQ_FACT_CATEGORY, c));
        for (size_t a = 0; l->kept && a < law->agency_count; a++)
            if (l->agencies >> law->agencies[a].number & 1)
                cq_str_printf(out, " %s", law->agencies[a].id);
        cq_str_puts(out, l->women ? " women\n" : "\n");
    }
    cq_str_puts(out, "\n== holidays\n");
    for (size_t i = 0; i < law->holiday_count; i++) {
        const struct cq_holiday *h = &law->holidays[i];

        cq_str_printf(out, "%02d-%02d %s %s", h->month, h->mday, h->moves ? "moves" : "stays",
                      h->basis);
        golden_days(out, h->since, h->until);
        cq_str_puts(out, "\n");
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
    cq_str_puts(
        out, "# All that the law decides, written by tests/tools/golden.c. On the days from the\n"
             "# first to the one before the second every ruling: rule, combinations of facts,\n"
             "# a hash over their boxes, outcome, provider, payer, referral, reasons, basis,\n"
             "# certainty, gaps, rows of late.csv that can apply. Only what differs from the days\n"
             "# before is shown: - is gone, + is new. After a change of the law, review the diff\n"
             "# that\n"
             "#   build/tools/golden >tests/data/law-golden.txt\n"
             "# makes.\n");
    golden_decisions(law, out);
    golden_late(law, out);
    golden_readings(law, out);
    golden_paragraphs(law, out);
    golden_defaults(law, out);
}

#endif
