/* cq-refer: referrals through their life. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cq-refer_print.h"
#include "cq/date.h"
#include "cq/refno.h"
#include "cq/registry.h"

enum { WAIT_MS = 5000 };

/* The first twelve options are columns of a request; CQ_ASK_* are one less than their ids. */
enum { OPT_STATUS = CQ_ASK_AS_OF + 1, OPT_OVERDUE };

static const struct cq_option options[] = {
    {CQ_ASK_IIN + 1, 0, "iin", "IIN", N_("issue: of the patient; one request, no input is read")},
    {CQ_ASK_SERVICE + 1, 0, "service", "SERVICE", N_("issue: what is asked for")},
    {CQ_ASK_PROFILE + 1, 0, "profile", "PROFILE", N_("issue: bed profile")},
    {CQ_ASK_DESTINATION + 1, 0, "destination", "CITY",
     N_("issue: where admission is planned: local, astana or almaty")},
    {CQ_ASK_FACILITY + 1, 0, "facility", "CODE",
     N_("issue: where to; else the nearest that can serve. list: only to this facility")},
    {CQ_ASK_DIAGNOSIS + 1, 0, "diagnosis", "CODE", N_("issue: ICD-10 code")},
    {CQ_ASK_INDICATION + 1, 0, "indication", "TEXT", N_("issue: medical indication")},
    {CQ_ASK_URGENCY + 1, 0, "urgency", "URGENCY", N_("issue: planned or emergency")},
    {CQ_ASK_FROM_FACILITY + 1, 0, "from-facility", "CODE", N_("issue: who refers")},
    {CQ_ASK_REFERRER + 1, 0, "referrer", "TEXT", N_("issue: the specialist who refers")},
    {CQ_ASK_PLANNED_ON + 1, 0, "planned-on", "DATE", N_("issue: planned day of admission")},
    {CQ_ASK_BUREAU_CODE + 1, 0, "bureau-code", "CODE",
     N_("issue: code that the Hospitalisation Bureau gave")},
    {OPT_STATUS, 0, "status", "STATE", N_("list: only referrals in this state")},
    {OPT_OVERDUE, 0, "overdue", NULL, N_("list: only open ones whose last day is before --as-of")},
    {0, 0, NULL, NULL, NULL}};

static const char *const usage[] = {"issue [OPTION]... [FILE]", "show [OPTION]... [NUMBER]...",
                                    "list [OPTION]...", NULL};
static const char *const details[] = {
    N_("issue reads requests as CSV, a row each; options are what empty cells mean. Who is not "
       "entitled is refused with the reasons, and the others get their referrals."),
    N_("show reads numbers from the column `number` of a CSV if none are named."), NULL};
static const struct cq_program program = {
    .name = "cq-refer",
    .usage = usage,
    .summary = N_("Issue referrals to those who are entitled, and find them again."),
    .options = options,
    .details = details,
    .writes = true};

enum { ISSUE, SHOW, LIST };
static const char *const actions[] = {"issue", "show", "list", NULL};

struct settings {
    struct cq_cli *cli;
    int action;
    const char *given[CQ_ASK_AS_OF]; /* values of the columns' options */
    int state;                       /* -1 for all */
    bool overdue;
    struct cq_law *law;
    struct cq_db db;
};

/* A row that was refused is a finding; a warning is only said. */
static void say(const struct cq_err *finding, void *context)
{
    struct cq_cli *cli = context;
    cq_cli_say(cli, finding);
    if (cq_code_status(finding->code) != 0)
        cli->findings = true;
}

static bool take_option(struct settings *s, int id, const char *argument)
{
    if (id == OPT_OVERDUE)
        s->overdue = true;
    else if (id == OPT_STATUS)
        return cq_cli_choice(s->cli, "status", argument, cq_state_names, &s->state);
    else
        s->given[id - 1] = argument;
    return true;
}

/* The action, and whether the options given are of it. */
static bool settle(struct settings *s)
{
    struct cq_cli *cli = s->cli;
    const char *word = cli->operand_count > 0 ? cli->operands[0] : "";
    for (s->action = ISSUE; actions[s->action]; s->action++)
        if (strcmp(actions[s->action], word) == 0)
            break;
    if (!actions[s->action]) {
        cq_err_set(&cli->err, CQ_U_ACTION, "%s", word);
        return false;
    }
    cli->operands++;
    cli->operand_count--;
    for (int i = 0; i < CQ_ASK_AS_OF; i++)
        if (s->given[i] && s->action != ISSUE && !(s->action == LIST && i == CQ_ASK_FACILITY))
            cq_err_set(&cli->err, CQ_U_COMBINE, "%s, --%s", word, options[i].name);
    if (s->action != LIST && (s->state >= 0 || s->overdue))
        cq_err_set(&cli->err, CQ_U_COMBINE, "%s, --%s", word, s->overdue ? "overdue" : "status");
    int most = s->action == SHOW ? cli->operand_count
               : s->action == ISSUE && !s->given[CQ_ASK_IIN] ? 1 : 0;
    if (cli->operand_count > most)
        cq_err_set(&cli->err, CQ_U_OPERAND, "%s", cli->operands[most]);
    return !cli->err.code;
}

/* Values of options are judged before anything is read; the IIN is the request's own cell. */
static bool set_defaults(struct settings *s, struct cq_desk_setup *setup)
{
    struct cq_str scratch = {0};
    struct cq_value value;
    for (int i = 0; i < CQ_ASK_COLUMNS; i++)
        setup->defaults[i] = (struct cq_text){"", 0};
    for (int i = CQ_ASK_SERVICE; i < CQ_ASK_AS_OF; i++) {
        if (!s->given[i])
            continue;
        setup->defaults[i] = (struct cq_text){s->given[i], strlen(s->given[i])};
        enum cq_code code = cq_ask_parse(i, &setup->defaults[i], &value, &scratch);
        if (code)
            cq_err_set(&s->cli->err, code == CQ_B_NOMEM ? code : CQ_U_VALUE, "--%s",
                       options[i].name);
    }
    cq_str_free(&scratch);
    return !s->cli->err.code;
}

static enum cq_code take_requests(struct settings *s, struct cq_desk *desk)
{
    struct cq_text fields[CQ_ASK_COLUMNS];
    struct cq_cli *cli = s->cli;
    if (s->given[CQ_ASK_IIN]) {
        for (int i = 0; i < CQ_ASK_COLUMNS; i++)
            fields[i] = (struct cq_text){"", 0};
        fields[CQ_ASK_IIN].ptr = s->given[CQ_ASK_IIN];
        fields[CQ_ASK_IIN].len = strlen(s->given[CQ_ASK_IIN]);
        return cq_desk_take(desk, fields, NULL, 0, &cli->err);
    }
    const char *name;
    int fd = cq_cli_input(cli, cli->operand_count > 0 ? cli->operands[0] : NULL, &name);
    if (fd < 0)
        return cli->err.code;
    enum cq_code code = cq_desk_read(desk, fd, name, &cli->err);
    if (fd != STDIN_FILENO)
        close(fd);
    return code;
}

/* Who issues, for the log of moves. */
static const char *login_name(char *number, size_t size)
{
    const struct passwd *entry = getpwuid(getuid());
    if (entry && entry->pw_name)
        return entry->pw_name;
    snprintf(number, size, "%lu", (unsigned long)getuid());
    return number;
}

/* Commit first, print after; a dry run can only print before it takes everything back. */
static enum cq_code write_drafts(struct settings *s, const struct cq_drafts *drafts,
                                 struct cq_numbers *numbers)
{
    struct cq_cli *cli = s->cli;
    char uid[24];
    enum cq_code code = cq_db_begin(&s->db, &cli->err);
    if (!code)
        code = cq_drafts_write(&s->db, drafts, cli->now, login_name(uid, sizeof uid), say, cli,
                               numbers, &cli->err);
    if (!code && cli->dry_run)
        code = cq_refer_print(cli, &s->db, s->law, numbers, INT64_MAX, false, say);
    else if (!code)
        code = cq_db_commit(&s->db, &cli->err);
    cq_db_rollback(&s->db);
    if (!code && !cli->dry_run)
        code = cq_refer_print(cli, &s->db, s->law, numbers, INT64_MAX, true, say);
    return code;
}

static void issue(struct settings *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_desk_setup setup = {
        .law = s->law, .as_of = cli->as_of, .say = say, .context = cli};
    struct cq_desk *desk = NULL;
    struct cq_numbers numbers = {0};
    /* An output that cannot be opened is found out before anything is issued. */
    if (set_defaults(s, &setup) && cq_cli_output(cli) >= 0 &&
        !cq_db_open(&s->db, cli->db, CQ_DB_WRITE, WAIT_MS, &cli->err) &&
        !cq_run_known(&s->db, cli->known_at, &setup.known_run, &cli->err) &&
        !cq_desk_open(&desk, &s->db, &setup, &cli->err) && !take_requests(s, desk))
        write_drafts(s, cq_desk_drafts(desk), &numbers);
    cq_numbers_free(&numbers);
    cq_desk_close(desk);
}

/* What is no number may be anything, so an operand is told by its place only. */
static enum cq_code read_operands(struct cq_cli *cli, struct cq_numbers *numbers)
{
    int64_t number;
    for (int i = 0; i < cli->operand_count; i++) {
        const char *text = cli->operands[i];
        enum cq_code code = cq_refno_parse(text, strlen(text), &number);
        if (code) {
            struct cq_err finding = {0};
            cq_err_set(&finding, code, NULL);
            cq_err_at(&finding, NULL, i + 1, "number");
            say(&finding, cli);
        } else if (cq_numbers_add(numbers, number) != CQ_OK) {
            return cq_err_set(&cli->err, CQ_B_NOMEM, NULL);
        }
    }
    return CQ_OK;
}

static void show(struct settings *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    const char *name;
    enum cq_code code;
    if (cli->operand_count > 0) {
        code = read_operands(cli, &numbers);
    } else {
        int fd = cq_cli_input(cli, NULL, &name);
        code = fd < 0 ? cli->err.code
                      : cq_numbers_read(&numbers, fd, name, say, cli, &cli->err);
    }
    if (!code && !cq_db_open(&s->db, cli->db, CQ_DB_READ, WAIT_MS, &cli->err))
        cq_refer_print(cli, &s->db, s->law, &numbers, cli->known_at, true, say);
    cq_numbers_free(&numbers);
}

static void list(struct settings *s)
{
    struct cq_cli *cli = s->cli;
    struct cq_numbers numbers = {0};
    struct cq_referral_filter filter = {
        .states = s->state < 0 ? 0 : 1u << s->state,
        .facility = s->given[CQ_ASK_FACILITY],
        .overdue_on = s->overdue ? cli->as_of : CQ_DAY_MIN,
    };
    if (!cq_db_open(&s->db, cli->db, CQ_DB_READ, WAIT_MS, &cli->err) &&
        !cq_referrals_find(&s->db, &filter, cli->known_at, &numbers, &cli->err))
        cq_refer_print(cli, &s->db, s->law, &numbers, cli->known_at, true, say);
    cq_numbers_free(&numbers);
}

int main(int argc, char **argv)
{
    static void (*const run[])(struct settings *) = {issue, show, list};
    struct cq_cli cli;
    struct settings s = {.cli = &cli, .state = -1};
    const char *argument = NULL;
    int id;
    cq_cli_open(&cli, &program, argc, argv);
    while ((id = cq_cli_option(&cli, &argument)) > 0)
        if (!take_option(&s, id, argument))
            break;
    if (id == CQ_CLI_END && settle(&s) && (s.law = cq_cli_law(&cli)) != NULL)
        run[s.action](&s);
    cq_db_close(&s.db);
    cq_law_free(s.law);
    return cq_cli_finish(&cli);
}
