/* Fuzzes the reader of the law: the tables with one change, or one table of any bytes. Tables that
 * are accepted can be proved or refused; proved ones decide every case on every day. The checks go
 * on after what the reader refuses, and have a finding wherever the reader has an error. Input:
 * table, place (2), bytes deleted there, then the bytes inserted; table + 128: all of it. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lawcheck/lawcheck.h"
#include "cq/date.h"
#include "cq/decide.h"
#include "engine/law.h"
#include "engine/law_prove.h"

static void decide_some(const struct cq_law *law, uint64_t seed)
{
    for (int i = 0; i < 64; i++) {
        struct cq_decision decision;
        struct cq_str text = {0};
        uint64_t word = cq_facts_all;
        for (int fact = 0; fact < CQ_FACTS; fact++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            int value = (int)(seed >> 40) % (cq_fact_count((enum cq_fact)fact) + 1) - 1;
            if (value < 0 && (fact == CQ_FACT_SERVICE || fact == CQ_FACT_DESTINATION))
                value = 0;
            cq_facts_set(&word, (enum cq_fact)fact, value);
        }
        int32_t day = cq_date_make(2015, 1, 1) + (int32_t)(seed >> 40) % 6000;
        cq_decide(law, day, word, &decision);
        assert(decision.outcome[0] != '\0');
        assert((decision.rule_count > 0) == (decision.missing == 0));
        assert(cq_decision_gaps(law, decision.gaps, &text) == CQ_OK);
        assert(cq_decision_rules(&decision, &text) == CQ_OK);
        cq_str_free(&text);
    }
}

static void count_finding(const struct cq_law_finding *finding, void *context)
{
    assert(finding->file[0] != '\0' && finding->column != NULL && finding->detail != NULL);
    ++*(size_t *)context;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct cq_law_files files;
    struct cq_law *law = NULL;
    struct cq_err err = {0};
    if (size < 4)
        return 0;
    cq_law_files_embedded(&files);
    struct cq_text *table = &files.bytes[data[0] % 128 % CQ_LAW_TABLES];
    size_t at = (size_t)(data[1] << 8 | data[2]) % (table->len + 1), gone = data[3];
    if (data[0] >= 128) {
        at = 0;
        gone = table->len;
    }
    if (gone > table->len - at)
        gone = table->len - at;
    size_t len = table->len - gone + size - 4;
    char *bytes = malloc(len + 1);
    assert(bytes != NULL);
    memcpy(bytes, table->ptr, at);
    memcpy(bytes + at, data + 4, size - 4);
    memcpy(bytes + at + size - 4, table->ptr + at + gone, table->len - at - gone);
    *table = (struct cq_text){bytes, len};
    enum cq_code code = cq_law_build(&law, &files, "fuzz", &err);
    assert((code == CQ_OK) == (law != NULL) && code == err.code);
    assert(!code || code == CQ_L_CELL || cq_code_status(code) == 3);
    if (law != NULL && cq_law_prove(law, 10, NULL, NULL, NULL) == CQ_OK)
        decide_some(law, len);
    struct cq_law_checked checked;
    size_t seen = 0;
    assert(cq_lawcheck_files(&files, "fuzz", SIZE_MAX, count_finding, &seen, &checked, NULL) ==
           CQ_OK);
    assert(seen == checked.findings && (law != NULL || seen > 0));
    cq_law_free(law);
    free(bytes);
    return 0;
}
