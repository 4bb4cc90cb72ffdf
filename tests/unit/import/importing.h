/* For tests of imports: a registry in memory, lists from strings, results as text. */
#ifndef IMPORTING_H
#define IMPORTING_H

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "cq/import.h"

/* Valid numbers of nobody: their seventh digit is 1. */
#define A "850315100006"
#define B "850315100016"
#define C "850315100704"
#define D "850315100716"

struct world {
    struct cq_db db;
    struct cq_law *law;
    struct cq_import import;
    struct cq_import_result result;
    struct cq_err err;
    struct cq_str findings; /* LINE:CODE of each finding */
    struct cq_str text;     /* of the last dump, rejects or changes */
    int fd;                 /* where rejects or changes go */
};

static inline void world_report(const struct cq_err *finding, void *context)
{
    struct world *world = context;
    cq_str_printf(&world->findings, "%s%ld:%s", world->findings.len ? " " : "", finding->line,
                  cq_code_id(finding->code) + 3);
}

static inline const char *world_translate(const char *text)
{
    return text;
}

static inline int32_t day(const char *text)
{
    int32_t number = 0;
    assert_int_equal(cq_date_parse_iso(text, strlen(text), &number), CQ_OK);
    return number;
}

static inline void world_open(struct world *world)
{
    *world = (struct world){.fd = -1};
    assert_int_equal(cq_law_load(&world->law, NULL, &world->err), CQ_OK);
    assert_int_equal(cq_db_open(&world->db, NULL, CQ_DB_MEMORY, 0, &world->err), CQ_OK);
    world->import = (struct cq_import){.max_bad = 100,
                                       .now = 1000,
                                       .max_removals = 100,
                                       .max_losses = 100,
                                       .today = day("2030-01-01"),
                                       .list_date = day("2026-01-01"),
                                       .folder = "/tmp",
                                       .law = world->law,
                                       .rejects_fd = -1,
                                       .changes_fd = -1,
                                       .report = world_report,
                                       .translate = world_translate,
                                       .context = world};
}

static inline void world_close(struct world *world)
{
    cq_import_result_fini(&world->result);
    cq_db_close(&world->db);
    cq_law_free(world->law);
    cq_str_free(&world->findings);
    cq_str_free(&world->text);
}

/* Imports a list. */
static inline enum cq_code import_text(struct world *world, const char *text)
{
    int fd = memfd_create("list", MFD_CLOEXEC);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text, strlen(text)), strlen(text));
    assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
    world->err = (struct cq_err){0};
    cq_import_result_fini(&world->result);
    cq_str_clear(&world->findings);
    cq_str_puts(&world->findings, "");
    enum cq_code code =
        cq_import_run(&world->db, &world->import, fd, "list.csv", &world->result, &world->err);
    close(fd);
    assert_int_equal(code, world->err.code);
    assert_int_equal(sqlite3_get_autocommit(world->db.sqlite), 1);
    if (!code) {
        const struct cq_import_result *r = &world->result;
        assert_int_equal(r->read, r->accepted + r->rejected);
        assert_int_equal(r->accepted, r->added + r->changed + r->unchanged);
    }
    return code;
}

/* Imports a list that is accepted, and compares its counts: "READ: +ADDED ~CHANGED =UNCHANGED
 * -ENDED !REJECTED". */
static inline void assert_import(struct world *world, const char *text, const char *counts)
{
    const struct cq_import_result *r = &world->result;
    assert_int_equal(import_text(world, text), CQ_OK);
    cq_str_clear(&world->text);
    cq_str_printf(&world->text, "%ld: +%ld ~%ld =%ld -%ld !%ld", (long)r->read, (long)r->added,
                  (long)r->changed, (long)r->unchanged, (long)r->ended, (long)r->rejected);
    assert_string_equal(world->text.ptr, counts);
}

/* The rows of a query, columns joined by ' ', rows by '; '. */
static inline const char *rows_of(struct world *world, const char *sql)
{
    sqlite3_stmt *stmt;
    struct cq_str *out = &world->text;
    assert_int_equal(sqlite3_prepare_v2(world->db.sqlite, sql, -1, &stmt, NULL), SQLITE_OK);
    cq_str_clear(out);
    cq_str_puts(out, "");
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        cq_str_puts(out, out->len ? "; " : "");
        for (int i = 0; i < sqlite3_column_count(stmt); i++) {
            const char *text = (const char *)sqlite3_column_text(stmt, i);
            cq_str_printf(out, "%s%s", i ? " " : "", text ? text : "-");
        }
    }
    sqlite3_finalize(stmt);
    return out->ptr;
}

/* The current versions of people: last four digits, name, first day, end. */
static inline const char *current_people(struct world *world)
{
    return rows_of(world, "SELECT iin % 10000, last_name, date(valid_from * 86400, 'unixepoch'),"
                          " date(valid_to * 86400, 'unixepoch') FROM person WHERE run_to IS NULL"
                          " ORDER BY iin, agency, valid_from");
}

/* Begins to capture rejects or changes; captured_output returns them and ends it. */
static inline void capture_output(struct world *world, int *fd)
{
    world->fd = *fd = memfd_create("out", MFD_CLOEXEC);
}

static inline const char *captured_output(struct world *world, int *fd)
{
    char bytes[8192];
    ssize_t n = pread(world->fd, bytes, sizeof bytes, 0);
    assert_true(n >= 0);
    cq_str_clear(&world->text);
    cq_str_puts(&world->text, "");
    cq_str_put(&world->text, bytes, (size_t)n);
    close(world->fd);
    *fd = world->fd = -1;
    return world->text.ptr;
}

/* One world for each test. */
static inline int open_world(void **state)
{
    static struct world world;
    world_open(&world);
    *state = &world;
    return 0;
}

static inline int close_world(void **state)
{
    world_close(*state);
    return 0;
}

#define WORLD(test) cmocka_unit_test_setup_teardown(test, open_world, close_world)

#define HEADER "iin,last_name,first_name,birth_date,category,agency,valid_from,valid_to\n"
#define REST ",Name,1885-03-15,employee,internal_affairs,"
#define ROW(iin, name, from, to) iin "," name REST from "," to "\n"

#endif
