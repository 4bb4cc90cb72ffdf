/* cq-eligible: who is entitled to what, where, who pays, and why. */
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "cq-eligible_cases.h"
#include "cq-eligible_check.h"
#include "cq-eligible_compare.h"
#include "cq-eligible_explain.h"
#include "cq-eligible_letter.h"
#include "cq-eligible_replay.h"
#include "cq-eligible_session.h"
#include "cq/batch.h"
#include "cq/list.h"

enum {
    OPT_SERVICE = 1,
    OPT_PROFILE,
    OPT_DESTINATION,
    OPT_URGENCY,
    OPT_INDICATED,
    OPT_PACKAGE,
    OPT_DUTY_INJURY,
    OPT_ALL,
    OPT_FACTS,
    OPT_ROLES,
    OPT_EXPLAIN,
    OPT_LETTER,
    OPT_WHY_NOT,
    OPT_ALL_FACTS,
    OPT_RECEIPT,
    OPT_REPLAY,
    OPT_AGAINST,
    OPT_UNTIL,
    OPT_CHECK_LAW,
    OPT_CASES,
    OPT_CLAIMS
};

static const struct cq_option options[] = {
    {OPT_SERVICE, 's', "service", "SERVICE",
     N_("outpatient (default), inpatient, day_hospital, medical_rehabilitation, "
        "psychological_rehabilitation, sanatorium, mental_health or abroad; with --against also "
        "all")},
    {OPT_PROFILE, 0, "profile", "PROFILE", N_("bed profile or kind of specialist")},
    {OPT_DESTINATION, 0, "destination", "PLACE",
     N_("local, astana or almaty; default: the city of the facility")},
    {OPT_URGENCY, 0, "urgency", "URGENCY", N_("planned (default) or emergency")},
    {OPT_INDICATED, 0, "indicated", "[yes|no]", N_("medical indications or potential")},
    {OPT_PACKAGE, 0, "package", "PACKAGE", N_("gobmp, osms or none; default: by service")},
    {OPT_DUTY_INJURY, 0, "duty-injury", NULL, N_("after an injury received on duty")},
    {OPT_ALL, 0, "all", NULL, N_("every person of the registry on that day; no input")},
    {OPT_FACTS, 0, "facts", NULL, N_("input rows are facts, not people; no registry is opened")},
    {OPT_ROLES, 0, "roles", NULL, N_("one row for every role of a person")},
    {OPT_EXPLAIN, 0, "explain", NULL,
     N_("for people: facts and where they came from, the rule, what would change the answer")},
    {OPT_LETTER, 0, "letter", NULL,
     N_("a letter to each person instead of a row: HTML, an A4 page each, in Kazakh and Russian")},
    {OPT_WHY_NOT, 0, "why-not", NULL,
     N_("add the smallest sets of facts that would turn a refusal")},
    {OPT_ALL_FACTS, 0, "all-facts", NULL, N_("with --why-not: facts that nobody can change, too")},
    {OPT_RECEIPT, 0, "receipt", NULL, N_("add a receipt, which --replay recomputes")},
    {OPT_REPLAY, 0, "replay", "FILE", N_("recompute the receipts of FILE and say what differs")},
    {OPT_AGAINST, 0, "against", "DIR",
     N_("decide under the law tables of DIR too; print only who is answered otherwise")},
    {OPT_UNTIL, 0, "until", "DATE",
     N_("with --against: every day from --as-of to before DATE, a row for each period")},
    {OPT_CHECK_LAW, 0, "check-law", NULL,
     N_("prove the law tables, print what is wrong; with --against: where the answers of both "
        "differ")},
    {OPT_CASES, 0, "cases", "FILE",
     N_("compare the cases of FILE with the law; say what they reach, and propose the others")},
    {OPT_CLAIMS, 0, "claims", NULL,
     N_("rows are claims, with payer and amount: who is due, and a verdict; -v: sums")},
    {0, 0, NULL, NULL, NULL}};

static const char *const usage[] = {"[OPTION]... [IIN]...", "--claims [OPTION]... [FILE]", NULL};
static const struct cq_program program = {
    .name = "cq-eligible",
    .usage = usage,
    .summary = N_("Decide who is entitled to what, where, who pays, and on which paragraph."),
    .options = options,
    .letters = true};

/* The values of the options. */
struct settings {
    struct cq_batch batch;
    bool all, facts, check_law, explain, letter, claims;
    const char *against, *replay, *cases;
};

static bool read_fact(struct cq_cli *cli, struct settings *s, const char *option, enum cq_fact fact,
                      const char *argument, int *value)
{
    s->batch.given[fact] = true;
    return cq_cli_choice(cli, option, argument, cq_fact_values(fact), value);
}

/* A service, or all of them. */
static bool read_service(struct cq_cli *cli, struct settings *s, const char *argument)
{
    s->batch.all_services = strcmp(argument, "all") == 0;
    s->batch.given[CQ_FACT_SERVICE] = false;
    return s->batch.all_services ||
           read_fact(cli, s, "service", CQ_FACT_SERVICE, argument, &s->batch.request.service);
}

static bool read_option(struct cq_cli *cli, struct settings *s, int id, const char *argument)
{
    struct cq_request *r = &s->batch.request;
    switch (id) {
    case OPT_SERVICE: return read_service(cli, s, argument);
    case OPT_DESTINATION:
        return read_fact(cli, s, "destination", CQ_FACT_DESTINATION, argument, &r->destination);
    case OPT_URGENCY: return read_fact(cli, s, "urgency", CQ_FACT_URGENCY, argument, &r->urgency);
    case OPT_INDICATED:
        return read_fact(cli, s, "indicated", CQ_FACT_INDICATED, argument ? argument : "yes",
                         &r->indicated);
    case OPT_PACKAGE: return read_fact(cli, s, "package", CQ_FACT_PACKAGE, argument, &r->package);
    case OPT_PROFILE:
        s->batch.profile_given = true;
        r->profile = cq_text_of(argument);
        break;
    case OPT_DUTY_INJURY: s->batch.given[CQ_FACT_DUTY_INJURY] = r->duty_injury = true; break;
    case OPT_ALL: s->all = true; break;
    case OPT_FACTS: s->facts = true; break;
    case OPT_ROLES: s->batch.roles = true; break;
    case OPT_EXPLAIN: s->explain = true; break;
    case OPT_LETTER: s->letter = true; break;
    case OPT_WHY_NOT: s->batch.why_not = true; break;
    case OPT_ALL_FACTS: s->batch.why_not = s->batch.all_facts = true; break;
    case OPT_RECEIPT: s->batch.receipt = true; break;
    case OPT_REPLAY: s->replay = argument; break;
    case OPT_AGAINST: s->against = argument; break;
    case OPT_UNTIL: return cq_cli_day(cli, "until", argument, &s->batch.until);
    case OPT_CASES: s->cases = argument; break;
    case OPT_CLAIMS: s->claims = true; break;
    default: s->check_law = true; break;
    }
    return true;
}

/* A letter answers one person in one form, and no other output has that form. */
static void check_letter(struct cq_cli *cli, const struct settings *s)
{
    if (s->letter && (s->facts || s->explain || s->against || s->replay || s->check_law ||
                      s->cases || s->batch.roles || s->batch.why_not || s->batch.receipt))
        cq_err_record(&cli->err, CQ_U_COMBINE,
                      "--letter, --facts, --explain, --against, --replay, --check-law, --cases, "
                      "--roles, --why-not, --receipt");
    if (s->letter && cli->format_given && cli->format != CQ_FORMAT_HTML)
        cq_err_record(&cli->err, CQ_U_VALUE, "--format (--letter: html)");
    if (!s->letter && cli->format == CQ_FORMAT_HTML)
        cq_err_record(&cli->err, CQ_U_NEEDS, "--format=html: --letter");
}

/* Claims are rows of one file, each of which gets one answer. */
static void check_claims(struct cq_cli *cli, const struct settings *s)
{
    if (cli->operand_count > 1)
        cq_err_record(&cli->err, CQ_U_OPERAND, "2");
    if (s->all || s->facts || s->check_law || s->against || s->replay || s->cases || s->explain ||
        s->letter)
        cq_err_record(&cli->err, CQ_U_COMBINE,
                      "--claims, --all, --facts, --check-law, --against, --replay, --cases, "
                      "--explain, --letter");
    if (s->batch.roles || s->batch.why_not || s->batch.receipt)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--claims, --roles, --why-not, --receipt");
}

/* Refuses operands that nobody can have meant as an IIN: names of files, values of options. A number
 * that is mistyped is answered. */
static void check_operands(struct cq_cli *cli)
{
    for (int i = 0; i < cli->operand_count; i++) {
        const char *text = cli->operands[i];
        if (strpbrk(text, "./") || strcmp(text, "yes") == 0 || strcmp(text, "no") == 0)
            cq_err_record(&cli->err, CQ_U_NO_IIN, "%d", i + 1);
    }
}

/* Refuses options that do not go together. */
static bool check_options(struct cq_cli *cli, const struct settings *s)
{
    if (!s->claims)
        check_operands(cli);
    bool compares = s->check_law && s->against;
    bool people = (s->all && !compares) || (cli->operand_count > 0 && !s->claims);
    if (s->claims)
        check_claims(cli, s);
    else if ((s->all && !compares) + s->facts + s->check_law + (cli->operand_count > 0) > 1)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--all, --facts, --check-law, IIN");
    if (s->replay && (people || s->check_law || s->against || s->batch.receipt ||
                      s->batch.why_not || s->batch.roles))
        cq_err_record(
            &cli->err, CQ_U_COMBINE,
            "--replay, --all, --check-law, --against, --receipt, --why-not, --roles, IIN");
    if (s->cases && (people || s->facts || s->check_law || s->against || s->replay || s->explain))
        cq_err_record(&cli->err, CQ_U_COMBINE,
                      "--cases, --all, --facts, --check-law, --against, --replay, --explain, IIN");
    if ((s->facts || s->cases) && (s->batch.roles || s->batch.profile_given))
        cq_err_record(&cli->err, CQ_U_COMBINE, "%s, --roles, --profile",
                      s->facts ? "--facts" : "--cases");
    if (s->cases && (s->batch.receipt || s->batch.why_not))
        cq_err_record(&cli->err, CQ_U_COMBINE, "--cases, --receipt, --why-not");
    if ((s->batch.all_services || s->batch.until) && !s->against)
        cq_err_record(&cli->err, CQ_U_NEEDS,
                      s->batch.until ? "--until: --against" : "--service=all: --against");
    if ((s->batch.all_services || s->batch.until) && (s->facts || s->check_law))
        cq_err_record(&cli->err, CQ_U_COMBINE, "--service=all, --until, --facts, --check-law");
    if (s->batch.until && s->batch.until <= cli->as_of)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--until, --as-of");
    if (s->against && s->batch.roles)
        cq_err_record(&cli->err, CQ_U_COMBINE, "--against, --roles");
    if (s->explain && (s->against || s->replay || s->check_law || s->batch.receipt ||
                       cli->format != CQ_FORMAT_CSV))
        cq_err_record(&cli->err, CQ_U_COMBINE,
                      "--explain, --against, --replay, --check-law, --receipt, --format");
    check_letter(cli, s);
    return !cli->err.code;
}

/* Starts explanations in place of rows. */
static bool start_explain(struct cq_eligible *session, struct settings *s, int out)
{
    if (!s->explain)
        return true;
    s->batch.roles = session->people;
    s->batch.explain = cq_eligible_explain;
    s->batch.explain_context = cq_eligible_explain_open(session, s->batch.all_facts, out);
    return s->batch.explain_context;
}

static bool answer_csv(struct cq_cli *cli, const struct settings *s, int out)
{
    const char *file = s->claims && cli->operand_count > 0 ? cli->operands[0] : NULL;
    enum cq_batch_rows rows = s->claims  ? CQ_BATCH_CLAIMS
                              : s->facts ? CQ_BATCH_FACTS
                                         : CQ_BATCH_PEOPLE;
    struct cq_csv_input input;
    struct cq_csvin *in = NULL;
    int64_t blank, skipped;
    bool ok = false;
    if (cq_cli_list(cli, file, &input) &&
        !cq_batch_open(s->batch.law, rows, &in, &input, &cli->err)) {
        cq_cli_verbose(cli, _("encoding %s"), cq_encoding_names[cq_csvin_encoding(in)]);
        if (cq_csvin_sheet(in))
            cq_cli_verbose(cli, _("sheet %d of %d"), cq_csvin_sheet(in)->number,
                           cq_csvin_sheet(in)->count);
        ok = !cq_batch_csv(&s->batch, in, input.name, out, &cli->findings, &cli->err);
        cq_csvin_report_sheet(in, cq_eligible_report, cli);
        cq_csvin_passed(in, &blank, &skipped);
        cq_cli_passed(cli, blank, skipped);
    }
    cq_csvin_close(in);
    if (input.fd > STDIN_FILENO)
        close(input.fd);
    return ok;
}

/* Answers about facts: no registry is opened. */
static void answer_facts(struct cq_eligible *session, struct settings *s)
{
    int out = cq_cli_output(session->cli);
    if (out >= 0 && start_explain(session, s, out))
        answer_csv(session->cli, s, out);
    cq_eligible_explain_close(s->batch.explain_context);
}

static void answer_people(struct cq_eligible *session, struct settings *s)
{
    struct cq_cli *cli = session->cli;
    bool refused = false;
    int out;
    if (!cq_eligible_open_people(session) || (out = cq_cli_output(cli)) < 0)
        goto done;
    s->batch.people = session->people;
    s->batch.run = session->run;
    if (s->letter ? !cq_eligible_letter_open(session, &s->batch, out)
                  : !start_explain(session, s, out))
        goto done;
    if (session->second_law &&
        cq_people_set_second_law(session->people, session->second_law, &cli->err))
        goto done;
    if (s->all || (cli->operand_count > 0 && !s->claims)) {
        if (cq_batch_iins(&s->batch, cli->operands, cli->operand_count, out, &refused, &cli->err))
            goto done;
        cli->findings = cli->findings || (refused && !s->all);
    } else {
        cq_people_end(session->people); /* the batch opens a transaction while it has rows */
        answer_csv(cli, s, out);
    }
done:
    if (s->letter)
        cq_eligible_letter_close(session, &s->batch);
    else
        cq_eligible_explain_close(s->batch.explain_context);
    cq_eligible_close_people(session);
}

/* A verdict as a word of the reader, with the code of the column behind it; English has the code. */
static void write_verdict(struct cq_str *out, const struct cq_law *law, enum cq_language language,
                          const char *verdict)
{
    if (language == CQ_EN)
        cq_str_puts(out, verdict);
    else
        cq_str_printf(out, "%s (%s)", cq_law_label(law, "claim", verdict, language), verdict);
}

static void report_sum(struct cq_cli *cli, const struct cq_law *law, const char *verdict,
                       const struct cq_claim_sum *sum)
{
    struct cq_str amount = {0}, words = {0};
    write_verdict(&words, law, cli->language, verdict);
    const char *word = words.failed ? verdict : words.ptr;
    cq_amount_write(&amount, sum->amount);
    if (sum->overflow)
        cq_cli_verbose(cli, _("%s: claims %lld, their sum is too large to be told"), word,
                       (long long)sum->claims);
    else
        cq_cli_verbose(cli, _("%s: claims %lld, tenge %s, without an amount %lld"), word,
                       (long long)sum->claims, amount.ptr ? amount.ptr : "",
                       (long long)sum->unstated);
    cq_str_free(&amount);
    cq_str_free(&words);
}

/* Reports what was claimed, by verdict, with --verbose. */
static void report_claims(struct cq_cli *cli, const struct cq_law *law,
                          const struct cq_claim_sums *sums)
{
    for (int v = 0; v < CQ_CLAIM_VERDICTS; v++)
        report_sum(cli, law, cq_claim_verdict_names[v], &sums->by_verdict[v]);
    if (sums->unread > 0)
        cq_cli_verbose(cli, _("without a verdict: claims %lld"), (long long)sums->unread);
}

/* Reports how many answers differ between two laws, by category, on standard error. */
static void report_differences(struct cq_cli *cli, const struct cq_law *law,
                               const struct cq_answer_diff_counts *counts)
{
    int64_t all = 0;
    for (int c = 0; c <= CQ_CATEGORIES; c++) {
        const int64_t *n = counts->effects[c];
        const char *category = c < CQ_CATEGORIES ? cq_fact_value_name(CQ_FACT_CATEGORY, c) : "?";
        if (cli->language != CQ_EN && c < CQ_CATEGORIES)
            category = cq_law_label(law, "category", category, cli->language);
        all += counts->rows[c];
        if (counts->rows[c] == 0)
            continue;
        cq_cli_info(cli,
                    _("%s: %lld answers differ: gains %lld, loses %lld, role %lld, provider %lld, "
                      "payer %lld, outcome %lld, other %lld"),
                    category, (long long)counts->rows[c], (long long)n[0], (long long)n[1],
                    (long long)n[2], (long long)n[3], (long long)n[4], (long long)n[5],
                    (long long)n[6]);
    }
    if (all == 0)
        cq_cli_info(cli, _("no answer differs"));
}

/* What every run over rows has. */
static void prepare(const struct cq_eligible *session, struct settings *s)
{
    s->batch.law = session->law;
    s->batch.second_law = session->second_law;
    s->batch.request.day = session->cli->as_of;
    s->batch.format = session->cli->format;
    s->batch.reader = cq_cli_table_reader(session->cli, session->law);
    s->batch.report = cq_eligible_report;
    s->batch.context = session->cli;
}

static void answer(struct cq_eligible *session, struct settings *s)
{
    struct cq_cli *cli = session->cli;
    struct cq_answer_diff_counts counts = {0};
    struct cq_claim_sums sums = {0};
    s->batch.counts = &counts;
    s->batch.claims = s->claims ? &sums : NULL;
    s->batch.day_given = cli->as_of_given;
    if (s->facts)
        answer_facts(session, s);
    else
        answer_people(session, s);
    if (session->second_law && !cli->err.code)
        report_differences(cli, session->law, &counts);
    if (s->claims && !cli->err.code)
        report_claims(cli, session->law, &sums);
}

static void run(struct cq_cli *cli, struct settings *s)
{
    struct cq_eligible session = {.cli = cli};
    if (!check_options(cli, s))
        return;
    /* Rows of people, and receipts beside them; facts and cases are nobody's. */
    cli->prose = s->explain;
    cli->private_output = !s->check_law && !s->facts && !s->cases;
    if (s->check_law && !s->against) {
        cq_eligible_check_law(cli);
        return;
    }
    if (cq_eligible_open_laws(&session, s->against)) {
        prepare(&session, s);
        if (s->check_law)
            cq_eligible_compare(&session, s->all);
        else if (s->cases)
            cq_eligible_cases(&session, &s->batch, s->cases);
        else if (s->replay)
            cq_eligible_replay(&session, s->replay, s->facts);
        else
            answer(&session, s);
    }
    cq_eligible_close(&session);
}

int main(int argc, char **argv)
{
    struct cq_cli cli;
    struct settings s = {.batch = {.request = cq_request_default(CQ_SERVICE_OUTPATIENT, 0)}};
    const char *argument;
    int id;
    cq_cli_open(&cli, &program, argc, argv);
    while ((id = cq_cli_option(&cli, &argument)) > 0 && read_option(&cli, &s, id, argument))
        ;
    if (id == CQ_CLI_END)
        run(&cli, &s);
    return cq_cli_finish(&cli);
}
