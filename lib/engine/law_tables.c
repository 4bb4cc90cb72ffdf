/* The list of the law's tables, and the readers of the short ones: law_rules.c, law_paragraphs.c,
 * law_late.c, law_gap_readings.c, law_bindings.c, law_bearers.c, law_form2.c, law_holidays.c and
 * law_words.c read the others. Reading is strict: an unknown value is an error. */
#include "engine/law_tables.h"

#include <string.h>

#include "cq/date.h"
#include "cq/list.h"
#include "engine/law_bearers.h"
#include "engine/law_bindings.h"
#include "engine/law_form2.h"
#include "engine/law_gap_readings.h"
#include "engine/law_holidays.h"
#include "engine/law_late.h"
#include "engine/law_paragraphs.h"
#include "engine/law_rules.h"
#include "engine/law_words.h"

/* Reads the rows of an opened table into the law. */
typedef void read_table_fn(struct cq_law_cells *r, size_t rows);

/* Allocates the rows of a table; without memory the reader has an error and no row is read. */
#define ROWS(r, rows, type) ((struct type *)cq_law_cells_alloc((r), (rows), sizeof(struct type)))

static const char *const act_columns[] = {"id", CQ_LAW_NAME_COLUMNS("title"), NULL};

static void read_acts(struct cq_law_cells *r, size_t rows)
{
    struct cq_act *acts = ROWS(r, rows, cq_act);

    r->law->acts = acts;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        if (cq_law_find_act(r->law, cq_law_cells_text(r, 0)))
            cq_law_cells_bad(r, 0, "%s", cq_law_cells_string(r, 0));
        acts[i].id = cq_law_cells_required(r, 0);
        cq_law_cells_names(r, 1, acts[i].title);
        r->law->act_count = i + 1;
    }
}

static const char *const edition_columns[] = {"id",        "act",  "since", "until",
                                              "confirmed", "note", NULL};

/* An edition may end where a later row begins, so ends are read in a second pass. */
static void read_editions(struct cq_law_cells *r, size_t rows)
{
    struct cq_edition *editions = ROWS(r, rows, cq_edition);

    r->law->editions = editions;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_text confirmed = cq_law_cells_text(r, 4);

        editions[i].id = cq_law_cells_required(r, 0);
        editions[i].act = cq_law_cells_required(r, 1);
        if (!cq_law_find_act(r->law, cq_law_cells_text(r, 1)))
            cq_law_cells_bad(r, 1, "%s", editions[i].act);
        editions[i].since = cq_law_cells_day(r, 2, CQ_DAY_MIN);
        editions[i].confirmed = cq_text_is(confirmed, "yes");
        if (!editions[i].confirmed && confirmed.len > 0 && !cq_text_is(confirmed, "no"))
            cq_law_cells_bad(r, 4, "%s", cq_law_cells_string(r, 4));
        editions[i].note = cq_law_cells_string(r, 5);
        for (size_t j = 0; j < i; j++)
            if (editions[j].id == editions[i].id)
                cq_law_cells_bad(r, 0, "%s", editions[i].id);
        r->law->edition_count = i + 1;
    }
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        editions[i].until = cq_law_cells_day(r, 3, CQ_DAY_MAX);
        if (editions[i].until <= editions[i].since)
            cq_law_cells_bad(r, 3, "%s", editions[i].id);
    }
}

static const char *const gap_columns[] = {"id", "fact", CQ_LAW_NAME_COLUMNS("open"), NULL};

static void read_gaps(struct cq_law_cells *r, size_t rows)
{
    struct cq_gap *gaps = ROWS(r, rows, cq_gap);

    r->law->gaps = gaps;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        gaps[i].id = cq_law_cells_required(r, 0);
        if (i > 0 && strcmp(gaps[i - 1].id, gaps[i].id) >= 0)
            cq_law_cells_bad(r, 0, "%s", gaps[i].id);
        if (i == 63) {
            cq_law_cells_bad(r, 0, "> 63");
            return;
        }
        gaps[i].fact = cq_law_cells_string(r, 1);
        if (*gaps[i].fact != '\0' && cq_fact_find(gaps[i].fact, strlen(gaps[i].fact)) < 0)
            cq_law_cells_bad(r, 1, "%s", gaps[i].fact);
        cq_law_cells_names(r, 2, gaps[i].open);
        r->law->gap_count = i + 1;
    }
}

/* The parts of a cell that name no owner of facilities, each of which has a word. */
static void check_owners(struct cq_law_cells *r, int column, struct cq_text owners)
{
    struct cq_text owner;

    while (owners.len > 0 && cq_text_next(&owners, '|', &owner))
        if (!cq_law_word(r->law, "owner", owner.ptr, owner.len))
            cq_law_cells_unknown(r, CQ_FINDING_CELL, column, owner);
}

static const char *const provider_columns[] = {"id", "owner", NULL};

static void read_providers(struct cq_law_cells *r, size_t rows)
{
    struct cq_provider *providers = ROWS(r, rows, cq_provider);

    r->law->providers = providers;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        providers[i].id = cq_law_cells_required(r, 0);
        if (cq_law_owner(r->law, providers[i].id))
            cq_law_cells_bad(r, 0, "%s", providers[i].id);
        providers[i].owner = cq_law_cells_required(r, 1);
        if (strchr(providers[i].owner, '|'))
            cq_law_cells_bad(r, 1, "%s", providers[i].owner);
        else
            check_owners(r, 1, cq_law_cells_text(r, 1));
        r->law->provider_count = i + 1;
    }
}

static const char *const documents_columns[] = {"since",     "until", "category", "body", "minor",
                                                "documents", "gaps",  "basis",    NULL};

static void read_documents(struct cq_law_cells *r, size_t rows)
{
    struct cq_documents *documents = ROWS(r, rows, cq_documents);

    r->law->documents = documents;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_documents *d = &documents[i];

        d->since = cq_law_cells_day(r, 0, CQ_DAY_MIN);
        d->until = cq_law_cells_day(r, 1, CQ_DAY_MAX);
        if (d->until <= d->since)
            cq_law_cells_bad(r, 1, "-");
        d->facts = cq_facts_all & ~cq_fact_field(CQ_FACT_CATEGORY) & ~cq_fact_field(CQ_FACT_BODY) &
                   ~cq_fact_field(CQ_FACT_MINOR);
        d->facts |= cq_law_cells_fact(r, 2, CQ_FACT_CATEGORY) |
                    cq_law_cells_fact(r, 3, CQ_FACT_BODY) | cq_law_cells_fact(r, 4, CQ_FACT_MINOR);
        d->documents = cq_law_cells_required(r, 5);
        d->gaps = cq_law_cells_gaps(r, 6);
        d->basis = cq_law_cells_basis(r, 7);
        r->law->documents_count = i + 1;
    }
}

static const char *const service_columns[] = {"id", "package", NULL};

static void read_services(struct cq_law_cells *r, size_t rows)
{
    struct cq_service *services = ROWS(r, CQ_SERVICES, cq_service);

    r->law->services = services;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        /* One row a service, in the order of the fact. */
        if (cq_law_cells_value(r, 0, CQ_FACT_SERVICE) != (int)i || i >= CQ_SERVICES) {
            cq_law_cells_bad(r, 0, "%s", cq_law_cells_string(r, 0));
            return;
        }
        services[i].id = cq_law_cells_string(r, 0);
        services[i].package = cq_law_cells_text(r, 1).len == 0
                                  ? CQ_UNKNOWN
                                  : cq_law_cells_value(r, 1, CQ_FACT_PACKAGE);
    }
    if (rows < CQ_SERVICES)
        cq_law_cells_bad(r, 0, "%s", cq_fact_value_name(CQ_FACT_SERVICE, (int)rows));
}

static const char *const agency_columns[] = {
    "id", "number", "body", "until", CQ_LAW_NAME_COLUMNS("name"), NULL};

static void read_agencies(struct cq_law_cells *r, size_t rows)
{
    struct cq_agency *agencies = ROWS(r, rows, cq_agency);

    r->law->agencies = agencies;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        struct cq_text id = cq_law_cells_text(r, 0);

        agencies[i].id = cq_law_cells_required(r, 0);
        if (cq_law_agency(r->law, id.ptr, id.len))
            cq_law_cells_bad(r, 0, "%s", agencies[i].id);
        agencies[i].number = (int)cq_law_cells_number(r, 1, 1, 15);
        if (cq_law_agency_number(r->law, agencies[i].number))
            cq_law_cells_bad(r, 1, "%d", agencies[i].number);
        agencies[i].body = cq_law_cells_value(r, 2, CQ_FACT_BODY);
        agencies[i].until = cq_law_cells_day(r, 3, CQ_DAY_MAX);
        cq_law_cells_names(r, 4, agencies[i].name);
        r->law->agency_count = i + 1;
    }
}

static const char *const region_columns[] = {
    "number", "home", "since", "until", "split", CQ_LAW_NAME_COLUMNS("name"), NULL};

static void read_regions(struct cq_law_cells *r, size_t rows)
{
    struct cq_region *regions = ROWS(r, rows, cq_region);

    r->law->regions = regions;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        regions[i].number = (int)cq_law_cells_number(r, 0, 10, 99);
        if (cq_law_region(r->law, regions[i].number))
            cq_law_cells_bad(r, 0, "%d", regions[i].number);
        regions[i].home = cq_law_cells_value(r, 1, CQ_FACT_HOME);
        regions[i].since = cq_law_cells_day(r, 2, CQ_DAY_MIN);
        regions[i].until = cq_law_cells_day(r, 3, CQ_DAY_MAX);
        if (regions[i].until <= regions[i].since)
            cq_law_cells_bad(r, 3, "%d", regions[i].number);
        regions[i].split = cq_law_cells_day(r, 4, CQ_DAY_MIN);
        cq_law_cells_names(r, 5, regions[i].name);
        r->law->region_count = i + 1;
    }
}

static const char *const role_columns[] = {"category", NULL};

static void read_roles(struct cq_law_cells *r, size_t rows)
{
    unsigned seen = 0;

    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        int category = cq_law_cells_value(r, 0, CQ_FACT_CATEGORY);

        if ((seen & (1u << category)) != 0) {
            cq_law_cells_bad(r, 0, "%s", cq_law_cells_string(r, 0));
            return;
        }
        seen |= 1u << category;
        r->law->role_order[i] = category;
    }
    for (int category = 0; category < CQ_CATEGORIES; category++)
        if ((seen & (1u << category)) == 0)
            cq_law_cells_bad(r, 0, "%s", cq_fact_value_name(CQ_FACT_CATEGORY, category));
}

static const char *const presumption_columns[] = {"category", "minor", "insured", NULL};

static void read_presumptions(struct cq_law_cells *r, size_t rows)
{
    struct cq_presumption *presumptions = ROWS(r, rows, cq_presumption);

    r->law->presumptions = presumptions;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        presumptions[i].facts = cq_law_cells_fact(r, 0, CQ_FACT_CATEGORY) |
                                cq_law_cells_fact(r, 1, CQ_FACT_MINOR);
        presumptions[i].insured = cq_law_cells_value(r, 2, CQ_FACT_INSURED);
        r->law->presumption_count = i + 1;
    }
}

static const char *const parameter_columns[] = {"id", "since", "until", "value", "basis", NULL};

/* The parameters that the programs use, and how large they may be. */
enum { PARAMETERS = 6 };
static const struct {
    const char *id;
    int64_t least, most;
} known_parameters[PARAMETERS] = {
    {"majority_years", 0, 150},  {"student_years", 0, 150}, {"insurance_tail_months", 0, 1200},
    {"referral_days", 0, 36600}, {"answer_days", 0, 36600}, {"week_working_days", 1, 7},
};

/* Rows of one parameter follow each other in time and leave no day out. */
static void read_parameters(struct cq_law_cells *r, size_t rows)
{
    struct cq_parameter *parameters = ROWS(r, rows, cq_parameter);
    int32_t reached[PARAMETERS];

    for (size_t which = 0; which < PARAMETERS; which++)
        reached[which] = CQ_DAY_MIN;
    r->law->parameters = parameters;
    for (size_t i = 0; i < rows && cq_law_cells_row(r, i + 1); i++) {
        size_t which = 0;

        parameters[i].id = cq_law_cells_required(r, 0);
        while (which < PARAMETERS && strcmp(known_parameters[which].id, parameters[i].id) != 0)
            which++;
        if (which == PARAMETERS) {
            cq_law_cells_bad(r, 0, "%s", parameters[i].id);
            return;
        }
        parameters[i].since = cq_law_cells_day(r, 1, CQ_DAY_MIN);
        parameters[i].until = cq_law_cells_day(r, 2, CQ_DAY_MAX);
        if (parameters[i].since != reached[which] || parameters[i].until <= parameters[i].since)
            cq_law_cells_bad(r, 1, "%s", parameters[i].id);
        reached[which] = parameters[i].until;
        parameters[i].value =
            cq_law_cells_number(r, 3, known_parameters[which].least, known_parameters[which].most);
        parameters[i].basis = cq_law_cells_basis(r, 4);
        r->law->parameter_count = i + 1;
    }
    for (size_t which = 0; which < PARAMETERS; which++)
        if (reached[which] != CQ_DAY_MAX)
            cq_law_cells_bad(r, 2, "%s", known_parameters[which].id);
}

static const struct {
    const char *const *columns;
    read_table_fn *read;
} tables[CQ_LAW_TABLES] = {
    [CQ_LAW_TABLE_ACTS] = {act_columns, read_acts},
    [CQ_LAW_TABLE_EDITIONS] = {edition_columns, read_editions},
    [CQ_LAW_TABLE_PARAGRAPHS] = {cq_law_paragraphs_columns, cq_law_paragraphs_read},
    [CQ_LAW_TABLE_GAPS] = {gap_columns, read_gaps},
    [CQ_LAW_TABLE_PROVIDERS] = {provider_columns, read_providers},
    [CQ_LAW_TABLE_WORDS] = {cq_law_words_columns, cq_law_words_read},
    [CQ_LAW_TABLE_GROUPS] = {cq_law_rules_group_columns, cq_law_rules_read_groups},
    [CQ_LAW_TABLE_CLAUSES] = {cq_law_rules_clause_columns, cq_law_rules_read_clauses},
    [CQ_LAW_TABLE_RULES] = {cq_law_rules_rule_columns, cq_law_rules_read},
    [CQ_LAW_TABLE_LATE] = {cq_law_late_columns, cq_law_late_read},
    [CQ_LAW_TABLE_GAP_READINGS] = {cq_law_gap_readings_columns, cq_law_gap_readings_read},
    [CQ_LAW_TABLE_DOCUMENTS] = {documents_columns, read_documents},
    [CQ_LAW_TABLE_SERVICES] = {service_columns, read_services},
    [CQ_LAW_TABLE_AGENCIES] = {agency_columns, read_agencies},
    [CQ_LAW_TABLE_REGIONS] = {region_columns, read_regions},
    [CQ_LAW_TABLE_ROLES] = {role_columns, read_roles},
    [CQ_LAW_TABLE_PRESUMPTIONS] = {presumption_columns, read_presumptions},
    [CQ_LAW_TABLE_PARAMETERS] = {parameter_columns, read_parameters},
    [CQ_LAW_TABLE_BINDINGS] = {cq_law_bindings_columns, cq_law_bindings_read},
    [CQ_LAW_TABLE_BEARERS] = {cq_law_bearers_columns, cq_law_bearers_read},
    [CQ_LAW_TABLE_FORM2] = {cq_law_form2_columns, cq_law_form2_read},
    [CQ_LAW_TABLE_HOLIDAYS] = {cq_law_holidays_columns, cq_law_holidays_read},
};

void cq_law_tables_read(struct cq_law_cells *r, const struct cq_law_files *files, const char *dir)
{
    r->dir = dir;
    for (int table = 0; table < CQ_LAW_TABLES && !r->err.code; table++) {
        size_t rows = cq_law_cells_open(r, files->bytes[table], (enum cq_law_table)table,
                                        tables[table].columns);

        if (!r->err.code)
            tables[table].read(r, rows);
        cq_law_cells_close(r);
    }
}
