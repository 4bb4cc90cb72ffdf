/* Prints the readings of gaps side by side, for --explain. */
#include "cq-eligible_readings.h"

#include "cli.h"

static void add_basis(struct cq_page *page, const struct cq_reading_answer *answer, int32_t day)
{
    const char *own = answer->reading->basis, *basis = answer->decision.basis;
    if (*own || *basis)
        cq_str_printf(&page->text, "      %s:\n", _("Legal basis"));
    cq_page_add_basis(page, own, day, "        ");
    cq_page_add_basis(page, basis, day, "        ");
}

static void add_gaps(struct cq_page *page, uint64_t gaps)
{
    struct cq_str ids = {0};
    if (gaps && !cq_decision_gaps(page->law, gaps, &ids))
        cq_str_printf(&page->text, "      %s: %s\n", _("What is open"), ids.ptr);
    if (ids.failed)
        page->text.failed = ids.failed;
    cq_str_free(&ids);
}

static void add_missing(struct cq_page *page, uint32_t missing)
{
    struct cq_str facts = {0};
    if (missing && !cq_decision_missing(missing, &facts))
        cq_page_add_cell(page, "      ", _("missing facts"), "fact", facts.ptr);
    if (facts.failed)
        page->text.failed = facts.failed;
    cq_str_free(&facts);
}

static void add_reading(struct cq_page *page, int32_t day, const struct cq_reading_answer *answer)
{
    const struct cq_decision *d = &answer->decision;
    const struct cq_gap *gap = &page->law->gaps[__builtin_ctzll(answer->reading->gap)];
    cq_str_printf(&page->text, "    %s  %s\n", gap->id, answer->reading->words[page->language]);
    cq_page_add_cell(page, "      ", _("Answer"), "outcome", d->outcome);
    cq_page_add_cell(page, "      ", _("because"), "reason", d->reasons);
    add_missing(page, d->missing);
    cq_page_add_cell(page, "      ", _("provider"), "provider", d->provider);
    if (answer->facility[0])
        cq_str_printf(&page->text, "      %s: %s\n", _("facility"), answer->facility);
    cq_page_add_cell(page, "      ", _("payer"), "payer", d->payer);
    cq_page_add_cell(page, "      ", _("referral by"), "referral", d->referral);
    cq_page_add_cell(page, "      ", _("documents to bring"), "document", d->documents);
    cq_page_add_cell(page, "      ", _("certainty"), "certainty", d->certainty);
    add_basis(page, answer, day);
    add_gaps(page, d->gaps & ~answer->reading->gap);
}

/* "These readings differ in: provider, payer" */
static void add_differences(struct cq_page *page, const struct cq_reading_answer *answers,
                            size_t count)
{
    static const char *const cells[CQ_READING_CELLS] = {
        [CQ_READING_OUTCOME] = N_("answer"),      [CQ_READING_PROVIDER] = N_("provider"),
        [CQ_READING_PAYER] = N_("payer"),         [CQ_READING_REFERRAL] = N_("referral"),
        [CQ_READING_DOCUMENTS] = N_("documents"), [CQ_READING_REASONS] = N_("reason"),
        [CQ_READING_BASIS] = N_("legal basis")};
    const char *before = ": ";
    unsigned differ = cq_gap_readings_differ(answers, count);
    cq_str_printf(&page->text, "    %s", _("These readings differ in"));
    for (int cell = 0; cell < CQ_READING_CELLS; cell++)
        if (differ >> cell & 1) {
            cq_str_printf(&page->text, "%s%s", before, _(cells[cell]));
            before = ", ";
        }
    cq_str_puts(&page->text, "\n");
}

void cq_eligible_add_readings(struct cq_page *page, int32_t day,
                              const struct cq_reading_answer *answers, size_t count)
{
    if (count)
        cq_str_printf(&page->text, "  %s:\n", _("The answer as the gaps may be read"));
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && answers[end].reading->gap == answers[i].reading->gap; end++)
            add_reading(page, day, &answers[end]);
        add_differences(page, answers + i, end - i);
    }
}
