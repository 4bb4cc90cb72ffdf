/* Rows of a list to sorted records: every value read and checked, bad rows put aside. */
#include "import_private.h"

#include <stdlib.h>
#include <string.h>

#include "cq/hash.h"
#include "cq/iin.h"
#include "cq/utf8.h"

/* Bytes of rows held in memory; beyond it the sorter uses a file. */
static const size_t memory_limit = (size_t)88 << 20;

void cq_import_find(struct cq_importing *work, enum cq_code code, long line, int column)
{
    struct cq_err finding = {0};
    cq_err_record(&finding, code, NULL);
    cq_err_at(&finding, work->name, line, column >= 0 ? work->list.columns[column].name : NULL);
    work->import->say(&finding, work->import->context);
    if (cq_code_status(code) == 0) {
        work->result->warnings++;
        return;
    }
    /* One row is one reject; its first finding is the one that counts. */
    if (work->reject_count > 0 && work->rejects[work->reject_count - 1].line == (uint32_t)line)
        return;
    if (work->reject_count == work->reject_room) {
        size_t room = work->reject_room ? work->reject_room * 2 : 64;
        struct cq_reject *rejects = realloc(work->rejects, room * sizeof *rejects);
        if (!rejects) {
            work->no_memory = true;
            return;
        }
        work->rejects = rejects;
        work->reject_room = room;
    }
    work->rejects[work->reject_count++] =
        (struct cq_reject){(uint32_t)line, (int16_t)column, (uint16_t)code};
    work->result->rejected++;
}

static void on_unknown(const struct cq_text *header, const char *nearest, void *context)
{
    struct cq_importing *work = context;
    struct cq_err finding = {0};
    for (int i = 0; i < 4; i++) /* rejects that were mended come back with these */
        if (strlen(cq_reject_columns[i]) == header->len &&
            memcmp(cq_reject_columns[i], header->ptr, header->len) == 0)
            return;
    if (nearest)
        cq_err_record(&finding, CQ_W_COLUMN, "%.*s (%s?)", (int)header->len, header->ptr, nearest);
    else
        cq_err_record(&finding, CQ_W_COLUMN, "%.*s", (int)header->len, header->ptr);
    cq_err_at(&finding, work->name, 1, NULL);
    work->import->say(&finding, work->import->context);
    work->result->warnings++;
}

static void on_found(enum cq_code code, int column, void *context)
{
    struct cq_importing *work = context;
    cq_import_find(work, code, work->line, column);
}

/* Where letters of a name were mended, the list's own words are kept. */
static bool keep_listed_names(struct cq_importing *work, const struct cq_row *row,
                              struct cq_value *values)
{
    size_t start = work->scratch.len;
    bool mended = false;
    for (int i = CQ_P_LAST_NAME; i <= CQ_P_MIDDLE_NAME; i++)
        mended = mended || values[i].mended;
    if (!mended)
        return true;
    for (int i = CQ_P_LAST_NAME; i <= CQ_P_MIDDLE_NAME; i++) {
        int field = work->map[i];
        struct cq_text text = field < 0 ? (struct cq_text){"", 0}
                                        : cq_text_trim(row->fields[field]);
        if (values[i].mended)
            cq_import_find(work, CQ_W_LOOKALIKE, row->line, i);
        if ((i > CQ_P_LAST_NAME && cq_str_adds(&work->scratch, "|")) ||
            cq_str_add(&work->scratch, text.ptr, text.len))
            return false;
    }
    values[CQ_P_LISTED_NAMES] = (struct cq_value){
        .present = true, .text = {work->scratch.ptr + start, work->scratch.len - start}};
    return true;
}

/* Reads the values of a row. Returns whether all are right. */
static bool read_values(struct cq_importing *work, const struct cq_row *row,
                        struct cq_value *values)
{
    bool good = true;
    cq_str_clear(&work->scratch);
    for (size_t i = work->list.in_file; i < work->list.count; i++)
        values[i] = (struct cq_value){0};
    for (size_t i = 0; i < work->list.in_file; i++) {
        static const struct cq_text nothing = {"", 0};
        int field = work->map[i];
        enum cq_code code = cq_column_parse(&work->list.columns[i],
                                            field < 0 ? &nothing : &row->fields[field], &values[i],
                                            &work->scratch);
        if (code == CQ_B_NOMEM)
            work->no_memory = true;
        if (!code && work->list.columns[i].type == CQ_TYPE_NAME &&
            cq_utf8_damaged(values[i].text.ptr, values[i].text.len))
            code = CQ_R_NAME_LETTER;
        if (code) {
            cq_import_find(work, code, row->line, (int)i);
            good = false;
        }
    }
    if (good && work->list.kind == CQ_KIND_CONTINGENT && !keep_listed_names(work, row, values))
        work->no_memory = true;
    return good;
}

/* The list's agency fills an empty cell, and differs from no other. */
static bool settle_agency(struct cq_importing *work, struct cq_value *values)
{
    struct cq_value *agency = &values[CQ_P_AGENCY];
    if (work->list.kind != CQ_KIND_CONTINGENT || work->import->agency == 0)
        return true;
    if (agency->present && cq_list_agency(&work->list, agency) != work->import->agency) {
        cq_import_find(work, CQ_R_AGENCY, work->line, CQ_P_AGENCY);
        return false;
    }
    agency->present = true;
    for (int i = 0; work->list.agencies[i]; i++)
        if (work->list.agency_numbers[i] == work->import->agency)
            agency->number = i;
    return true;
}

/* Packs a row, and behind it which columns the file does not have: a cell that is empty says that
 * nothing is known, a column that is not there says nothing, and their rows must not hash alike. */
static enum cq_code pack_row(struct cq_importing *work, const struct cq_value *values,
                             struct cq_err *err)
{
    uint32_t unsaid = 0;
    for (size_t i = 0; i < work->list.in_file; i++)
        unsaid |= (uint32_t)(work->map[i] < 0) << i;
    cq_str_clear(&work->packed);
    if (cq_list_pack(&work->list, values, &work->packed) ||
        cq_str_add(&work->packed, (const char *)&unsaid, sizeof unsaid))
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    return CQ_OK;
}

/* The hash of a line's bytes, in the context of what decides how they are read. */
static int64_t line_hash(struct cq_importing *work, struct cq_text raw)
{
    while (raw.len > 0 && (raw.ptr[raw.len - 1] == '\n' || raw.ptr[raw.len - 1] == '\r'))
        raw.len--;
    return cq_hash_line(work->context, raw.ptr, raw.len);
}

/* Which regions exist on the day of the list and which agencies have moved decides checks. */
static void add_day(struct cq_hash *hash, const struct cq_law *law, int32_t day)
{
    for (size_t i = 0; i < law->region_count; i++) {
        const struct cq_region *region = &law->regions[i];
        char era = (char)((day < region->since) | (day >= region->until) << 1 |
                          (day < region->split) << 2);
        cq_hash_add(hash, &era, 1);
    }
    for (size_t i = 0; i < law->agency_count; i++) {
        char moved = day >= law->agencies[i].until;
        cq_hash_add(hash, &moved, 1);
    }
}

/* Header, delimiter, kind, agency, given headers, day, law and engine: what makes the same bytes
 * mean the same row. */
static void make_context(struct cq_importing *work)
{
    const struct cq_row *header = cq_csvin_header(work->in);
    const char *const *map = work->import->map;
    char delimiter = cq_csvin_delimiter(work->in);
    struct cq_hash hash;
    cq_hash_init(&hash);
    for (size_t i = 0; i < header->count; i++) {
        cq_hash_add(&hash, header->fields[i].ptr, header->fields[i].len);
        cq_hash_add(&hash, "\n", 1);
    }
    for (; map && *map; map++)
        cq_hash_add(&hash, *map, strlen(*map) + 1);
    cq_hash_add(&hash, &delimiter, 1);
    cq_hash_add(&hash, &work->import->kind, sizeof work->import->kind);
    cq_hash_add(&hash, &work->import->agency, sizeof work->import->agency);
    add_day(&hash, work->import->law, work->import->list_date);
    cq_hash_add(&hash, work->import->law->fingerprint, CQ_HASH_HEX);
    cq_hash_add(&hash, CQ_VERSION, sizeof CQ_VERSION);
    cq_hash_done(&hash, work->context);
}

/* Without --agency a full list speaks for the agencies that its rows name. */
static void note_agency(struct cq_importing *work, int64_t key)
{
    work->agencies |= 1u << (key & ((1 << CQ_AGENCY_BITS) - 1));
}

/* Takes the line ahead without reading it, if it is known. */
static enum cq_code take_known(struct cq_importing *work, bool *taken, struct cq_err *err)
{
    struct cq_record record = {0};
    struct cq_text text;
    bool found;
    long line;
    *taken = false;
    enum cq_code code = cq_csvin_peek(work->in, &text, &found, err);
    if (code || !found)
        return code;
    record.line_hash = line_hash(work, text);
    if (!cq_line_cache_find(work->line_cache, record.line_hash, &record.key))
        return CQ_OK;
    cq_csvin_skip(work->in, &line, &record.offset);
    record.line = (uint32_t)line;
    work->result->read++;
    *taken = true;
    note_agency(work, record.key);
    return cq_sorter_add(work->sorter, &record, err);
}

int64_t cq_import_stray(const struct cq_value *values)
{
    const struct cq_text *last = &values[CQ_P_LAST_NAME].text,
                         *first = &values[CQ_P_FIRST_NAME].text;
    const int64_t parts[] = {cq_hash_row(last->ptr, last->len), cq_hash_row(first->ptr, first->len),
                             values[CQ_P_BIRTH_DATE].number};
    return cq_hash_row(parts, sizeof parts);
}

int cq_import_by_hash(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Keeps who a row without a readable IIN may be. */
static enum cq_code keep_stray(struct cq_importing *work, const struct cq_value *values,
                               struct cq_err *err)
{
    if (!values[CQ_P_LAST_NAME].text.len || !values[CQ_P_FIRST_NAME].text.len ||
        !values[CQ_P_BIRTH_DATE].present)
        return CQ_OK;
    if (work->stray_count == work->stray_room) {
        size_t room = work->stray_room ? work->stray_room * 2 : 16;
        int64_t *strays = realloc(work->strays, room * sizeof *strays);
        if (!strays)
            return cq_err_set(err, CQ_B_NOMEM, NULL);
        work->strays = strays;
        work->stray_room = room;
    }
    work->strays[work->stray_count++] = cq_import_stray(values);
    return CQ_OK;
}

/* The same of a facility's row: code, service and profile name it. */
static enum cq_code mention_facility(struct cq_importing *work, const struct cq_row *row,
                                     struct cq_err *err)
{
    static const int named[] = {CQ_F_FACILITY, CQ_F_SERVICE, CQ_F_PROFILE};
    struct cq_value values[CQ_LIST_COLUMNS] = {{0}};
    cq_str_clear(&work->scratch);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        int field = work->map[named[i]];
        static const struct cq_text nothing = {"", 0};
        enum cq_code bad = cq_column_parse(
            &work->list.columns[named[i]],
            field < 0 || (size_t)field >= row->count ? &nothing : &row->fields[field],
            &values[named[i]], &work->scratch);
        if (bad)
            return bad == CQ_B_NOMEM ? cq_err_set(err, bad, NULL) : CQ_OK;
    }
    struct cq_record record = {.key = cq_list_key(&work->list, values, 0),
                               .line = (uint32_t)row->line};
    return cq_sorter_add(work->sorter, &record, err);
}

/* A rejected row of a full list still says that its person is there: by the IIN, an eaten zero put
 * back, or by name and birth date. */
static enum cq_code mention(struct cq_importing *work, const struct cq_row *row,
                            const struct cq_value *values, struct cq_err *err)
{
    struct cq_record record = {.line = (uint32_t)row->line};
    int field = work->map[0];
    int64_t iin = 0;
    if (!work->import->full)
        return CQ_OK;
    if (work->list.kind == CQ_KIND_FACILITIES)
        return mention_facility(work, row, err);
    if (field < 0 || (size_t)field >= row->count)
        return CQ_OK;
    struct cq_text text = cq_text_trim(row->fields[field]);
    enum cq_code code = cq_iin_parse(text.ptr, text.len, &iin);
    if (code == CQ_R_IIN_ELEVEN) {
        char repaired[12] = "0";
        memcpy(repaired + 1, text.ptr, 11);
        code = cq_iin_parse(repaired, 12, &iin);
    }
    if (!code) {
        record.key = cq_person_key(iin, 0);
        return cq_sorter_add(work->sorter, &record, err);
    }
    return values && work->list.kind == CQ_KIND_CONTINGENT ? keep_stray(work, values, err) : CQ_OK;
}

static enum cq_code take_row(struct cq_importing *work, const struct cq_row *row,
                             struct cq_err *err)
{
    struct cq_value values[CQ_LIST_COLUMNS];
    work->line = row->line;
    if (!read_values(work, row, values) || !settle_agency(work, values) ||
        !cq_list_check(&work->list, values, work->import->list_date, on_found, work))
        return mention(work, row, values, err);
    enum cq_code code = pack_row(work, values, err);
    if (code)
        return code;
    struct cq_record record = {
        .key = cq_list_key(&work->list, values, work->import->agency),
        .hash = cq_hash_row(work->packed.ptr, work->packed.len),
        .line_hash = line_hash(work, row->raw),
        .offset = row->offset,
        .line = (uint32_t)row->line,
        .size = (uint32_t)work->packed.len,
        .payload = (const unsigned char *)work->packed.ptr,
    };
    note_agency(work, record.key);
    return cq_sorter_add(work->sorter, &record, err);
}

enum cq_code cq_import_reread(struct cq_importing *work, const struct cq_record *record,
                              const unsigned char **payload, struct cq_err *err)
{
    struct cq_value values[CQ_LIST_COLUMNS];
    const struct cq_row *row;
    enum cq_code bad = CQ_OK;
    enum cq_code code = cq_csvin_seek(work->in, record->offset, (long)record->line, err);
    if (!code)
        code = cq_csvin_next(work->in, &row, &bad, err);
    if (code)
        return code;
    if (!row || bad || !read_values(work, row, values) || !settle_agency(work, values)) {
        cq_err_record(err, CQ_O_READ, NULL); /* the list changed while it was read */
        cq_err_at(err, work->name, (long)record->line, NULL);
        return err->code;
    }
    code = pack_row(work, values, err);
    *payload = (const unsigned char *)work->packed.ptr;
    return code;
}

enum cq_code cq_import_read(struct cq_importing *work, struct cq_err *err)
{
    const struct cq_row *row = NULL;
    enum cq_code bad, code;
    code = cq_csvin_open(&work->in, work->source.fd, work->name, work->import->delimiter, err);
    if (!code) {
        code = cq_columns_map(work->list.columns, work->list.in_file, cq_csvin_header(work->in),
                              work->import->map, work->map, on_unknown, work, err);
        cq_err_at(err, work->name, 1, NULL);
    }
    if (!code)
        code = cq_sorter_open(&work->sorter, memory_limit, work->import->folder, err);
    if (!code)
        make_context(work);
    while (!code) {
        bool taken = false;
        if (work->import->progress && work->result->read % 8192 == 0)
            work->import->progress(cq_csvin_offset(work->in), work->source_bytes,
                                   work->import->context);
        if (work->line_cache)
            code = take_known(work, &taken, err);
        if (taken || code)
            continue;
        code = cq_csvin_next(work->in, &row, &bad, err);
        if (code || !row)
            break;
        work->result->read++;
        if (bad) {
            cq_import_find(work, bad, row->line, -1);
            code = bad == CQ_R_WIDTH ? mention(work, row, NULL, err) : CQ_OK;
        } else {
            code = take_row(work, row, err);
        }
        if (work->no_memory)
            code = cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    if (work->stray_count > 1)
        qsort(work->strays, work->stray_count, sizeof *work->strays, cq_import_by_hash);
    return code ? code : cq_sorter_sort(work->sorter, err);
}
