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
                   ",\"losing\":%" PRId64 ",\"gaining\":%" PRId64 ",\"blank\":%" PRId64
                   ",\"skipped\":%" PRId64 ",\"unsettled\":%" PRId64
                   ",\"dry_run\":%s,\"seconds\":%.3f}\n",
                   r->run, cq_kind_names[r->kind], summary->mode, r->file_hash, r->encoding,
                   r->read, r->accepted, r->unchanged, r->added, r->changed, r->ended, r->rejected,
                   r->warnings, r->losing, r->gaining, r->blank, r->skipped, r->unsettled,
                   summary->dry_run ? "true" : "false", summary->seconds) > 0;
}

void cq_import_report_counts(struct cq_cli *cli, const struct cq_import_result *r)
{
    if (r->run != 0)
        cq_cli_verbose(cli, _("run %lld, encoding %s, file %s"), (long long)r->run, r->encoding,
                       r->file_hash);
    else /* a dry run */
        cq_cli_verbose(cli, _("no run is kept; encoding %s, file %s"), r->encoding, r->file_hash);
    if (r->sheet.number)
        cq_cli_verbose(cli, _("sheet %d of %d"), r->sheet.number, r->sheet.count);
    cq_cli_verbose(cli, _("read %lld = accepted %lld + rejected %lld"), (long long)r->read,
                   (long long)r->accepted, (long long)r->rejected);
    cq_cli_verbose(cli, _("accepted %lld = added %lld + changed %lld + unchanged %lld"),
                   (long long)r->accepted, (long long)r->added, (long long)r->changed,
                   (long long)r->unchanged);
    cq_cli_passed(cli, r->blank, r->skipped);
    if (r->kind == CQ_KIND_VERDICTS)
        cq_cli_verbose(cli, _("without a verdict yet: %lld rows"), (long long)r->unsettled);
    cq_cli_verbose(cli, _("ended %lld, warnings %lld"), (long long)r->ended,
                   (long long)r->warnings);
    if (r->added + r->changed + r->ended == 0)
        cq_cli_info(cli, "%s", _("nothing changed"));
}

/* Appends the names of columns, joined by ','. */
static void write_columns(const struct cq_list *list, uint64_t columns, struct cq_str *out)
{
    cq_str_clear(out);
    for (size_t i = 0; i < list->count; i++)
        if (columns >> i & 1)
            cq_str_printf(out, "%s%s", out->len ? "," : "", list->columns[i].name);
    if (columns & CQ_EFFECT_ABSENT)
        cq_str_printf(out, "%s%s", out->len ? "," : "", _("not in the list"));
    if (columns & CQ_EFFECT_SPONSOR) {
        struct cq_str own = {0};
        cq_str_puts(&own, out->ptr ? out->ptr : "");
        cq_str_clear(out);
        cq_str_printf(out, own.len ? _("of the sponsor: %s") : "%s",
                      own.len ? own.ptr : _("the sponsor"));
        cq_str_free(&own);
    }
    cq_str_puts(out, "");
}

static void print_effect(struct cq_cli *cli, const struct cq_import *import,
                         const struct cq_list *list, const struct cq_import_effect *effect,
                         struct cq_str *columns)
{
    const struct cq_region *region = cq_law_region(import->law, effect->region);
    const char *category = cq_law_label(import->law, "category_many",
                                        cq_fact_value_name(CQ_FACT_CATEGORY, effect->category),
                                        cli->language);
    const char *place = region ? region->name[cli->language] : "-";
    write_columns(list, effect->columns, columns);
    if (columns->failed)
        return;
    if (effect->loses > 0)
        cq_cli_refuse_line(
            cli, _("would lose cover: %s, %s: %lld (cause: %s; open referrals: %lld)"), category,
            place, (long long)effect->loses, columns->ptr, (long long)effect->referrals);
    if (effect->gains > 0)
        cq_cli_refuse_line(cli, _("would gain cover: %s, %s: %lld (cause: %s)"), category, place,
                           (long long)effect->gains, columns->ptr);
}

void cq_import_report_effects(struct cq_cli *cli, const struct cq_import *import,
                              const struct cq_import_result *r)
{
    struct cq_list list;
    struct cq_str columns = {0};
    cq_list_init(&list, r->kind, import->law);
    for (size_t i = 0; i < r->effect_count; i++)
        print_effect(cli, import, &list, &r->effects[i], &columns);
    if (r->renamed > 0) {
        write_columns(&list, r->renamed_columns, &columns);
        cq_cli_refuse_line(cli, _("would get another name or birth date: %lld people (%s)"),
                           (long long)r->renamed, columns.ptr ? columns.ptr : "");
    }
    cq_str_free(&columns);
}

void cq_import_report_bad_rows(struct cq_cli *cli)
{
    cq_cli_refuse(cli);
    cq_cli_refuse_line(cli, "%s",
                       _("nothing was changed; --rejects=FILE writes these rows, to be corrected; "
                         "--max-bad=PCT lets the others in"));
}

void cq_import_report_refusal(struct cq_cli *cli, const struct cq_import *import,
                              const struct cq_import_result *r)
{
    cq_cli_refuse(cli);
    cq_import_report_effects(cli, import, r);
    cq_cli_refuse_line(cli,
                       _("nothing was changed; if this is right, repeat the command with "
                         "--approve=%s"),
                       r->token);
}
