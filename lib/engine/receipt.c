/* Receipts and their replay. They contain facts, but no names or numbers of people. */
#include "engine/receipt.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/hash.h"
#include "cq/list.h"
#include "cq/num.h"

enum { CELLS_BYTES = 6, CHECK_BYTES = 4 };

static void hash_text(struct cq_hash *hash, const char *text)
{
    cq_hash_add(hash, text, strlen(text) + 1); /* with its NUL, so that cells are separated */
}

/* Hashes every cell of a decision but the rule and the outcome, which the receipt contains. */
static enum cq_code hash_cells(const struct cq_law *law, const struct cq_decision *d,
                               char hex[2 * CELLS_BYTES + 1])
{
    unsigned char bytes[CQ_HASH_BYTES];
    struct cq_str lists = {0};
    struct cq_hash hash;
    enum cq_code code = cq_decision_missing(d->missing, &lists);
    cq_str_put(&lists, ":", 1);
    if (!code)
        code = cq_decision_gaps(law, d->gaps, &lists);
    cq_hash_init(&hash);
    hash_text(&hash, d->provider);
    hash_text(&hash, d->payer);
    hash_text(&hash, d->referral);
    hash_text(&hash, d->documents);
    hash_text(&hash, d->reasons);
    hash_text(&hash, d->basis);
    hash_text(&hash, d->certainty);
    hash_text(&hash, lists.ptr ? lists.ptr : "");
    cq_hash_done(&hash, bytes);
    cq_hash_hex(hex, bytes, CELLS_BYTES);
    cq_str_free(&lists);
    return code;
}

/* Writes the hash at the end of a receipt, over everything before it. */
static void write_check(const char *text, size_t len, char hex[2 * CHECK_BYTES + 1])
{
    unsigned char bytes[CQ_HASH_BYTES];
    cq_hash_bytes(text, len, bytes);
    cq_hash_hex(hex, bytes, CHECK_BYTES);
}

/* Rule ids joined by '+': a receipt in a CSV needs no quotes, whatever the delimiter. */
static enum cq_code add_rules(const struct cq_decision *d, struct cq_str *out)
{
    size_t start = out->len;
    enum cq_code code = cq_decision_rules(d, out);
    for (size_t i = start; !code && i < out->len; i++)
        if (out->ptr[i] == ';')
            out->ptr[i] = '+';
    return code;
}

enum cq_code cq_receipt_write(const struct cq_law *law, int32_t day, int64_t run, uint64_t facts,
                              const struct cq_decision *decision, struct cq_str *out)
{
    char date[11] = "", cells[2 * CELLS_BYTES + 1], check[2 * CHECK_BYTES + 1];
    size_t start = out->len;
    cq_date_write(date, day);
    enum cq_code code = hash_cells(law, decision, cells);
    if (code)
        return code;
    cq_str_printf(out, "1:%016llx:%s:%lld:%.*s:", (unsigned long long)facts, date, (long long)run,
                  CQ_RECEIPT_LAW, law->fingerprint);
    code = add_rules(decision, out);
    cq_str_printf(out, ":%s:%s", decision->outcome, cells);
    if (code || out->failed)
        return code ? code : out->failed;
    write_check(out->ptr + start, out->len - start, check);
    cq_str_printf(out, ":%s", check);
    return out->failed;
}

/* Splits the first part off a text, up to a colon. */
static bool split_first(struct cq_text *rest, struct cq_text *part)
{
    const char *colon = memchr(rest->ptr, ':', rest->len);
    if (!colon)
        return false;
    *part = (struct cq_text){rest->ptr, (size_t)(colon - rest->ptr)};
    rest->len -= part->len + 1;
    rest->ptr = colon + 1;
    return true;
}

/* Splits the last part off: a rule id may contain a colon. */
static bool split_last(struct cq_text *rest, struct cq_text *part)
{
    size_t len = rest->len;
    while (len > 0 && rest->ptr[len - 1] != ':')
        len--;
    if (len == 0)
        return false;
    *part = (struct cq_text){rest->ptr + len, rest->len - len};
    rest->len = len - 1;
    return true;
}

static bool read_facts(struct cq_text text, uint64_t *facts)
{
    static const char digits[] = "0123456789abcdef";
    *facts = 0;
    for (size_t i = 0; i < text.len; i++) {
        const char *digit = memchr(digits, text.ptr[i], 16);
        if (!digit)
            return false;
        *facts = *facts << 4 | (uint64_t)(digit - digits);
    }
    return text.len == 16 && (*facts & ~cq_facts_all) == 0 && cq_facts_empty(*facts) == 0 &&
           cq_facts_get(*facts, CQ_FACT_SERVICE) != CQ_UNKNOWN &&
           cq_facts_get(*facts, CQ_FACT_DESTINATION) != CQ_UNKNOWN;
}

bool cq_receipt_read(const char *text, size_t len, struct cq_receipt *r)
{
    struct cq_text rest = {text, len}, version, facts, day, run, check;
    char expected[2 * CHECK_BYTES + 1];
    *r = (struct cq_receipt){0};
    if (!split_last(&rest, &check))
        return false;
    write_check(rest.ptr, rest.len, expected);
    if (!cq_text_is(check, expected) || !split_first(&rest, &version) ||
        !cq_text_is(version, "1") || !split_first(&rest, &facts) || !split_first(&rest, &day) ||
        !split_first(&rest, &run) || !split_first(&rest, &r->law) ||
        !split_last(&rest, &r->cells) || !split_last(&rest, &r->outcome))
        return false;
    r->rules = rest;
    return read_facts(facts, &r->facts) && !cq_date_parse_iso(day.ptr, day.len, &r->day) &&
           !cq_num_parse(run.ptr, run.len, 0, INT64_MAX, &r->run);
}

static void add_difference(const char *name, struct cq_text then, const char *now,
                           struct cq_str *differs)
{
    cq_str_printf(differs, "%s%s:%.*s>%s", differs->len ? ";" : "", name, (int)then.len, then.ptr,
                  now);
}

/* Adds a difference if the texts differ; returns whether they do. */
static bool compare(const char *name, struct cq_text then, const char *now, struct cq_str *differs)
{
    if (cq_text_is(then, now))
        return false;
    add_difference(name, then, now, differs);
    return true;
}

enum cq_code cq_receipt_replay(const struct cq_law *law, const struct cq_receipt *r,
                               unsigned *found, struct cq_str *differs)
{
    char fingerprint[CQ_RECEIPT_LAW + 1], cells[2 * CELLS_BYTES + 1];
    struct cq_decision d;
    struct cq_str rules = {0};
    cq_decide(law, r->day, r->facts, &d);
    snprintf(fingerprint, sizeof fingerprint, "%.*s", CQ_RECEIPT_LAW, law->fingerprint);
    enum cq_code code = hash_cells(law, &d, cells);
    if (!code)
        code = add_rules(&d, &rules);
    if (!code) {
        bool other_law = compare("law", r->law, fingerprint, differs);
        bool other = compare("rule", r->rules, rules.ptr ? rules.ptr : "", differs);
        other = compare("outcome", r->outcome, d.outcome, differs) || other;
        other = compare("cells", r->cells, cells, differs) || other;
        *found |= other_law ? CQ_REPLAY_LAW : other ? CQ_REPLAY_ENGINE : 0;
        code = differs->failed;
    }
    cq_str_free(&rules);
    return code;
}

static const char *value_name(uint64_t word, enum cq_fact fact)
{
    int value = cq_facts_get(word, fact);
    return value == CQ_UNKNOWN ? "" : cq_fact_value_name(fact, value);
}

enum cq_code cq_receipt_compare(uint64_t then, uint64_t now, unsigned *found,
                                struct cq_str *differs)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        if (((then ^ now) & cq_fact_field(fact)) == 0)
            continue;
        *found |= CQ_REPLAY_DATA;
        add_difference(cq_fact_name(fact), cq_text_of(value_name(then, fact)),
                       value_name(now, fact), differs);
    }
    return differs->failed;
}
