/* The bytes of the law tables, embedded or of a folder. */
#ifndef CQ_ENGINE_LAW_FILES_H
#define CQ_ENGINE_LAW_FILES_H

#include "cq/err.h"
#include "cq/str.h"

/* The tables in the order in which they are read and hashed: each refers to earlier ones only. */
enum cq_law_table {
    CQ_LAW_TABLE_ACTS,
    CQ_LAW_TABLE_EDITIONS,
    CQ_LAW_TABLE_PARAGRAPHS,
    CQ_LAW_TABLE_GAPS,
    CQ_LAW_TABLE_WORDS,
    CQ_LAW_TABLE_PROVIDERS,
    CQ_LAW_TABLE_GROUPS,
    CQ_LAW_TABLE_CLAUSES,
    CQ_LAW_TABLE_RULES,
    CQ_LAW_TABLE_LATE,
    CQ_LAW_TABLE_GAP_READINGS,
    CQ_LAW_TABLE_DOCUMENTS,
    CQ_LAW_TABLE_SERVICES,
    CQ_LAW_TABLE_AGENCIES,
    CQ_LAW_TABLE_REGIONS,
    CQ_LAW_TABLE_ROLES,
    CQ_LAW_TABLE_PRESUMPTIONS,
    CQ_LAW_TABLE_PARAMETERS,
    CQ_LAW_TABLE_BINDINGS,
    CQ_LAW_TABLE_BEARERS,
    CQ_LAW_TABLE_FORM2,
    CQ_LAW_TABLE_HOLIDAYS,
    CQ_LAW_TABLES
};

/* The bytes of all tables, by cq_law_table. */
struct cq_law_files {
    struct cq_text bytes[CQ_LAW_TABLES];
    void *memory[CQ_LAW_TABLES]; /* NULL where the bytes are embedded */
};

/* The name of a table's file: "rules.csv". Owner: static strings. */
const char *cq_law_files_name(enum cq_law_table table);

/* Sets the embedded bytes. Owner: nothing to free; fini is legal. */
void cq_law_files_embedded(struct cq_law_files *files);

/* Reads all tables of a folder. Errors: CQ_L_OPEN, CQ_B_NOMEM. Owner: caller, fini in any case. */
enum cq_code cq_law_files_read(struct cq_law_files *files, const char *dir, struct cq_err *err);
void cq_law_files_fini(struct cq_law_files *files);

#endif
