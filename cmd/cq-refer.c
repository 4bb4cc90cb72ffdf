/* cq-refer: referrals through their life. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cq-refer.h"
#include "cq/audit.h"
#include "cq/date.h"
#include "cq/refno.h"
#include "cq/registry.h"

/* The first options are columns of a request; CQ_REQUEST_* are one less than their ids. */
enum { OPT_STATUS = CQ_REQUEST_AS_OF + 1, OPT_OVERDUE, OPT_ON, OPT_REASON, OPT_DESPITE };

static const struct cq_option options[] = {
    {CQ_REQUEST_IIN + 1, 0, "iin", "IIN",
     N_("issue: of the patient; one request, no input is read")},
    {CQ_REQUEST_SERVICE + 1, 0, "service", "SERVICE", N_("issue: what is asked for")},
    {CQ_REQUEST_PROFILE + 1, 0, "profile", "PROFILE", N_("issue: bed profile")},
    {CQ_REQUEST_DESTINATION + 1, 0, "destination", "CITY",
     N_("issue: where admission is planned: local, astana or almaty")},
    {CQ_REQUEST_FACILITY + 1, 0, "facility", "CODE",
     N_("issue: where to; else the nearest that can serve soonest. list: only to this facility")},
    {CQ_REQUEST_DIAGNOSIS + 1, 0, "diagnosis", "CODE", N_("issue: ICD-10 code")},
    {CQ_REQUEST_INDICATION + 1, 0, "indication", "TEXT", N_("issue: medical indication")},
    {CQ_REQUEST_URGENCY + 1, 0, "urgency", "URGENCY", N_("issue: planned or emergency")},
    {CQ_REQUEST_FROM_FACILITY + 1, 0, "from-facility", "CODE", N_("issue: who refers")},
    {CQ_REQUEST_REFERRER + 1, 0, "referrer", "TEXT",
     N_("issue: the specialist who refers. Moves: who makes them, instead of the login name")},
    {CQ_REQUEST_PLANNED_ON + 1, 0, "planned-on", "DATE", N_("issue: planned day of admission")},
    {CQ_REQUEST_BUREAU_CODE + 1, 0, "bureau-code", "CODE",
     N_("issue: code that the Hospitalisation Bureau gave")},
    {CQ_REQUEST_MEASURE + 1, 0, "measure", "MEASURE",
     N_("issue: of psychological rehabilitation: consultation, training or psycho_correction")},
    {CQ_REQUEST_CONSENT + 1, 0, "consent", "[yes|no]",
     N_("issue and admit: written consent to psychiatric care is recorded")},
    {CQ_REQUEST_PAID + 1, 0, "paid", "[yes|no]",
     N_("issue: paid care is wanted where nobody else pays")},
    {OPT_STATUS, 0, "status", "STATE", N_("list: only referrals in this state")},
    {OPT_OVERDUE, 0, "overdue", NULL,
     N_("list: only issued and accepted ones whose last day is before --as-of")},
    {OPT_ON, 0, "on", "DATE", N_("moves: the day on which it happened; default --as-of")},
    {OPT_REASON, 0, "reason", "TEXT", N_("moves: why")},
    {OPT_DESPITE, 0, "despite", "REASON", N_("admit: although the right is not what was frozen")},
    {0, 0, NULL, NULL, NULL}};

static const char *const usage[] = {"issue [OPTION]... [FILE]",
                                    "accept|reject|admit|complete|cancel [OPTION]... [NUMBER]...",
                                    "expire [OPTION]... [NUMBER]...",
                                    "show|print|verify [OPTION]... [NUMBER]...",
                                    "list [OPTION]...",
                                    NULL};
static const char *const details[] = {
    N_("issue reads requests as CSV, a row each; options are what empty cells mean. Who is not "
       "entitled is refused with the reasons, and the others get their referrals."),
    N_("accept, reject, admit, complete and cancel move referrals from state to state, show and "
       "print tell of them: those named, else those of the column `number` of a CSV. expire "
       "without numbers ends all that are overdue, verify looks at all there are."),
    NULL};
static const struct cq_program program = {
    .name = "cq-refer",
    .usage = usage,
    .summary = N_("Issue referrals to those who are entitled, and keep them through their life."),
    .options = options,
    .details = details,
    .writes = true,
    .bundles = true};

static void issue(struct cq_refer *s);
static void show(struct cq_refer *s);
static void list(struct cq_refer *s);

/* What an action takes besides the options of every program. */
enum {
    TAKES_REQUEST = 1,
    TAKES_FILTER = 2,
    TAKES_MOVE = 4,
    TAKES_ADMISSION = 8,
    TAKES_NUMBERS = 16,
    TAKES_FHIR = 32
};

static const struct {
    const char *name;
    unsigned takes;
    void (*run)(struct cq_refer *s);
} actions[] = {
    {"issue", TAKES_REQUEST, issue},
    {"accept", TAKES_MOVE | TAKES_NUMBERS, cq_refer_move},
    {"reject", TAKES_MOVE | TAKES_NUMBERS, cq_refer_move},
    {"admit", TAKES_MOVE | TAKES_ADMISSION | TAKES_NUMBERS, cq_refer_move},
    {"complete", TAKES_MOVE | TAKES_NUMBERS, cq_refer_move},
    {"cancel", TAKES_MOVE | TAKES_NUMBERS, cq_refer_move},
    {"expire", TAKES_MOVE | TAKES_NUMBERS, cq_refer_move},
    {"show", TAKES_NUMBERS | TAKES_FHIR, show},
    {"list", TAKES_FILTER | TAKES_FHIR, list},
    {"print", TAKES_NUMBERS, cq_refer_form},
    {"verify", TAKES_NUMBERS, cq_refer_verify},
};
enum { ACTIONS = sizeof actions / sizeof *actions };

void cq_refer_say(const struct cq_err *finding, void *context)
{
    struct cq_refer *s = context;
    cq_cli_say(s->cli, finding);
    if (cq_code_status(finding->code) != 0)
        s->cli->findings = true;
}

static bool take_option(struct cq_refer *s, int id, const char *argument)
{
    switch (id) {
    case OPT_OVERDUE: s->overdue = true; return true;
    case OPT_STATUS: return cq_cli_choice(s->cli, "status", argument, cq_state_names, &s->state);
    case OPT_ON: return cq_cli_day(s->cli, "on", argument, &s->on);
    case OPT_REASON: s->reason = argument; return true;
    case OPT_DESPITE: s->despite = argument; return true;
    default: s->given[id - 1] = argument ? argument : "yes"; return true;
    }
}

/* Whether an action takes the option of a column. */
static bool takes_column(unsigned takes, int column)
{
    return takes & TAKES_REQUEST || (column == CQ_REQUEST_FACILITY && takes & TAKES_FILTER) ||
           (column == CQ_REQUEST_REFERRER && takes & TAKES_MOVE) ||
           (column == CQ_REQUEST_CONSENT && takes & TAKES_ADMISSION);
}

static void check_options(struct cq_refer *s, unsigned takes)
{
    const struct {
        const char *name;
        bool given;
        unsigned of;
    } others[] = {
        {"status", s->state >= 0, TAKES_FILTER},
        {"overdue", s->overdue, TAKES_FILTER},
        {"on", s->on != CQ_DAY_MIN, TAKES_MOVE},
        {"reason", s->reason, TAKES_MOVE},
        {"despite", s->despite, TAKES_ADMISSION},
        {"format=fhir", s->cli->format == CQ_FORMAT_FHIR, TAKES_FHIR},
    };
    for (int i = 0; i < CQ_REQUEST_AS_OF; i++)
        if (s->given[i] && !takes_column(takes, i))
            cq_err_record(&s->cli->err, CQ_U_COMBINE, "%s, --%s", s->action, options[i].name);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].given && !(takes & others[i].of))
            cq_err_record(&s->cli->err, CQ_U_COMBINE, "%s, --%s", s->action, others[i].name);
}

/* The index of the action; whether the options and operands given are of it stands in the error. */
static size_t settle(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    const char *word = cli->operand_count > 0 ? cli->operands[0] : "";
    size_t action = 0;
    while (action < ACTIONS && strcmp(actions[action].name, word) != 0)
        action++;
    if (action == ACTIONS) {
        cq_err_record(&cli->err, CQ_U_ACTION, "%s", word);
        return action;
    }
    unsigned takes = actions[action].takes;
    s->action = actions[action].name;
    cli->operands++;
    cli->operand_count--;
    check_options(s, takes);
    int most = takes & TAKES_NUMBERS                                ? cli->operand_count
               : takes & TAKES_REQUEST && !s->given[CQ_REQUEST_IIN] ? 1
                                                                    : 0;
    if (cli->operand_count > most)
        cq_err_record(&cli->err, CQ_U_OPERAND, "%s", cli->operands[most]);
    return action;
}

/* --- issuing --- */

/* Values of options are judged before anything is read; the IIN is the request's own cell. */
static bool set_defaults(struct cq_refer *s, struct cq_intake_options *setup)
{
    struct cq_str scratch = {0};
    struct cq_value value;
    for (int i = 0; i < CQ_REQUEST_COLUMNS; i++)
        setup->defaults[i] = (struct cq_text){"", 0};
    for (int i = CQ_REQUEST_SERVICE; i < CQ_REQUEST_AS_OF; i++) {
        if (!s->given[i])
            continue;
        setup->defaults[i] = (struct cq_text){s->given[i], strlen(s->given[i])};
        enum cq_code code = cq_request_parse(i, &setup->defaults[i], &value, &scratch);
        if (code)
            cq_err_record(&s->cli->err, code == CQ_B_NOMEM ? code : CQ_U_VALUE, "--%s",
                          options[i].name);
    }
    cq_str_free(&scratch);
    return !s->cli->err.code;
}

static enum cq_code take_requests(struct cq_refer *s, struct cq_intake *intake)
{
    struct cq_text fields[CQ_REQUEST_COLUMNS];
    struct cq_cli *cli = s->cli;
    if (s->given[CQ_REQUEST_IIN]) {
        for (int i = 0; i < CQ_REQUEST_COLUMNS; i++)
            fields[i] = (struct cq_text){"", 0};
        fields[CQ_REQUEST_IIN].ptr = s->given[CQ_REQUEST_IIN];
        fields[CQ_REQUEST_IIN].len = strlen(s->given[CQ_REQUEST_IIN]);
        return cq_intake_add(intake, fields, NULL, 0, &cli->err);
    }
    const char *name;
    int fd = cq_cli_input(cli, cli->operand_count > 0 ? cli->operands[0] : NULL, &name);
    if (fd < 0)
        return cli->err.code;
    enum cq_code code = cq_intake_read(intake, fd, name, &cli->err);
    if (fd != STDIN_FILENO)
        close(fd);
    return code;
}

/* One line in the log for all that one command wrote, with the end of the chain it left. */
static enum cq_code log_moves(struct cq_refer *s, const struct cq_numbers *numbers, int64_t before)
{
    char link[CQ_HASH_HEX + 1], detail[CQ_HASH_HEX + 32], buffer[24];
    int64_t events = 0;
    struct cq_cli *cli = s->cli;
    enum cq_code code = cq_referral_chain(&s->db, &events, link, &cli->err);
    if (code || events == before)
        return code;
    snprintf(detail, sizeof detail, "%lld %s", (long long)(events - before), link);
    const struct cq_audit line = {.at = cli->now,
                                  .actor = cq_refer_actor(s, buffer, sizeof buffer),
                                  .action = s->action,
                                  .subject = numbers->list[0],
                                  .detail = detail};
    return cq_audit_add(&s->db, &line, &cli->err);
}

enum cq_code cq_refer_commit(struct cq_refer *s, const struct cq_numbers *numbers, int64_t events)
{
    struct cq_cli *cli = s->cli;
    enum cq_code code = log_moves(s, numbers, events);
    if (!code && cli->dry_run)
        code = cq_refer_print(s, numbers, INT64_MAX, false);
    else if (!code)
        code = cq_db_commit(&s->db, &cli->err);
    cq_db_rollback(&s->db);
    if (!code && !cli->dry_run)
        code = cq_refer_print(s, numbers, INT64_MAX, true);
    return code;
}

const char *cq_refer_actor(const struct cq_refer *s, char *buffer, size_t size)
{
    const char *referrer = strcmp(s->action, "issue") != 0 ? s->given[CQ_REQUEST_REFERRER] : NULL;
    const struct passwd *entry = referrer ? NULL : getpwuid(getuid());
    if (referrer)
        return referrer;
    if (entry && entry->pw_name)
        return entry->pw_name;
    snprintf(buffer, size, "%lu", (unsigned long)getuid());
    return buffer;
}

static enum cq_code write_drafts(struct cq_refer *s, const struct cq_drafts *drafts,
                                 struct cq_numbers *numbers)
{
    struct cq_cli *cli = s->cli;
    char buffer[24], link[CQ_HASH_HEX + 1];
    int64_t events = 0;
    enum cq_code code = cq_db_begin(&s->db, &cli->err);
    if (!code)
        code = cq_referral_chain(&s->db, &events, link, &cli->err);
    if (!code)
        code = cq_drafts_write(&s->db, drafts, cli->now, cq_refer_actor(s, buffer, sizeof buffer),
                               cq_refer_say, s, numbers, &cli->err);
    if (code)
        cq_db_rollback(&s->db);
    return code ? code : cq_refer_commit(s, numbers, events);
}

static void issue(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_intake_options setup = {
        .law = s->law, .as_of = cli->as_of, .report = cq_refer_say, .context = s};
    struct cq_intake *intake = NULL;
    struct cq_numbers numbers = {0};
    /* An output that cannot be opened is found out before anything is issued. */
    if (set_defaults(s, &setup) && cq_cli_output(cli) >= 0 &&
        !cq_db_open(&s->db, cli->db, CQ_DB_WRITE, CQ_REFER_WAIT_MS, &cli->err) &&
        !cq_run_known(&s->db, cli->known_at, &setup.known_run, &cli->err) &&
        !cq_intake_open(&intake, &s->db, &setup, &cli->err) && !take_requests(s, intake))
        write_drafts(s, cq_intake_drafts(intake), &numbers);
    cq_numbers_free(&numbers);
    cq_intake_close(intake);
}

/* --- finding --- */

/* What is no number may be anything, so an operand is told by its place only. */
static enum cq_code read_operands(struct cq_refer *s, struct cq_transitions *moves)
{
    struct cq_cli *cli = s->cli;
    for (int i = 0; i < cli->operand_count; i++) {
        const char *text = cli->operands[i];
        struct cq_transition move = {.day = CQ_DAY_MIN, .consent = CQ_UNKNOWN};
        enum cq_code code = cq_refno_parse(text, strlen(text), &move.number);
        if (code) {
            struct cq_err finding = {0};
            cq_err_record(&finding, code, NULL);
            cq_err_at(&finding, NULL, i + 1, "number");
            cq_refer_say(&finding, s);
        } else if (cq_transitions_add(moves, &move)) {
            return cq_err_set(&cli->err, CQ_B_NOMEM, NULL);
        }
    }
    return CQ_OK;
}

enum cq_code cq_refer_read(struct cq_refer *s, bool numbers_only, struct cq_transitions *moves)
{
    struct cq_cli *cli = s->cli;
    const char *name;
    if (cli->operand_count > 0)
        return read_operands(s, moves);
    int fd = cq_cli_input(cli, NULL, &name);
    return fd < 0 ? cli->err.code
                  : cq_transitions_read(moves, numbers_only, fd, name, cq_refer_say, s, &cli->err);
}

enum cq_code cq_refer_numbers(struct cq_refer *s, struct cq_numbers *numbers)
{
    struct cq_transitions moves = {0};
    enum cq_code code = cq_refer_read(s, true, &moves);
    for (size_t i = 0; i < moves.count && !code; i++)
        if (cq_numbers_add(numbers, moves.list[i].number))
            code = cq_err_set(&s->cli->err, CQ_B_NOMEM, NULL);
    cq_transitions_free(&moves);
    return code;
}

static void print_or_bundle(struct cq_refer *s, const struct cq_numbers *numbers)
{
    if (s->cli->format == CQ_FORMAT_FHIR)
        cq_refer_fhir(s, numbers);
    else
        cq_refer_print(s, numbers, s->cli->known_at, true);
}

static void show(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    if (!cq_refer_numbers(s, &numbers) &&
        !cq_db_open(&s->db, cli->db, CQ_DB_READ, CQ_REFER_WAIT_MS, &cli->err))
        print_or_bundle(s, &numbers);
    cq_numbers_free(&numbers);
}

static void list(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    struct cq_referral_filter filter = {
        .states = s->state < 0 ? 0 : 1u << s->state,
        .facility = s->given[CQ_REQUEST_FACILITY],
        .overdue_on = s->overdue ? cli->as_of : CQ_DAY_MIN,
    };
    if (!cq_db_open(&s->db, cli->db, CQ_DB_READ, CQ_REFER_WAIT_MS, &cli->err) &&
        !cq_referrals_find(&s->db, &filter, cli->known_at, &numbers, &cli->err))
        print_or_bundle(s, &numbers);
    cq_numbers_free(&numbers);
}

int main(int argc, char **argv)
{
    struct cq_cli cli;
    struct cq_refer s = {.cli = &cli, .state = -1, .on = CQ_DAY_MIN};
    const char *argument = NULL;
    size_t action;
    int id;
    cq_cli_open(&cli, &program, argc, argv);
    while ((id = cq_cli_option(&cli, &argument)) > 0)
        if (!take_option(&s, id, argument))
            break;
    if (id == CQ_CLI_END && (action = settle(&s)) < ACTIONS && !cli.err.code &&
        (s.law = cq_cli_law(&cli)))
        actions[action].run(&s);
    cq_db_close(&s.db);
    cq_law_free(s.law);
    int status = cq_cli_finish(&cli);
    return s.refused && status <= 1 ? 3 : status;
}
