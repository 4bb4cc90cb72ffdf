/* Fact cells as people write them: the codes, the labels of words.csv, and the usual short words. */
#include "engine/fact_cells.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/list.h"
#include "cq/utf8.h"

/* The code and its short words, folded, in the order of the values. */
static const char *const yes_no[] = {"yes|1|иә|да", "no|0|жоқ|нет", NULL};
static const char *const categories[] = {
    "none",
    "employee|қызметкер|сотрудник",
    "family|отбасы мүшесі|отбасы|член семьи|члены семьи|family member",
    "pensioner|зейнеткер|пенсионер",
    "child_of_fallen|қаза тапқан қызметкердің баласы|ребёнок погибшего|ребенок погибшего|"
    "ребёнок погибшего сотрудника|ребенок погибшего сотрудника",
    NULL};
static const char *const bodies[] = {"law_enforcement|құқық қорғау|правоохранительный",
                                     "civil_protection|азаматтық қорғау|гражданская защита",
                                     "fire_service|өртке қарсы қызмет|противопожарная служба|гпс",
                                     "courier|фельдъегерлік қызмет|фельдъегерская служба", NULL};
static const char *const sponsors[] = {"employee", "other|қызметкер емес|не сотрудник", "listed",
                                       NULL};
static const char *const kins[] = {"spouse|жұбайы|зайыбы|супруг|супруга|муж|жена",
                                   "minor_child|несовершеннолетний",
                                   "student_child|студент",
                                   "disabled_child",
                                   "dependent_parent|асырауындағы ата-ана|родитель на иждивении",
                                   "listed",
                                   "other|басқа|өзге|иное|другое",
                                   NULL};
static const char *const services[] = {
    "outpatient|амбулаторлық|амбулатория|амбулаторно|емхана|поликлиника",
    "inpatient|стационарлық|стационар|стационарно|госпитализация",
    "medical_rehabilitation|медреабилитация",
    "psychological_rehabilitation|психологическая помощь",
    "sanatorium|санаторий|шипажай",
    "mental_health|психикалық денсаулық|психическое здоровье|психиатрия",
    "day_hospital|күндізгі стационар|дневной стационар",
    "abroad|шетелде|за рубежом",
    NULL};
static const char *const urgencies[] = {"planned|жоспарлы|жоспарлы түрде|плановая|плановый|планово",
                                        "emergency|шұғыл|жедел|экстренная|экстренный|экстренно|"
                                        "неотложная",
                                        NULL};
static const char *const destinations[] = {"local|жергілікті|местный|на месте",
                                           "astana|астана|астана қ.|г. астана|г.астана",
                                           "almaty|алматы|алматы қ.|г. алматы|г.алматы", NULL};
static const char *const homes[] = {"astana|астана|астана қ.|г. астана|г.астана",
                                    "almaty|алматы|алматы қ.|г. алматы|г.алматы",
                                    "elsewhere|басқа жер|другое место", NULL};
static const char *const places[] = {"available|бар|есть", "one|бір жерде|в одном",
                                     "absent|жоқ|нет", NULL};
static const char *const packages[] = {"gobmp|тмккк|гобмп", "osms|мәмс|осмс", "none|жоқ|нет", NULL};

static const char *const *const short_words[CQ_FACTS] = {
    [CQ_FACT_CATEGORY] = categories,
    [CQ_FACT_BODY] = bodies,
    [CQ_FACT_SPECIAL_RANK] = yes_no,
    [CQ_FACT_SPONSOR] = sponsors,
    [CQ_FACT_KIN] = kins,
    [CQ_FACT_CORESIDENT] = yes_no,
    [CQ_FACT_MINOR] = yes_no,
    [CQ_FACT_SERVICE] = services,
    [CQ_FACT_URGENCY] = urgencies,
    [CQ_FACT_DESTINATION] = destinations,
    [CQ_FACT_HOME] = homes,
    [CQ_FACT_PLACE] = places,
    [CQ_FACT_INDICATED] = yes_no,
    [CQ_FACT_PACKAGE] = packages,
    [CQ_FACT_INSURED] = yes_no,
    [CQ_FACT_PRESIDENTIAL] = yes_no,
    [CQ_FACT_DUTY_INJURY] = yes_no,
};

/* Whether a folded text is the label of a value in one of the languages. */
static bool is_label(const struct cq_law *law, enum cq_fact fact, int value,
                     const struct cq_str *folded, struct cq_str *scratch)
{
    for (int language = 0; language < CQ_LANGUAGES; language++) {
        const char *label = cq_law_value_label(law, fact, value, (enum cq_language)language);
        cq_str_clear(scratch);
        if (!cq_utf8_fold(scratch, label, strlen(label)) && scratch->len == folded->len &&
            memcmp(scratch->ptr, folded->ptr, folded->len) == 0)
            return true;
    }
    return false;
}

/* The value whose label in the law tables is that text; -1 for none. */
static int find_label(const struct cq_law *law, enum cq_fact fact, struct cq_text text)
{
    struct cq_str folded = {0}, scratch = {0};
    int found = -1;
    if (!cq_utf8_fold(&folded, text.ptr, text.len) && folded.len > 0)
        for (int value = 0; value < cq_fact_count(fact) && found < 0; value++)
            if (is_label(law, fact, value, &folded, &scratch))
                found = value;
    cq_str_free(&folded);
    cq_str_free(&scratch);
    return found;
}

static int find_value(const struct cq_law *law, enum cq_fact fact, struct cq_text text)
{
    int value = cq_fact_value_find(fact, text.ptr, text.len);
    if (value < 0)
        value = cq_choice_find(short_words[fact], text.ptr, text.len);
    return value < 0 ? find_label(law, fact, text) : value;
}

uint64_t cq_fact_cell_read(const struct cq_law *law, enum cq_fact fact, struct cq_text cell)
{
    struct cq_text part;
    uint64_t bits = 0;
    if (cell.len == 0)
        return cq_fact_field(fact);
    while (cq_text_next(&cell, '|', &part)) {
        int value = find_value(law, fact, cq_text_trim(part));
        if (value < 0)
            return 0;
        bits |= cq_fact_bit(fact, value);
    }
    return bits;
}

void cq_fact_cell_write(uint64_t word, enum cq_fact fact, struct cq_str *out)
{
    size_t start = out->len;
    if ((word & cq_fact_field(fact)) == cq_fact_field(fact))
        return;
    for (int value = 0; value < cq_fact_count(fact); value++)
        if (word & cq_fact_bit(fact, value))
            cq_str_printf(out, "%s%s", out->len > start ? "|" : "",
                          cq_fact_value_name(fact, value));
}

void cq_label_aliases(const struct cq_word *before, const struct cq_word *word, struct cq_str *out)
{
    for (int language = 0; word && language < CQ_LANGUAGES; language++) {
        struct cq_str text = {0};
        if (before)
            cq_str_printf(&text, "%s ", before->label[language]);
        cq_str_puts(&text, word->label[language]);
        if (out->len > 0)
            cq_str_put(out, "|", 1);
        if (text.failed || cq_utf8_fold(out, text.ptr, text.len))
            out->failed = CQ_B_NOMEM;
        cq_str_free(&text);
    }
}
