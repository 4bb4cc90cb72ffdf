/* Registrations as rows. */
#include "cq/register.h"

#include "cq/facts.h"
#include "cq/iin.h"
#include "cq/list.h"
#include "people/papers.h"
#include "referrals/registrations.h"

static const char *const columns[] = {"iin",           "facility", "card_no", "opened_on",
                                      "registered_on", "papers",   "lacking", "documents",
                                      "category",      "agency",   "state"};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const char *const states[] = {[CQ_REGISTERED_REFUSED] = "",
                                     [CQ_REGISTERED_OPENED] = "opened",
                                     [CQ_REGISTERED_ADDED] = "added",
                                     [CQ_REGISTERED_UNCHANGED] = "unchanged"};

static void write_text(struct cq_out *out, const struct cq_str *text)
{
    cq_out_text(out, text->len ? text->ptr : "", text->len);
}

static enum cq_code write_row(struct cq_out *out, const struct cq_law *law,
                              const struct cq_registration *r, struct cq_err *err)
{
    const struct cq_agency *agency = cq_law_agency_number(law, r->agency);
    struct cq_str papers = {0}, lacking = {0};
    char iin[12];
    cq_papers_write(r->papers, &papers);
    cq_papers_lacking(r->documents, r->papers, &lacking);
    enum cq_code code = papers.failed ? papers.failed : lacking.failed;
    if (code) {
        code = cq_err_set(err, code, NULL);
        goto done;
    }
    cq_out_text(out, iin, cq_iin_write(iin, r->iin));
    cq_out_text(out, r->facility.ptr, r->facility.len);
    cq_out_text(out, r->card_no.ptr, r->card_no.len);
    cq_out_day(out, r->opened_on);
    cq_out_day(out, r->registered_on);
    write_text(out, &papers);
    write_text(out, &lacking);
    cq_out_string(out, r->documents);
    cq_out_string(out, cq_fact_value_name(CQ_FACT_CATEGORY, r->category));
    cq_out_string(out, agency ? agency->id : "");
    cq_out_string(out, states[r->state]);
    code = cq_out_end(out, err);
done:
    cq_str_free(&papers);
    cq_str_free(&lacking);
    return code;
}

enum cq_code cq_registrations_write_rows(const struct cq_registrations *batch, int fd,
                                         enum cq_format format,
                                         const struct cq_table_reader *reader, struct cq_err *err)
{
    struct cq_text names[COLUMNS];
    struct cq_out *out = NULL;
    for (size_t i = 0; i < COLUMNS; i++)
        names[i] = cq_text_of(columns[i]);
    enum cq_code code = cq_out_open_for(&out, fd, format, reader, names, COLUMNS, err);
    for (size_t i = 0; i < batch->count && !code; i++)
        if (batch->list[i].state != CQ_REGISTERED_REFUSED)
            code = write_row(out, batch->options->law, &batch->list[i], err);
    if (code)
        cq_out_abandon(out);
    else
        code = cq_out_close(out, err);
    return code;
}
