/* A session of cq-import: checks the options together, opens the registry, and imports each file or
 * undoes a run. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cq-import_report.h"
#include "cq-import_session.h"

/* Checks the options together, once the law is loaded. */
static bool check_options(struct cq_cli *cli, struct cq_import_session *s)
{
    if (!s->list_date_given)
        s->import.list_date = cli->as_of;
    s->import.today = cli->as_of;
    if (s->agency)
        s->import.agency = cq_cli_agency(cli, s->import.law, s->agency);
    if (s->agency && s->import.kind != CQ_KIND_CONTINGENT)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--agency, --kind=%s",
                      cq_kind_names[s->import.kind]);
    if (cli->operand_count > 1 &&
        (s->import.full || s->import.approve || s->rejects || s->changes || s->summary))
        cq_err_record(
            &cli->err, CQ_U_COMBINE,
            "several files and --mode=full, --approve, --rejects, --changes or --summary");
    if (s->undo && (cli->operand_count > 0 || s->rejects || s->changes))
        cq_err_record(&cli->err, CQ_U_COMBINE, "--undo, FILE, --rejects or --changes");
    return !cli->err.code;
}

static void report(const struct cq_err *finding, void *context)
{
    cq_cli_report(context, finding);
}

static const char *translate(const char *text)
{
    return text[0] ? gettext(text) : text;
}

/* Creates the folders of the default registry on first use; not those of a path that the user
 * gives. */
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

/* The moment of a run: the clock when the registry is locked, not when the program began. */
static int64_t moment(void *context)
{
    (void)context;
    return cq_cli_clock();
}

static void show_progress(int64_t done, int64_t total, void *context)
{
    cq_cli_progress(context, done, total);
}

static double seconds_since(int64_t start)
{
    return (double)(cq_cli_monotonic() - start) / 1e9;
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

static bool open_outputs(struct cq_cli *cli, const struct cq_import_session *s, struct outputs *o)
{
    *o = (struct outputs){{.fd = -1}, {.fd = -1}, {.fd = -1}};
    cli->private_output = true;
    bool people = open_output(cli, &o->rejects, s->rejects) &&
                  open_output(cli, &o->changes, s->changes);
    cli->private_output = false;
    return people && open_output(cli, &o->summary, s->summary);
}

static void close_outputs(struct cq_cli *cli, struct outputs *o, bool rejects, bool changes,
                          bool summary)
{
    cq_cli_file_close(cli, &o->rejects, rejects);
    cq_cli_file_close(cli, &o->changes, changes);
    cq_cli_file_close(cli, &o->summary, summary);
}

static bool write_summary(struct cq_cli *cli, const struct cq_import_session *s,
                          const struct outputs *o, const struct cq_import_result *result,
                          int64_t start)
{
    const char *mode = s->undo ? "undo" : s->import.full ? "full" : "delta";
    const struct cq_import_summary summary = {result, mode, s->import.dry_run,
                                              seconds_since(start)};
    if (o->summary.fd < 0 || cq_import_write_summary(o->summary.fd, &summary))
        return true;
    cq_err_record(&cli->err, CQ_O_WRITE, "%s", s->summary);
    return false;
}

/* Imports one file. */
static bool import_file(struct cq_cli *cli, struct cq_import_session *s, struct cq_db *db,
                        const char *operand)
{
    struct outputs o;
    struct cq_import_result result = {.encoding = ""};
    int64_t start = cq_cli_monotonic();
    const char *name;
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
    bool summarized = listed && write_summary(cli, s, &o, &result, start);
    close_outputs(cli, &o, listed, ok || refused, summarized);
    if (ok)
        cq_import_report_counts(cli, &result);
    if (ok && s->import.dry_run && cli->verbose)
        cq_import_report_effects(cli, &s->import, &result);
    else if (refused)
        cq_import_report_refusal(cli, &s->import, &result);
    else if (cli->err.code == CQ_F_MAX_BAD)
        cq_import_report_bad_rows(cli);
    if (result.run && cli->err.code) /* the rejects, changes or summary could not be written */
        cq_cli_info(cli, _("the registry holds this list all the same: run %lld"),
                    (long long)result.run);
    if (result.rejected > 0)
        cli->findings = true;
    if (fd > 2)
        close(fd);
    cq_import_result_fini(&result);
    return ok && !cli->err.code;
}

/* Undoes a run. */
static void undo_run(struct cq_cli *cli, struct cq_import_session *s, struct cq_db *db)
{
    struct cq_import_result result = {.encoding = ""};
    int64_t start = cq_cli_monotonic();
    struct outputs o;
    bool ok = open_outputs(cli, s, &o) &&
              !cq_import_undo(db, &s->import, s->undo, &result, &cli->err);
    bool refused = cq_import_refused(cli->err.code);
    bool summarized = (ok || refused) && write_summary(cli, s, &o, &result, start);
    close_outputs(cli, &o, false, false, summarized);
    if (refused)
        cq_import_report_refusal(cli, &s->import, &result);
    if (ok && s->import.dry_run && cli->verbose)
        cq_import_report_effects(cli, &s->import, &result);
    if (ok && s->import.dry_run)
        cq_cli_info(cli, _("run %lld can be taken back: %lld rows"), (long long)s->undo,
                    (long long)result.changed);
    else if (ok)
        cq_cli_info(cli, _("run %lld taken back: %lld rows; this is run %lld"), (long long)s->undo,
                    (long long)result.changed, (long long)result.run);
    cq_import_result_fini(&result);
}

/* Whether there is no registry yet: no file, or an empty one. */
static bool is_fresh(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return errno == ENOENT;
    return S_ISREG(st.st_mode) && st.st_size == 0;
}

/* Opens the registry. A missing one is created when there is something to write. A file that is not
 * empty may be left by an import that was killed while it created the registry: it is created
 * again. */
static bool open_registry(struct cq_cli *cli, struct cq_import_session *s, struct cq_db *db)
{
    bool fresh = !s->undo && is_fresh(cli->db);
    if (fresh && !cli->dry_run && cli->db == cli->db_memory)
        make_default_folder(cli->db);
    if (fresh && !cli->dry_run)
        return true;
    enum cq_db_mode mode = fresh                     ? CQ_DB_MEMORY
                           : s->undo || cli->dry_run ? CQ_DB_WRITE
                                                     : CQ_DB_CREATE;
    return !cq_cli_registry(cli, db, mode, s->import.wait_ms, &cli->err);
}

void cq_import_session_init(struct cq_import_session *s)
{
    *s = (struct cq_import_session){.import = {.max_bad = 5,
                                               .max_removals = 2,
                                               .max_losses = 2,
                                               .report = report,
                                               .translate = translate,
                                               .progress = show_progress,
                                               .moment = moment},
                                    .wait = 5};
}

void cq_import_session_run(struct cq_import_session *s, struct cq_cli *cli)
{
    static char *const standard_input[] = {NULL};
    struct cq_db db = {0};
    struct cq_law *law = cq_cli_law(cli);
    s->import.law = law;
    if (!law || !check_options(cli, s))
        goto done;
    s->import.folder = cli->temporary_folder;
    s->import.sheet = cli->sheet;
    s->import.delimiter = cli->delimiter;
    s->import.encoding = cli->encoding_given ? &cli->encoding : NULL;
    s->import.now = cli->now;
    s->import.actor = cq_cli_actor(cli);
    s->import.dry_run = cli->dry_run;
    s->import.map = s->map;
    s->import.context = cli;
    s->import.registry = cli->db;
    s->import.wait_ms = (int)s->wait * 1000;
    if (!open_registry(cli, s, &db))
        goto done;
    if (s->undo) {
        undo_run(cli, s, &db);
        goto done;
    }
    char *const *files = cli->operand_count ? cli->operands : standard_input;
    for (int i = 0; i == 0 || i < cli->operand_count; i++)
        if (!import_file(cli, s, &db, files[i]))
            break;
done:
    cq_db_close(&db);
    cq_law_free(law);
}
