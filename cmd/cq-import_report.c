/* The outcome of an import, as JSON and as messages. */
#include <inttypes.h>
#include <stdio.h>

#include "cq-import_report.h"

bool cq_import_write_summary(int fd, const struct cq_import_summary *summary)
{
    const struct cq_import_result *r = summary->result;
    return dprintf(fd,
                   "{\"run\":%" PRId64 ",\"kind\":\"%s\",\"mode\":\"%s\",\"file_hash\":\"%s\","
                   "\"encoding\":\"%s\",\"read\":%" PRId64 ",\"accepted\":%" PRId64
                   ",\"unchanged\":%" PRId64 ",\"added\":%" PRId64 ",\"changed\":%" PRId64
                   ",\"ended\":%" PRId64 ",\"rejected\":%" PRId64 ",\"warnings\":%" PRId64
                   ",\"dry_run\":%s,\"seconds\":%.3f}\n",
                   r->run, cq_kind_names[r->kind], summary->mode, r->file_hash, r->encoding,
                   r->read, r->accepted, r->unchanged, r->added, r->changed, r->ended, r->rejected,
                   r->warnings, summary->dry_run ? "true" : "false", summary->seconds) > 0;
}

void cq_import_report_counts(struct cq_cli *cli, const struct cq_import_result *r)
{
    cq_cli_verbose(cli, _("run %lld, encoding %s, file %s"), (long long)r->run, r->encoding,
                   r->file_hash);
    cq_cli_verbose(cli, _("read %lld = accepted %lld + rejected %lld"), (long long)r->read,
                   (long long)r->accepted, (long long)r->rejected);
    cq_cli_verbose(cli, _("accepted %lld = added %lld + changed %lld + unchanged %lld"),
                   (long long)r->accepted, (long long)r->added, (long long)r->changed,
                   (long long)r->unchanged);
    cq_cli_verbose(cli, _("ended %lld, warnings %lld"), (long long)r->ended,
                   (long long)r->warnings);
    if (r->added + r->changed + r->ended == 0)
        cq_cli_info(cli, "%s", _("nothing changed"));
}

void cq_import_report_refusal(struct cq_cli *cli, const struct cq_import *import,
                              const struct cq_import_result *r)
{
    for (int category = 0; category < CQ_CATEGORIES; category++) {
        for (int number = 0; number < 100; number++) {
            const struct cq_region *region = cq_law_region(import->law, number);
            if (r->leaving[category][number])
                cq_cli_info(cli, _("would lose cover: %s, %s: %lld"),
                            cq_fact_value_name(CQ_FACT_CATEGORY, category),
                            region ? region->name[cli->language] : "-",
                            (long long)r->leaving[category][number]);
        }
    }
    cq_cli_info(cli, _("if this is right, import the same file with --approve=%s"), r->token);
}
