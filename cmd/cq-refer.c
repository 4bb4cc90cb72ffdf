/* cq-refer: issues referrals and moves them from state to state. */
#include <string.h>

#include "cq-refer_actions.h"
#include "cq/date.h"

/* The first options are columns of a request; CQ_REQUEST_* are one less than their ids. */
enum {
    OPT_STATUS = CQ_REQUEST_AS_OF + 1,
    OPT_OVERDUE,
    OPT_ON,
    OPT_REASON,
    OPT_DESPITE,
    OPT_PAPERS,
    OPT_CARD_NO
};

static const struct cq_option options[] = {
    {CQ_REQUEST_IIN + 1, 0, "iin", "IIN",
     N_("issue and register: of the patient; one request, no input is read")},
    {CQ_REQUEST_SERVICE + 1, 0, "service", "SERVICE", N_("issue: what is asked for")},
    {CQ_REQUEST_PROFILE + 1, 0, "profile", "PROFILE", N_("issue: bed profile")},
    {CQ_REQUEST_DESTINATION + 1, 0, "destination", "CITY",
     N_("issue: where admission is planned: local, astana or almaty")},
    {CQ_REQUEST_FACILITY + 1, 0, "facility", "CODE",
     N_("issue: where to; else the nearest that can serve soonest. list: only to this facility. "
        "register: the polyclinic")},
    {CQ_REQUEST_DIAGNOSIS + 1, 0, "diagnosis", "CODE", N_("issue: ICD-10 code")},
    {CQ_REQUEST_INDICATION + 1, 0, "indication", "TEXT", N_("issue: medical indication")},
    {CQ_REQUEST_URGENCY + 1, 0, "urgency", "URGENCY", N_("issue: planned or emergency")},
    {CQ_REQUEST_FROM_FACILITY + 1, 0, "from-facility", "CODE", N_("issue: who refers")},
    {CQ_REQUEST_REFERRER + 1, 0, "referrer", "TEXT",
     N_("issue: the specialist who refers. Moves and register: who makes them, instead of the "
        "login name")},
    {CQ_REQUEST_PLANNED_ON + 1, 0, "planned-on", "DATE",
     N_("issue: planned day of admission. answer: the day on which the hospital admits")},
    {CQ_REQUEST_BUREAU_CODE + 1, 0, "bureau-code", "CODE",
     N_("issue and admit: code that the Hospitalisation Bureau gave")},
    {CQ_REQUEST_MEASURE + 1, 0, "measure", "MEASURE",
     N_("issue: of psychological rehabilitation: consultation, training or psycho_correction")},
    {CQ_REQUEST_CONSENT + 1, 0, "consent", "[yes|no]",
     N_("issue and admit: written consent to psychiatric care is recorded")},
    {CQ_REQUEST_OCCASION + 1, 0, "occasion", "OCCASION",
     N_("issue: of medical rehabilitation: main_disease, acute, surgery, injury, chronic or "
        "limited_function")},
    {CQ_REQUEST_PAID_BY + 1, 0, "paid-by", "SOURCE",
     N_("issue: paid care is wanted where nobody else pays, from own_funds, voluntary_insurance or "
        "other")},
    {CQ_REQUEST_COMMISSION_NO + 1, 0, "commission-no", "NUMBER",
     N_("issue and admit: number of the decision of the sanatorium selection commission")},
    {CQ_REQUEST_COMMISSION_ON + 1, 0, "commission-on", "DATE",
     N_("issue and admit: day of that decision")},
    {CQ_REQUEST_FOUND_IN + 1, 0, "found-in", "NUMBER",
     N_("issue: of mental-health care: the referral to psychological rehabilitation during which "
        "the disorder was found")},
    {OPT_STATUS, 0, "status", "STATE", N_("list: only referrals in this state")},
    {OPT_OVERDUE, 0, "overdue", NULL,
     N_("list: only issued and accepted ones whose last day is before --as-of")},
    {OPT_ON, 0, "on", "DATE",
     N_("moves and register: the day on which it happened; default --as-of")},
    {OPT_REASON, 0, "reason", "TEXT", N_("moves: why. answer: why the hospital refuses")},
    {OPT_DESPITE, 0, "despite", "REASON", N_("admit: although the right is not what was frozen")},
    {OPT_PAPERS, 0, "papers", "PAPERS",
     N_("register: the papers that were seen, with + between: id_card, service_id, "
        "pension_certificate, birth_certificate, passport")},
    {OPT_CARD_NO, 0, "card-no", "NUMBER",
     N_("register, with --iin: of the outpatient card; else the next free one")},
    {0, 0, NULL, NULL, NULL}};

static const char *const usage[] = {
    "issue [OPTION]... [FILE]",
    "accept|reject|answer|admit|complete|cancel [OPTION]... [NUMBER]...",
    "expire [OPTION]... [NUMBER]...",
    "show|print|verify [OPTION]... [NUMBER]...",
    "list [OPTION]...",
    "register [OPTION]... [FILE]",
    NULL};
static const char *const details[] = {
    N_("issue reads requests as CSV, a row each; options are what empty cells mean. Who is not "
       "entitled is refused with the reasons, and the others get their referrals."),
    N_("accept, reject, answer, admit, complete and cancel move referrals from state to state: "
       "answer by what the receiving hospital wrote of a planned stay in Astana or Almaty. show "
       "and print tell of them: those named, else those of the column `number` of a CSV. expire "
       "without numbers ends all that are overdue, verify looks at all there are."),
    N_("register records the papers that people showed at a polyclinic and opens their outpatient "
       "cards (R78:14): those of a CSV, or one person. It prints a slip for each, in HTML; "
       "--format gives rows instead. What is lacking is told, and changes no answer."),
    NULL};
static const struct cq_program program = {
    .name = "cq-refer",
    .usage = usage,
    .summary = N_("Issue referrals to those who are entitled, and keep them through their life."),
    .options = options,
    .details = details,
    .writes = true,
    .bundles = true};

static const struct {
    const char *name;
    unsigned takes;
    cq_refer_action_fn *run;
} actions[] = {
    {"issue", CQ_TAKES_REQUEST, cq_refer_issue},
    {"accept", CQ_TAKES_TRANSITION | CQ_TAKES_NUMBERS, cq_refer_transitions},
    {"reject", CQ_TAKES_TRANSITION | CQ_TAKES_NUMBERS, cq_refer_transitions},
    {"answer", CQ_TAKES_TRANSITION | CQ_TAKES_ANSWER | CQ_TAKES_NUMBERS, cq_refer_transitions},
    {"admit", CQ_TAKES_TRANSITION | CQ_TAKES_ADMISSION | CQ_TAKES_NUMBERS, cq_refer_transitions},
    {"complete", CQ_TAKES_TRANSITION | CQ_TAKES_NUMBERS, cq_refer_transitions},
    {"cancel", CQ_TAKES_TRANSITION | CQ_TAKES_NUMBERS, cq_refer_transitions},
    {"expire", CQ_TAKES_TRANSITION | CQ_TAKES_NUMBERS | CQ_TAKES_OVERDUE, cq_refer_transitions},
    {"show", CQ_TAKES_NUMBERS | CQ_TAKES_FHIR, cq_refer_show},
    {"list", CQ_TAKES_FILTER | CQ_TAKES_FHIR, cq_refer_list},
    {"print", CQ_TAKES_NUMBERS, cq_refer_print},
    {"verify", CQ_TAKES_NUMBERS, cq_refer_verify},
    {"register", CQ_TAKES_REGISTRATION, cq_refer_register},
};
enum { ACTIONS = sizeof actions / sizeof *actions };

static bool read_option(struct cq_refer *s, int id, const char *argument)
{
    switch (id) {
    case OPT_OVERDUE: s->overdue = true; return true;
    case OPT_STATUS: return cq_cli_choice(s->cli, "status", argument, cq_state_names, &s->state);
    case OPT_ON: return cq_cli_day(s->cli, "on", argument, &s->on);
    case OPT_REASON: s->reason = argument; return true;
    case OPT_DESPITE: s->despite = argument; return true;
    case OPT_PAPERS: s->papers = argument; return true;
    case OPT_CARD_NO: s->card_no = argument; return true;
    default: s->given[id - 1] = argument ? argument : "yes"; return true;
    }
}

/* What takes the option of a column besides issue: CQ_TAKES_*. */
static const unsigned column_takers[CQ_REQUEST_AS_OF] = {
    [CQ_REQUEST_IIN] = CQ_TAKES_REGISTRATION,
    [CQ_REQUEST_FACILITY] = CQ_TAKES_FILTER | CQ_TAKES_REGISTRATION,
    [CQ_REQUEST_REFERRER] = CQ_TAKES_ACTOR,
    [CQ_REQUEST_PLANNED_ON] = CQ_TAKES_ANSWER,
    [CQ_REQUEST_BUREAU_CODE] = CQ_TAKES_ADMISSION,
    [CQ_REQUEST_CONSENT] = CQ_TAKES_ADMISSION,
    [CQ_REQUEST_COMMISSION_NO] = CQ_TAKES_ADMISSION,
    [CQ_REQUEST_COMMISSION_ON] = CQ_TAKES_ADMISSION,
};

static void check_options(struct cq_refer *s, unsigned takes)
{
    const struct {
        const char *name;
        bool given;
        unsigned of;
    } others[] = {
        {"status", s->state >= 0, CQ_TAKES_FILTER},
        {"overdue", s->overdue, CQ_TAKES_FILTER},
        {"on", s->on != CQ_DAY_MIN, CQ_TAKES_ACTOR},
        {"reason", s->reason, CQ_TAKES_TRANSITION},
        {"despite", s->despite, CQ_TAKES_ADMISSION},
        {"papers", s->papers, CQ_TAKES_REGISTRATION},
        {"card-no", s->card_no, CQ_TAKES_REGISTRATION},
        {"format=fhir", s->cli->format == CQ_FORMAT_FHIR, CQ_TAKES_FHIR},
    };
    /* A move or a registration is made on what is known now; what it would have been once, a dry run tells. */
    if (takes & CQ_TAKES_ACTOR && s->cli->known_at != INT64_MAX && !s->cli->dry_run)
        cq_err_record(&s->cli->err, CQ_U_COMBINE, "%s, --known-at", s->action);
    for (int i = 0; i < CQ_REQUEST_AS_OF; i++)
        if (s->given[i] && !(takes & (CQ_TAKES_REQUEST | column_takers[i])))
            cq_err_record(&s->cli->err, CQ_U_COMBINE, "%s, --%s", s->action, options[i].name);
    if (takes & CQ_TAKES_ANSWER && s->reason && s->given[CQ_REQUEST_PLANNED_ON])
        cq_err_record(&s->cli->err, CQ_U_COMBINE, "--planned-on, --reason");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i].given && !(takes & others[i].of))
            cq_err_record(&s->cli->err, CQ_U_COMBINE, "%s, --%s", s->action, others[i].name);
}

/* Names the actions there are: the word that was given may be an IIN or a name. */
static void refuse_action(struct cq_cli *cli, const char *word)
{
    const char *values[ACTIONS + 1] = {NULL};
    struct cq_str names = {0};
    for (size_t i = 0; i < ACTIONS; i++) {
        cq_str_printf(&names, "%s%s", i > 0 ? ", " : "", actions[i].name);
        values[i] = actions[i].name;
    }
    cq_err_record(&cli->err, CQ_U_ACTION, "%s", names.failed ? "" : names.ptr);
    cq_cli_suggest(cli, NULL, values, word);
    cq_str_free(&names);
}

/* Returns the index of the action; options and operands that it does not take are recorded as an
 * error. */
static size_t choose_action(struct cq_refer *s)
{
    struct cq_cli *cli = s->cli;
    const char *word = cli->operand_count > 0 ? cli->operands[0] : "";
    size_t action = 0;
    while (action < ACTIONS && strcmp(actions[action].name, word) != 0)
        action++;
    if (action == ACTIONS) {
        refuse_action(cli, word);
        return action;
    }
    unsigned takes = actions[action].takes;
    s->action = actions[action].name;
    s->takes = takes;
    cli->operands++;
    cli->operand_count--;
    check_options(s, takes);
    int most = takes & CQ_TAKES_NUMBERS ? cli->operand_count
               : takes & (CQ_TAKES_REQUEST | CQ_TAKES_REGISTRATION) && !s->given[CQ_REQUEST_IIN]
                   ? 1
                   : 0;
    if (cli->operand_count > most)
        cq_err_record(&cli->err, CQ_U_OPERAND, "%d", most + 2); /* the first is the action */
    return action;
}

int main(int argc, char **argv)
{
    struct cq_cli cli;
    struct cq_refer s = {.cli = &cli, .state = -1, .on = CQ_DAY_MIN};
    const char *argument = NULL;
    size_t action;
    int id;
    cq_cli_open(&cli, &program, argc, argv);
    cli.private_output = true;
    while ((id = cq_cli_option(&cli, &argument)) > 0)
        if (!read_option(&s, id, argument))
            break;
    if (id == CQ_CLI_END && (action = choose_action(&s)) < ACTIONS && !cli.err.code &&
        (s.law = cq_cli_law(&cli)))
        cq_err_record(&cli.err, actions[action].run(&s), NULL);
    cq_db_close(&s.db);
    cq_law_free(s.law);
    int status = cq_cli_finish(&cli);
    return s.refused && status <= 1 ? 3 : status;
}
