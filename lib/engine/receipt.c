/* Receipts and their replay. They contain facts, but no names or numbers of people. */
#include "engine/receipt.h"

#include <stdio.h>
#include <string.h>

#include "cq/date.h"
#include "cq/hash.h"
#include "cq/list.h"
#include "cq/num.h"
#include "engine/fact_cells.h"

enum { DIGEST = 4, CHECK_BYTES = 4 };

static const char no_digest[DIGEST + 1] = "....";

const enum cq_fact cq_receipt_asked[CQ_RECEIPT_ASKED] = {
    CQ_FACT_URGENCY, CQ_FACT_DESTINATION, CQ_FACT_INDICATED, CQ_FACT_PACKAGE, CQ_FACT_DUTY_INJURY};

const char *const cq_receipt_decided[CQ_RECEIPT_DECIDED] = {"provider",  "payer",     "referral",
                                                            "documents", "reasons",   "missing",
                                                            "basis",     "certainty", "gaps"};

/* The decided cells of a decision. Owner: the law, and lists. */
static enum cq_code read_decided(const struct cq_law *law, const struct cq_decision *d,
                                 struct cq_str lists[2], struct cq_text cells[CQ_RECEIPT_DECIDED])
{
    enum cq_code code = cq_decision_missing(d->missing, &lists[0]);
    if (!code)
        code = cq_decision_gaps(law, d->gaps, &lists[1]);
    const char *const texts[CQ_RECEIPT_DECIDED] = {d->provider,  d->payer,     d->referral,
                                                   d->documents, d->reasons,   lists[0].ptr,
                                                   d->basis,     d->certainty, lists[1].ptr};
    for (int i = 0; i < CQ_RECEIPT_DECIDED; i++)
        cells[i] = cq_text_of(texts[i] ? texts[i] : "");
    return code;
}

/* The digest of a cell: 24 bits in letters that no reader of a CSV touches. */
static void make_digest(struct cq_text text, char digest[DIGEST])
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    uint64_t hash = text.ptr ? (uint64_t)cq_hash_row(text.ptr, text.len) : 0;
    if (!text.ptr)
        memcpy(digest, no_digest, DIGEST);
    for (int i = 0; i < DIGEST && text.ptr; i++, hash >>= 6)
        digest[i] = letters[hash & 63];
}

static void add_digests(const struct cq_text *cells, size_t count, struct cq_str *out)
{
    char digest[DIGEST];
    for (size_t i = 0; i < count; i++) {
        make_digest(cells[i], digest);
        cq_str_put(out, digest, DIGEST);
    }
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

/* What was asked: a digit for each fact, '-' for what was not. */
static void add_asked(const int *asked, struct cq_str *out)
{
    for (int i = 0; i < CQ_RECEIPT_ASKED && asked; i++)
        cq_str_put(out, asked[i] == CQ_UNKNOWN ? "-" : &"0123456789"[asked[i]], 1);
}

enum cq_code cq_receipt_write(const struct cq_receipt_source *s, struct cq_str *out)
{
    char date[11] = "", check[2 * CHECK_BYTES + 1];
    struct cq_text cells[CQ_RECEIPT_DECIDED];
    struct cq_str lists[2] = {{0}};
    size_t start = out->len;
    cq_date_write(date, s->day);
    cq_str_printf(out, "2:%016llx:", (unsigned long long)s->facts);
    add_asked(s->asked, out);
    cq_str_printf(out, ":%s:%lld:%.*s:", date, (long long)s->run, CQ_RECEIPT_LAW,
                  s->law->fingerprint);
    enum cq_code code = add_rules(s->decision, out);
    cq_str_printf(out, ":%s:", s->decision->outcome);
    if (!code)
        code = read_decided(s->law, s->decision, lists, cells);
    if (!code) {
        add_digests(cells, CQ_RECEIPT_DECIDED, out);
        add_digests(s->more, s->more_count, out);
        code = out->failed;
    }
    cq_str_free(&lists[0]);
    cq_str_free(&lists[1]);
    if (code)
        return code;
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

static bool read_asked(struct cq_text text, struct cq_receipt *r)
{
    r->of_person = text.len == CQ_RECEIPT_ASKED;
    for (size_t i = 0; i < text.len && r->of_person; i++) {
        int value = text.ptr[i] - '0';
        r->asked[i] = text.ptr[i] == '-' ? CQ_UNKNOWN : value;
        if (r->asked[i] != CQ_UNKNOWN && (value < 0 || value >= cq_fact_count(cq_receipt_asked[i])))
            return false;
    }
    return text.len == 0 || r->of_person;
}

static bool read_second(struct cq_text rest, struct cq_receipt *r)
{
    struct cq_text facts, asked, day, run;
    if (!split_first(&rest, &facts) || !split_first(&rest, &asked) || !split_first(&rest, &day) ||
        !split_first(&rest, &run) || !split_first(&rest, &r->law) ||
        !split_last(&rest, &r->cells) || !split_last(&rest, &r->outcome))
        return false;
    r->rules = rest;
    return r->cells.len % DIGEST == 0 && r->cells.len >= (size_t)CQ_RECEIPT_DECIDED * DIGEST &&
           read_facts(facts, &r->facts) && read_asked(asked, r) &&
           !cq_date_parse_iso(day.ptr, day.len, &r->day) &&
           !cq_num_parse(run.ptr, run.len, 0, INT64_MAX, &r->run);
}

enum cq_receipt_state cq_receipt_read(const char *text, size_t len, struct cq_receipt *r)
{
    struct cq_text rest = {text, len}, check;
    char expected[2 * CHECK_BYTES + 1];
    int64_t version;
    *r = (struct cq_receipt){0};
    if (!split_last(&rest, &check))
        return CQ_RECEIPT_DAMAGED;
    write_check(rest.ptr, rest.len, expected);
    if (!cq_text_is(check, expected) || !split_first(&rest, &r->version) ||
        cq_num_parse(r->version.ptr, r->version.len, 1, 999, &version))
        return CQ_RECEIPT_DAMAGED;
    if (version != 2)
        return version == 1 ? CQ_RECEIPT_FIRST : CQ_RECEIPT_NEWER;
    return read_second(rest, r) ? CQ_RECEIPT_GOOD : CQ_RECEIPT_DAMAGED;
}

size_t cq_receipt_more(const struct cq_receipt *r)
{
    return r->cells.len / DIGEST - CQ_RECEIPT_DECIDED;
}

bool cq_receipt_agrees(const struct cq_receipt *r, size_t cell, struct cq_text text)
{
    const char *digest = r->cells.ptr + cell * DIGEST;
    char now[DIGEST];
    make_digest(text, now);
    return memcmp(digest, no_digest, DIGEST) == 0 || memcmp(digest, now, DIGEST) == 0;
}

static void add_value(struct cq_text value, struct cq_str *out)
{
    size_t start = out->len;
    cq_str_put(out, value.ptr, value.len);
    for (size_t i = start; !out->failed && i < out->len; i++)
        if (out->ptr[i] == ';')
            out->ptr[i] = '+';
}

void cq_replay_difference(const char *name, struct cq_text then, struct cq_text now,
                          struct cq_str *differs)
{
    cq_str_printf(differs, "%s%s:", differs->len ? ";" : "", name);
    add_value(then, differs);
    cq_str_put(differs, ">", 1);
    add_value(now, differs);
}

/* Adds a difference if the texts differ; returns whether they do. */
static bool compare(const char *name, struct cq_text then, const char *now, struct cq_str *differs)
{
    if (cq_text_is(then, now))
        return false;
    cq_replay_difference(name, then, cq_text_of(now), differs);
    return true;
}

/* The decided cells of a receipt, those of its row, and those decided now. */
struct compared {
    const struct cq_receipt *receipt;
    const struct cq_text *row;
    struct cq_text now[CQ_RECEIPT_DECIDED];
};

/* Adds the cells of the row that are not those of the receipt. */
static void add_altered(const struct compared *c, unsigned *found, struct cq_str *differs)
{
    for (size_t i = 0; i < CQ_RECEIPT_DECIDED; i++) {
        if (!c->row[i].ptr || cq_receipt_agrees(c->receipt, i, c->row[i]))
            continue;
        bool known = cq_receipt_agrees(c->receipt, i, c->now[i]);
        *found |= CQ_REPLAY_ALTERED;
        cq_replay_difference(cq_receipt_decided[i], known ? c->now[i] : cq_text_of("?"), c->row[i],
                             differs);
    }
}

/* Adds the cells that are decided otherwise now; returns whether there is any. */
static bool add_otherwise(const struct compared *c, struct cq_str *differs)
{
    bool any = false;
    for (size_t i = 0; i < CQ_RECEIPT_DECIDED; i++) {
        if (cq_receipt_agrees(c->receipt, i, c->now[i]))
            continue;
        bool known = c->row[i].ptr && cq_receipt_agrees(c->receipt, i, c->row[i]);
        any = true;
        cq_replay_difference(cq_receipt_decided[i], known ? c->row[i] : cq_text_of("?"), c->now[i],
                             differs);
    }
    return any;
}

enum cq_code cq_receipt_replay(const struct cq_law *law, const struct cq_receipt *r,
                               const struct cq_text *row, unsigned *found, struct cq_str *differs)
{
    char fingerprint[CQ_RECEIPT_LAW + 1];
    struct cq_decision d;
    struct compared c = {.receipt = r, .row = row};
    struct cq_str rules = {0}, lists[2] = {{0}};
    cq_decide(law, r->day, r->facts, &d);
    snprintf(fingerprint, sizeof fingerprint, "%.*s", CQ_RECEIPT_LAW, law->fingerprint);
    enum cq_code code = read_decided(law, &d, lists, c.now);
    if (!code)
        code = add_rules(&d, &rules);
    if (!code) {
        add_altered(&c, found, differs);
        bool other_law = compare("law", r->law, fingerprint, differs);
        bool other = compare("rule", r->rules, rules.ptr ? rules.ptr : "", differs);
        other = compare("outcome", r->outcome, d.outcome, differs) || other;
        other = add_otherwise(&c, differs) || other;
        *found |= other_law ? CQ_REPLAY_LAW : other ? CQ_REPLAY_ENGINE : 0;
        code = differs->failed;
    }
    cq_str_free(&rules);
    cq_str_free(&lists[0]);
    cq_str_free(&lists[1]);
    return code;
}

enum cq_code cq_receipt_compare(uint64_t then, uint64_t now, unsigned *found,
                                struct cq_str *differs)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        if (((then ^ now) & cq_fact_field(fact)) == 0)
            continue;
        *found |= CQ_REPLAY_DATA;
        cq_str_printf(differs, "%s%s:", differs->len ? ";" : "", cq_fact_name(fact));
        cq_fact_cell_write(then, fact, differs);
        cq_str_put(differs, ">", 1);
        cq_fact_cell_write(now, fact, differs);
    }
    return differs->failed;
}
