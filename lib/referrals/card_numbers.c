/* The numbers of new outpatient cards, polyclinic by polyclinic. */
#include "referrals/card_numbers.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cq/num.h"

/* Of the greatest number that is counted on from: an IIN that serves as a number has 12, and is none. */
enum { DIGITS = 9 };

/* The greatest number of a polyclinic, in any run, taken back or not: it was on paper once. */
static const char last_sql[] =
    "SELECT card_no FROM card WHERE facility = ?1 AND card_no NOT GLOB '*[^0-9]*'"
    " AND length(card_no) <= 9 ORDER BY CAST(card_no AS INTEGER) DESC, length(card_no) DESC"
    " LIMIT 1";

/* A number that was counted to may be there all the same, too long to be counted on from. */
static const char known_sql[] = "SELECT 1 FROM card WHERE facility = ?1 AND card_no = ?2 LIMIT 1";

static int compare_texts(struct cq_text a, struct cq_text b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

/* By polyclinic; there, numbers that were given before the others, and the requests in order. */
static int by_number(const void *a, const void *b)
{
    const struct cq_registration *x = *(struct cq_registration *const *)a,
                                 *y = *(struct cq_registration *const *)b;
    int order = compare_texts(x->facility, y->facility);
    if (order == 0)
        order = (x->card_no.len == 0) - (y->card_no.len == 0);
    if (order == 0)
        order = compare_texts(x->card_no, y->card_no);
    return order != 0 ? order : (x > y) - (x < y);
}

/* The last number, and how many digits it is written with. */
struct last {
    int64_t number;
    int width;
};

/* Counts a number in, if it is one. */
static void count_in(struct last *last, struct cq_text text)
{
    int64_t number;
    if (text.len == 0 || text.len > DIGITS || strspn(text.ptr, "0123456789") < text.len ||
        cq_num_parse(text.ptr, text.len, 0, INT64_MAX, &number) || number < last->number)
        return;
    *last = (struct last){number, (int)text.len};
}

static enum cq_code read_last(struct cq_db *db, sqlite3_stmt *stmt, struct cq_text facility,
                              struct last *last, struct cq_err *err)
{
    bool row = false;
    *last = (struct last){0, 1};
    sqlite3_reset(stmt);
    cq_db_bind_text(stmt, 1, facility.ptr, facility.len);
    enum cq_code code = cq_db_step(db, stmt, &row, err);
    if (!code && row)
        count_in(last, (struct cq_text){(const char *)sqlite3_column_text(stmt, 0),
                                        (size_t)sqlite3_column_bytes(stmt, 0)});
    return code;
}

static enum cq_code give(struct cq_registrations *batch, struct cq_db *db, sqlite3_stmt *known,
                         struct last *last, struct cq_registration *r, struct cq_err *err)
{
    char text[24];
    struct cq_text number = {text, 0};
    bool row = true;
    while (row) {
        last->number++;
        number.len = (size_t)snprintf(text, sizeof text, "%0*" PRId64, last->width, last->number);
        sqlite3_reset(known);
        cq_db_bind_text(known, 1, r->facility.ptr, r->facility.len);
        cq_db_bind_text(known, 2, number.ptr, number.len);
        enum cq_code code = cq_db_step(db, known, &row, err);
        if (code)
            return code;
    }
    r->card_no = (struct cq_text){cq_texts_copy(batch->texts, &number), number.len};
    return r->card_no.ptr ? CQ_OK : cq_err_set(err, CQ_B_NOMEM, NULL);
}

/* Gives the numbers of the new cards in order. */
static enum cq_code give_all(struct cq_registrations *batch, struct cq_db *db, sqlite3_stmt *stmt,
                             sqlite3_stmt *known, struct cq_registration **cards, size_t count,
                             struct cq_err *err)
{
    struct last last = {0, 1};
    enum cq_code code = CQ_OK;
    for (size_t i = 0; i < count && !code; i++) {
        struct cq_registration *r = cards[i], *before = i ? cards[i - 1] : NULL;
        bool new_place = !before || compare_texts(before->facility, r->facility) != 0;
        if (new_place)
            code = read_last(db, stmt, r->facility, &last, err);
        if (code)
            break;
        if (r->card_no.len == 0)
            code = give(batch, db, known, &last, r, err);
        else if (!new_place && compare_texts(before->card_no, r->card_no) == 0)
            cq_registrations_report(batch, CQ_R_CARD_TAKEN, r->line, CQ_REGISTER_CARD_NO, NULL, r);
        else
            count_in(&last, r->card_no);
    }
    return code;
}

enum cq_code cq_card_numbers_give(struct cq_registrations *batch, struct cq_db *db,
                                  struct cq_err *err)
{
    struct cq_registration **cards = calloc(batch->count + 1, sizeof *cards);
    sqlite3_stmt *stmt = NULL, *known = NULL;
    size_t count = 0;
    if (!cards)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    for (size_t i = 0; i < batch->count; i++)
        if (batch->list[i].state == CQ_REGISTERED_OPENED)
            cards[count++] = &batch->list[i];
    if (count > 1)
        qsort(cards, count, sizeof *cards, by_number);
    enum cq_code code = cq_db_prepare(db, &stmt, last_sql, err);
    if (!code)
        code = cq_db_prepare(db, &known, known_sql, err);
    if (!code)
        code = give_all(batch, db, stmt, known, cards, count, err);
    sqlite3_finalize(known);
    sqlite3_finalize(stmt);
    free(cards);
    return code;
}
