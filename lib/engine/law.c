/* The law as a whole: read, proved, fingerprinted, freed. Its tables are read from law_tables.c on,
 * expanded in law_expand.c and proved in law_prove.c. */
#include "engine/law.h"

#include <string.h>

#include "engine/law_bindings.h"
#include "engine/law_expand.h"
#include "engine/law_prove.h"
#include "engine/law_tables.h"

/* Over name, NUL, length and bytes of every table, so that no byte can move between tables. */
static void fingerprint(struct cq_law *law, const struct cq_law_files *files)
{
    unsigned char hash[CQ_HASH_BYTES];
    struct cq_hash h;

    cq_hash_init(&h);
    for (int table = 0; table < CQ_LAW_TABLES; table++) {
        const char *name = cq_law_files_name((enum cq_law_table)table);
        unsigned char length[8];

        for (size_t i = 0; i < sizeof length; i++)
            length[i] = (unsigned char)((uint64_t)files->bytes[table].len >> (8 * i));
        cq_hash_add(&h, name, strlen(name) + 1);
        cq_hash_add(&h, length, sizeof length);
        cq_hash_add(&h, files->bytes[table].ptr, files->bytes[table].len);
    }
    cq_hash_done(&h, hash);
    cq_hash_hex(law->fingerprint, hash, sizeof hash);
}

/* The first fault of bindings.csv is told. */
static void refuse_bindings(const struct cq_rule *rule, const char *what, void *context)
{
    struct cq_law_cells *r = context;

    if (r->err.code)
        return;
    cq_law_cells_file(r, CQ_LAW_TABLE_BINDINGS, r->file);
    cq_err_record(&r->err, CQ_L_CELL, "%s: %s", rule->id, what);
    cq_err_at(&r->err, r->file, 0, NULL);
}

enum cq_code cq_law_build(struct cq_law **law, const struct cq_law_files *files, const char *dir,
                          struct cq_err *err)
{
    struct cq_law_cells r = {0};

    *law = NULL;
    r.law = cq_law_cells_alloc(&r, 1, sizeof *r.law);
    cq_law_tables_read(&r, files, dir);
    if (!r.err.code)
        cq_law_expand(&r);
    if (!r.err.code)
        cq_law_bindings_faults(r.law, refuse_bindings, &r);
    if (r.err.code) {
        cq_law_cells_free(r.arena);
        if (err && !err->code)
            *err = r.err;
        return r.err.code;
    }
    fingerprint(r.law, files);
    r.law->memory = r.arena;
    *law = r.law;
    return CQ_OK;
}

enum cq_code cq_law_read(struct cq_law **law, const char *dir, struct cq_err *err)
{
    struct cq_law_files files;
    enum cq_code code = CQ_OK;

    *law = NULL;
    if (!dir)
        cq_law_files_embedded(&files);
    else
        code = cq_law_files_read(&files, dir, err);
    if (!code)
        code = cq_law_build(law, &files, dir, err);
    cq_law_files_fini(&files);
    return code;
}

enum cq_code cq_law_load(struct cq_law **law, const char *dir, struct cq_err *err)
{
    enum cq_code code = cq_law_read(law, dir, err);

    if (!code) {
        code = cq_law_prove(*law, 1, NULL, NULL, err);
        if (code && err)
            cq_err_at(err, dir, 0, NULL); /* of two laws, the reader wants to know which */
    }
    if (code) {
        cq_law_free(*law);
        *law = NULL;
    }
    return code;
}

void cq_law_free(struct cq_law *law)
{
    if (law)
        cq_law_cells_free(law->memory);
}
