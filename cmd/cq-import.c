/* cq-import: HR lists and the other lists into the registry. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cq-import.h"
#include "cq/date.h"
#include "cq/num.h"

enum {
    OPT_KIND = 1,
    OPT_AGENCY,
    OPT_MODE,
    OPT_LIST_DATE,
    OPT_REJECTS,
    OPT_CHANGES,
    OPT_MAX_BAD,
    OPT_SUMMARY,
    OPT_MAP,
    OPT_DELIMITER,
    OPT_ENCODING,
    OPT_MAX_REMOVALS,
    OPT_APPROVE,
    OPT_UNDO,
    OPT_WAIT
};

static const struct cq_option options[] = {
    {OPT_KIND, 'k', "kind", "KIND",
     N_("contingent (default), facilities, insurance, presidential or cards")},
    {OPT_AGENCY, 'a', "agency", "CODE", N_("whose list; else every row names its agency")},
    {OPT_MODE, 'm', "mode", "MODE",
     N_("delta (default): rows add and change; full: who is absent is end-dated")},
    {OPT_LIST_DATE, 0, "list-date", "DATE", N_("the day the list speaks of; default --as-of")},
    {OPT_REJECTS, 0, "rejects", "FILE", N_("bad rows, as read, with line, column, code, message")},
    {OPT_CHANGES, 0, "changes", "FILE", N_("every change: iin, field, old, new")},
    {OPT_MAX_BAD, 0, "max-bad", "PCT", N_("refuse the file if more rows are bad (default 5)")},
    {OPT_MAX_REMOVALS, 0, "max-removals", "PCT",
     N_("refuse a full list if more people would leave (default 2; never below 10 people)")},
    {OPT_APPROVE, 0, "approve", "TOKEN", N_("let exactly the import through that was refused")},
    {OPT_UNDO, 0, "undo", "RUN", N_("take one run back")},
    {OPT_SUMMARY, 0, "summary", "FILE", N_("counts of the run as JSON")},
    {OPT_MAP, 0, "map", "FIELD=HEADER", N_("a header that the aliases do not know")},
    {OPT_DELIMITER, 0, "delimiter", "CHAR", N_("comma, semicolon or tab; default: found")},
    {OPT_ENCODING, 0, "encoding", "NAME",
     N_("UTF-8, UTF-16LE, UTF-16BE, RK1048 or CP1251; default: found")},
    {OPT_WAIT, 0, "wait", "SECONDS", N_("wait for another program's lock (default 5)")},
    {0, 0, NULL, NULL, NULL}};

static const char *const usage[] = {"[OPTION]... [FILE]...", "--undo=RUN [OPTION]...", NULL};
static const struct cq_program program = {
    .name = "cq-import",
    .usage = usage,
    .summary = N_("Bring a list into the registry: what differs is written, nothing is deleted."),
    .options = options,
    .writes = true};

static bool read_delimiter(struct cq_cli *cli, const char *text, char *out)
{
    static const char *const names[] = {",", ";", "\t", "comma", "semicolon", "tab", NULL};
    int which;
    if (!cq_cli_choice(cli, "delimiter", text, names, &which))
        return false;
    *out = names[which % 3][0];
    return true;
}

static bool add_map(struct cq_cli *cli, struct settings *s, const char *text)
{
    const char **map = realloc(s->map, (s->map_count + 2) * sizeof *map);
    if (!map) {
        cq_err_record(&cli->err, CQ_B_NOMEM, NULL);
        return false;
    }
    s->map = map;
    map[s->map_count++] = text;
    map[s->map_count] = NULL;
    return true;
}

static bool take_option(struct cq_cli *cli, struct settings *s, int id, const char *argument)
{
    static const char *const modes[] = {"delta", "full", NULL};
    int which = 0;
    bool ok = true;
    switch (id) {
    case OPT_KIND:
        ok = cq_cli_choice(cli, "kind", argument, cq_kind_names, &which);
        s->import.kind = (enum cq_kind)which;
        break;
    case OPT_MODE:
        ok = cq_cli_choice(cli, "mode", argument, modes, &which);
        s->import.full = which == 1;
        break;
    case OPT_LIST_DATE:
        ok = cq_cli_day(cli, "list-date", argument, &s->import.list_date);
        s->list_date_given = true;
        break;
    case OPT_MAX_BAD:
        ok = cq_cli_number(cli, "max-bad", argument, 0, 100, &s->import.max_bad);
        break;
    case OPT_MAP: ok = add_map(cli, s, argument); break;
    case OPT_DELIMITER: ok = read_delimiter(cli, argument, &s->import.delimiter); break;
    case OPT_MAX_REMOVALS:
        ok = cq_cli_number(cli, "max-removals", argument, 0, 100, &s->import.max_removals);
        break;
    case OPT_APPROVE: s->import.approve = argument; break;
    case OPT_UNDO: ok = cq_cli_number(cli, "undo", argument, 1, INT32_MAX, &s->undo); break;
    case OPT_WAIT: ok = cq_cli_number(cli, "wait", argument, 0, 86400, &s->wait); break;
    case OPT_ENCODING:
        ok = cq_cli_choice(cli, "encoding", argument, cq_encoding_names, &which);
        s->encoding = (enum cq_encoding)which;
        s->import.encoding = &s->encoding;
        break;
    case OPT_AGENCY: s->agency = argument; break;
    case OPT_REJECTS: s->rejects = argument; break;
    case OPT_CHANGES: s->changes = argument; break;
    default: s->summary = argument; break;
    }
    return ok;
}

/* Settles what options mean together, once the law is known. */
static bool settle(struct cq_cli *cli, struct settings *s)
{
    if (!s->list_date_given)
        s->import.list_date = cli->as_of;
    if (s->agency) {
        const struct cq_agency *agency = cq_law_agency(s->import.law, s->agency, strlen(s->agency));
        if (!agency)
            cq_err_record(&cli->err, CQ_U_VALUE, "--agency=%s", s->agency);
        else
            s->import.agency = agency->number;
    }
    if (s->agency && s->import.kind != CQ_KIND_CONTINGENT)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--agency, --kind=%s",
                      cq_kind_names[s->import.kind]);
    if (cli->operand_count > 1 &&
        (s->import.full || s->import.approve || s->rejects || s->changes || s->summary))
        cq_err_record(
            &cli->err, CQ_U_COMBINE,
            "several files and --mode=full, --approve, --rejects, --changes or --summary");
    if (s->undo && (cli->operand_count > 0 || s->rejects || s->changes || s->import.approve))
        cq_err_record(&cli->err, CQ_U_COMBINE, "--undo, FILE, --rejects, --changes or --approve");
    return !cli->err.code;
}

static void say(const struct cq_err *finding, void *context)
{
    cq_cli_say(context, finding);
}

static const char *translate(const char *text)
{
    return text[0] ? gettext(text) : text;
}

/* The default registry's folder is made on first use; a folder that the user names is not. */
static void make_default_folder(const char *path)
{
    char folder[4096];
    size_t len = strlen(path);
    if (len >= sizeof folder)
        return;
    for (size_t i = 1; i < len; i++) {
        if (path[i] == '/') {
            memcpy(folder, path, i);
            folder[i] = '\0';
            mkdir(folder, 0700);
        }
    }
}

/* The moment of a run: the clock when the registry is ours, not when the program began. */
static int64_t moment(void *context)
{
    struct timespec now;
    (void)context;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void show_progress(int64_t done, int64_t total, void *context)
{
    cq_cli_progress(context, done, total);
}

static double seconds_since(const struct timespec *start)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

/* The outputs of a run beside standard output; all are open before anything is changed. */
struct outputs {
    struct cq_cli_file rejects, changes, summary;
};

static bool open_output(struct cq_cli *cli, struct cq_cli_file *file, const char *path)
{
    *file = (struct cq_cli_file){.fd = -1};
    return !path || cq_cli_file_open(cli, file, path);
}

static bool open_outputs(struct cq_cli *cli, const struct settings *s, struct outputs *o)
{
    *o = (struct outputs){{.fd = -1}, {.fd = -1}, {.fd = -1}};
    return open_output(cli, &o->rejects, s->rejects) && open_output(cli, &o->changes, s->changes) &&
           open_output(cli, &o->summary, s->summary);
}

static void close_outputs(struct cq_cli *cli, struct outputs *o, bool rejects, bool changes,
                          bool summary)
{
    cq_cli_file_close(cli, &o->rejects, rejects);
    cq_cli_file_close(cli, &o->changes, changes);
    cq_cli_file_close(cli, &o->summary, summary);
}

static bool put_summary(struct cq_cli *cli, const struct settings *s, const struct outputs *o,
                        const struct cq_import_result *result, const struct timespec *start)
{
    if (o->summary.fd < 0 || cq_import_summary(o->summary.fd, s, result, seconds_since(start)))
        return true;
    cq_err_record(&cli->err, CQ_O_WRITE, "%s", s->summary);
    return false;
}

/* Imports one file. */
static bool import_file(struct cq_cli *cli, struct settings *s, struct cq_db *db,
                        const char *operand)
{
    struct outputs o;
    struct cq_import_result result = {.encoding = ""};
    struct timespec start;
    const char *name;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int fd = cq_cli_input(cli, operand, &name);
    bool ok = open_outputs(cli, s, &o) && fd >= 0;
    if (ok) {
        s->import.rejects_fd = o.rejects.fd;
        s->import.changes_fd = o.changes.fd;
        ok = !cq_import_run(db, &s->import, fd, name, &result, &cli->err);
    }
    cq_cli_progress(cli, -1, 0);
    bool refused = cq_import_refused(cli->err.code);
    bool listed = ok || refused || cli->err.code == CQ_F_MAX_BAD;
    bool told = listed && put_summary(cli, s, &o, &result, &start);
    close_outputs(cli, &o, listed, ok || refused, told);
    if (ok)
        cq_import_tell(cli, &result);
    else if (refused)
        cq_import_tell_refusal(cli, s, &result);
    if (result.run && cli->err.code) /* the rejects, changes or summary could not be written */
        cq_cli_note(cli, _("the registry holds this list all the same: run %lld"),
                    (long long)result.run);
    if (result.rejected > 0)
        cli->findings = true;
    if (fd > 2)
        close(fd);
    return ok && !cli->err.code;
}

/* Takes a run back. */
static void undo(struct cq_cli *cli, struct settings *s, struct cq_db *db)
{
    struct cq_import_result result;
    struct timespec start;
    struct outputs o;
    clock_gettime(CLOCK_MONOTONIC, &start);
    bool ok = open_outputs(cli, s, &o) &&
              !cq_import_undo(db, &s->import, s->undo, &result, &cli->err);
    bool told = ok && put_summary(cli, s, &o, &result, &start);
    close_outputs(cli, &o, false, false, told);
    if (!ok)
        return;
    if (s->import.dry_run)
        cq_cli_note(cli, _("run %lld can be taken back: %lld rows"), (long long)s->undo,
                    (long long)result.changed);
    else
        cq_cli_note(cli, _("run %lld taken back: %lld rows; this is run %lld"), (long long)s->undo,
                    (long long)result.changed, (long long)result.run);
}

/* Whether there is no registry yet: no file, or one without a byte. */
static bool is_fresh(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return errno == ENOENT;
    return S_ISREG(st.st_mode) && st.st_size == 0;
}

static void work(struct cq_cli *cli, struct settings *s)
{
    struct cq_db db = {0};
    struct cq_law *law = cq_cli_law(cli);
    s->import.law = law;
    if (!law || !settle(cli, s))
        goto done;
    const char *folder = getenv("TMPDIR");
    s->import.folder = folder && folder[0] ? folder : "/tmp";
    s->import.now = cli->now;
    s->import.actor = cq_cli_actor(cli);
    s->import.dry_run = cli->dry_run;
    s->import.map = s->map;
    s->import.context = cli;
    s->import.registry = cli->db;
    s->import.wait_ms = (int)s->wait * 1000;
    bool fresh = !s->undo && is_fresh(cli->db);
    if (fresh && !cli->dry_run && cli->db == cli->db_memory)
        make_default_folder(cli->db);
    /* A registry that is not there yet is made when there is something to write. The bytes of a file
     * may be those of an import that was killed while it made the registry: CQ_DB_CREATE goes on. */
    enum cq_db_mode mode = fresh                     ? CQ_DB_MEMORY
                           : s->undo || cli->dry_run ? CQ_DB_WRITE
                                                     : CQ_DB_CREATE;
    if ((!fresh || cli->dry_run) && cq_db_open(&db, cli->db, mode, s->import.wait_ms, &cli->err))
        goto done;
    if (s->undo) {
        undo(cli, s, &db);
        goto done;
    }
    for (int i = 0; i < (cli->operand_count ? cli->operand_count : 1); i++)
        if (!import_file(cli, s, &db, cli->operand_count ? cli->operands[i] : NULL))
            break;
done:
    cq_db_close(&db);
    cq_law_free(law);
}

int main(int argc, char **argv)
{
    struct cq_cli cli;
    struct settings s = {.import = {.max_bad = 5,
                                    .max_removals = 2,
                                    .report = say,
                                    .translate = translate,
                                    .progress = show_progress,
                                    .moment = moment},
                         .wait = 5};
    const char *argument;
    int id;
    cq_cli_open(&cli, &program, argc, argv);
    while ((id = cq_cli_option(&cli, &argument)) > 0 && take_option(&cli, &s, id, argument))
        ;
    if (id == CQ_CLI_END)
        work(&cli, &s);
    int status = cq_cli_finish(&cli);
    free(s.map);
    return status;
}
