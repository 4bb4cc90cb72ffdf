/* cq-eligible: who is entitled to what, where, who pays, and why. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "cq-eligible.h"
#include "cq/batch.h"
#include "cq/registry.h"

enum { OPT_SERVICE = 1, OPT_PROFILE, OPT_DESTINATION, OPT_INDICATED, OPT_PACKAGE, OPT_DUTY_INJURY,
       OPT_ALL, OPT_FACTS, OPT_ROLES, OPT_CHECK_LAW };

static const struct cq_option options[] = {
    {OPT_SERVICE, 's', "service", "SERVICE",
     N_("outpatient (default), inpatient, medical_rehabilitation, psychological_rehabilitation, "
        "sanatorium or mental_health")},
    {OPT_PROFILE, 0, "profile", "PROFILE", N_("bed profile or kind of specialist")},
    {OPT_DESTINATION, 0, "destination", "PLACE", N_("local (default), astana or almaty")},
    {OPT_INDICATED, 0, "indicated", "[yes|no]", N_("medical indications or potential")},
    {OPT_PACKAGE, 0, "package", "PACKAGE", N_("gobmp, osms or none; default: by service")},
    {OPT_DUTY_INJURY, 0, "duty-injury", NULL, N_("after an injury received on duty")},
    {OPT_ALL, 0, "all", NULL, N_("every person of the registry on that day; no input")},
    {OPT_FACTS, 0, "facts", NULL, N_("input rows are facts, not people; no registry is opened")},
    {OPT_ROLES, 0, "roles", NULL, N_("one row for every role of a person")},
    {OPT_CHECK_LAW, 0, "check-law", NULL,
     N_("prove the law tables; print what overlaps or is missing")},
    {0, 0, NULL, NULL, NULL}};

static const char *const usage[] = {"[OPTION]... [IIN]...", NULL};
static const struct cq_program program = {
    .name = "cq-eligible",
    .usage = usage,
    .summary = N_("Decide who is entitled to what, where, who pays, and on which paragraph."),
    .options = options};

struct settings {
    struct cq_batch batch;
    bool all, facts, check_law;
};

static bool take_fact(struct cq_cli *cli, struct settings *s, const char *option,
                      enum cq_fact fact, const char *argument, int *value)
{
    s->batch.given[fact] = true;
    return cq_cli_choice(cli, option, argument, cq_fact_values(fact), value);
}

static bool take_option(struct cq_cli *cli, struct settings *s, int id, const char *argument)
{
    struct cq_request *r = &s->batch.request;
    switch (id) {
    case OPT_SERVICE:
        return take_fact(cli, s, "service", CQ_FACT_SERVICE, argument, &r->service);
    case OPT_DESTINATION:
        return take_fact(cli, s, "destination", CQ_FACT_DESTINATION, argument, &r->destination);
    case OPT_INDICATED:
        return take_fact(cli, s, "indicated", CQ_FACT_INDICATED, argument ? argument : "yes",
                         &r->indicated);
    case OPT_PACKAGE:
        return take_fact(cli, s, "package", CQ_FACT_PACKAGE, argument, &r->package);
    case OPT_PROFILE:
        s->batch.profile_given = true;
        r->profile = (struct cq_text){argument, strlen(argument)};
        break;
    case OPT_DUTY_INJURY:
        s->batch.given[CQ_FACT_DUTY_INJURY] = r->duty_injury = true;
        break;
    case OPT_ALL:
        s->all = true;
        break;
    case OPT_FACTS:
        s->facts = true;
        break;
    case OPT_ROLES:
        s->batch.roles = true;
        break;
    default:
        s->check_law = true;
        break;
    }
    return true;
}

static void answer_csv(struct cq_cli *cli, struct settings *s, int out)
{
    const char *name;
    struct cq_csvin *in = NULL;
    int fd = cq_cli_input(cli, NULL, &name);
    if (fd >= 0 && !cq_csvin_open(&in, fd, name, 0, &cli->err))
        cq_batch_csv(&s->batch, in, name, out, &cli->findings, &cli->err);
    cq_csvin_close(in);
}

static void answer_people(struct cq_cli *cli, struct settings *s)
{
    struct cq_db db = {0};
    struct cq_people *people = NULL;
    int64_t run;
    int out;
    if (cq_db_open(&db, cli->db, CQ_DB_READ, 5000, &cli->err) ||
        cq_db_begin_read(&db, &cli->err) || cq_run_known(&db, cli->known_at, &run, &cli->err) ||
        cq_people_open(&people, &db, s->batch.law, run, &cli->err) ||
        (out = cq_cli_output(cli)) < 0)
        goto done;
    s->batch.people = people;
    bool refused = false;
    if (s->all || cli->operand_count > 0)
        cq_batch_iins(&s->batch, cli->operands, cli->operand_count, out, &refused, &cli->err);
    else
        answer_csv(cli, s, out);
    if (refused && !s->all)
        cli->findings = true;
done:
    cq_people_close(people);
    cq_db_close(&db);
}

static bool settle(struct cq_cli *cli, struct settings *s)
{
    if (s->all + s->facts + s->check_law + (cli->operand_count > 0) > 1)
        cq_err_set(&cli->err, CQ_U_COMBINE, "--all, --facts, --check-law, IIN");
    if (s->facts && (s->batch.roles || s->batch.profile_given))
        cq_err_set(&cli->err, CQ_U_COMBINE, "--facts, --roles, --profile");
    return !cli->err.code;
}

static void say(const struct cq_err *finding, void *context)
{
    cq_cli_say(context, finding);
}

static void work(struct cq_cli *cli, struct settings *s)
{
    struct cq_law *law = NULL;
    if (!settle(cli, s))
        return;
    if (s->check_law) {
        cq_eligible_check_law(cli);
        return;
    }
    law = cq_cli_law(cli);
    s->batch.law = law;
    s->batch.request.day = cli->as_of;
    s->batch.format = cli->format;
    s->batch.say = say;
    s->batch.context = cli;
    if (law && s->facts) {
        int out = cq_cli_output(cli);
        if (out >= 0)
            answer_csv(cli, s, out);
    } else if (law) {
        answer_people(cli, s);
    }
    cq_law_free(law);
}

int main(int argc, char **argv)
{
    struct cq_cli cli;
    struct settings s = {.batch = {.request = cq_request_default(CQ_SERVICE_OUTPATIENT, 0)}};
    const char *argument;
    int id;
    cq_cli_open(&cli, &program, argc, argv);
    while ((id = cq_cli_option(&cli, &argument)) > 0 && take_option(&cli, &s, id, argument))
        ;
    if (id == CQ_CLI_END)
        work(&cli, &s);
    return cq_cli_finish(&cli);
}
