/* The rows that a decision was made from, as hashes: a row that is altered afterwards is detected,
 * even if the decision would stay the same. Columns that later runs may set are left out, and so
 * are cells without a value; the name of each column is hashed before its cell. */
#include "referrals/provenance.h"

#include <stdlib.h>
#include <string.h>

#include "cq/registry.h"
#include "referrals/seal.h"

enum { COLUMNS_MAX = 48 };

#define KNOWN " run_from <= ?1 AND (run_to IS NULL OR run_to > ?1)"
#define ONE " AND id >= ?2 AND id < ?3 ORDER BY id"

struct rows {
    sqlite3_stmt *stmt;
    int count;
    struct cq_text names[COLUMNS_MAX]; /* without bytes: not hashed */
    int sponsor;                       /* index of sponsor_iin, -1 where there is none */
};

struct cq_provenance {
    struct cq_db *db;
    int64_t run;
    enum cq_provenance_form form;
    struct rows people, insurance, presidential;
    unsigned char facilities[CQ_PROVENANCE_BYTES], runs[CQ_PROVENANCE_BYTES];
};

/* Whether a later run may set a column of a row that it leaves as it is. */
static bool is_bookkeeping(const struct cq_provenance *s, const char *name)
{
    return strcmp(name, "line") == 0 || strcmp(name, "run_to") == 0 ||
           (s->form == CQ_PROVENANCE_CELLS && strcmp(name, "hash") == 0);
}

static enum cq_code open_rows(struct cq_provenance *s, struct rows *rows, const char *sql,
                              struct cq_err *err)
{
    enum cq_code code = cq_db_prepare(s->db, &rows->stmt, sql, err);
    if (code)
        return code;
    rows->count = sqlite3_column_count(rows->stmt);
    rows->sponsor = -1;
    if (rows->count > COLUMNS_MAX)
        return cq_err_set(err, CQ_B_BUG, "columns of a source");
    for (int i = 0; i < rows->count; i++) {
        const char *name = sqlite3_column_name(rows->stmt, i);
        if (!name)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        if (strcmp(name, "sponsor_iin") == 0)
            rows->sponsor = i;
        if (!is_bookkeeping(s, name))
            rows->names[i] = (struct cq_text){name, strlen(name)};
    }
    sqlite3_bind_int64(rows->stmt, 1, s->run);
    return CQ_OK;
}

/* Hashes every row of a statement; collects the sponsors that they name. */
static enum cq_code hash_rows(struct cq_provenance *s, struct rows *rows, struct cq_hash *hash,
                              int64_t *sponsors, int most, int *found, struct cq_err *err)
{
    bool row = true;
    enum cq_code code = CQ_OK;
    while (!code && row) {
        code = cq_db_step(s->db, rows->stmt, &row, err);
        if (code || !row)
            break;
        for (int i = 0; i < rows->count; i++) {
            struct cq_stored cell = cq_stored_read(rows->stmt, i);
            if (!rows->names[i].ptr || cell.type == CQ_STORED_NULL)
                continue;
            cq_hash_add(hash, rows->names[i].ptr, rows->names[i].len);
            cq_stored_hash(hash, &cell);
            if (i == rows->sponsor && *found < most)
                sponsors[(*found)++] = cell.number;
        }
        cq_hash_add(hash, "\n", 1);
    }
    sqlite3_reset(rows->stmt);
    return code;
}

static enum cq_code hash_group(struct cq_provenance *s, struct rows *rows, int64_t iin,
                               struct cq_hash *hash, int64_t *sponsors, int most, int *found,
                               struct cq_err *err)
{
    sqlite3_bind_int64(rows->stmt, 2, iin << CQ_GROUP_SHIFT);
    sqlite3_bind_int64(rows->stmt, 3, (iin + 1) << CQ_GROUP_SHIFT);
    return hash_rows(s, rows, hash, sponsors, most, found, err);
}

static void finish_hash(struct cq_hash *hash, unsigned char out[CQ_PROVENANCE_BYTES])
{
    unsigned char whole[CQ_HASH_BYTES];
    cq_hash_done(hash, whole);
    memcpy(out, whole, CQ_PROVENANCE_BYTES);
}

/* Hashes a table that every decision of the run depends on. */
static enum cq_code hash_table(struct cq_provenance *s, const char *sql,
                               unsigned char out[CQ_PROVENANCE_BYTES], struct cq_err *err)
{
    struct rows rows = {0};
    struct cq_hash hash;
    int none = 0;
    cq_hash_init(&hash);
    enum cq_code code = open_rows(s, &rows, sql, err);
    if (!code)
        code = hash_rows(s, &rows, &hash, NULL, 0, &none, err);
    sqlite3_finalize(rows.stmt);
    finish_hash(&hash, out);
    return code;
}

enum cq_code cq_provenance_open(struct cq_provenance **result, struct cq_db *db, int64_t run,
                                enum cq_provenance_form form, struct cq_err *err)
{
    struct cq_provenance *s = calloc(1, sizeof *s);
    *result = NULL;
    if (!s)
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    s->db = db;
    s->run = run;
    s->form = form;
    enum cq_code code = open_rows(s, &s->people, "SELECT * FROM person WHERE" KNOWN ONE, err);
    if (!code)
        code = open_rows(s, &s->insurance, "SELECT * FROM insurance WHERE" KNOWN ONE, err);
    if (!code)
        code = open_rows(s, &s->presidential, "SELECT * FROM presidential WHERE" KNOWN ONE, err);
    if (!code)
        code =
            hash_table(s, "SELECT * FROM facility WHERE" KNOWN " ORDER BY id", s->facilities, err);
    if (!code)
        code = hash_table(s, "SELECT * FROM run WHERE id <= ?1 ORDER BY id", s->runs, err);
    if (code)
        cq_provenance_close(s);
    else
        *result = s;
    return code;
}

void cq_provenance_close(struct cq_provenance *s)
{
    if (!s)
        return;
    sqlite3_finalize(s->people.stmt);
    sqlite3_finalize(s->insurance.stmt);
    sqlite3_finalize(s->presidential.stmt);
    free(s);
}

enum cq_code cq_provenance_read(struct cq_provenance *s, int64_t iin,
                                unsigned char hashes[CQ_PROVENANCE_KINDS][CQ_PROVENANCE_BYTES],
                                struct cq_err *err)
{
    int64_t sponsors[16];
    int found = 0, none = 0;
    struct cq_hash hash;
    cq_hash_init(&hash);
    enum cq_code code = hash_group(s, &s->people, iin, &hash, sponsors, 16, &found, err);
    for (int i = 0; i < found && !code; i++)
        code = hash_group(s, &s->people, sponsors[i], &hash, NULL, 0, &none, err);
    if (!code)
        code = hash_group(s, &s->insurance, iin, &hash, NULL, 0, &none, err);
    if (!code)
        code = hash_group(s, &s->presidential, iin, &hash, NULL, 0, &none, err);
    finish_hash(&hash, hashes[CQ_PROVENANCE_PEOPLE]);
    memcpy(hashes[CQ_PROVENANCE_FACILITIES], s->facilities, CQ_PROVENANCE_BYTES);
    memcpy(hashes[CQ_PROVENANCE_RUNS], s->runs, CQ_PROVENANCE_BYTES);
    return code;
}
