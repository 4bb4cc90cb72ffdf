/* The table of words is complete: every code of every vocabulary has a label in each language,
 * every row has a code in use, and Kazakh labels are Kazakh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cq/law.h"
#include "cq/lists.h"
#include "cq/list.h"
#include "cq/referral.h"
#include "cq/terms.h"
#include "cq/utf8.h"
#include "engine/law.h"

/* Vocabularies that no header lists, as the programs write them. */
static const struct {
    const char *kind, *codes;
} vocabularies[] = {
    {"reason", "missing_facts bad_iin bad_fact"},
    {"letter_reason", "missing_facts bad_iin bad_fact"},
    {"category_many", "none employee family pensioner child_of_fallen"},
    {"where", "service residence"},
    {"lack", "no_organisation no_department no_specialist no_equipment"},
    {"consent", "yes no"},
    {"sex", "m f"},
    {"trigger", "no_organisation department specialist equipment other_area"},
    {"cause", "of_age entitlement_ends entitlement_begins entry_changes insurance_ends "
              "insurance_begins presidential_list facility law past_valid answer_waiting "
              "answered_late waiting"},
    {"change", "joined changed left"},
    {"list", "undo"},
    {"verdict", "same different"},
    {"mode", "full delta undo"},
    {"source",
     "contingent insurance presidential card review verdict referral event sponsor family"},
    {"action", "import undo read find list issue accept reject admit complete cancel expire "
               "register"},
    {"registration", "done no_card incomplete not_recorded"},
    {"quality", "missing warned conflicts orphans lookalikes no_card twins doubtful stale "
                "missing_residence missing_sex missing_service_place missing_service_id "
                "missing_coresident missing_special_rank missing_killed_on "
                "missing_pension_certificate orphan lookalike twin no_sponsor other_relation"},
    {"review", "contradiction twin other_person lists_differ same spelling one_letter "
               "swapped_names birth_swapped "
               "birth_digit iin_digit changed_since"},
    {"found", "m f same spelling beginning initial one_of_two one_letter other_name birth_swapped "
              "birth_digit "
              "birth_year tied"},
    {"severity", "error warning notice"},
    {"result", "ok found"},
    {"empty", "payer bearer certainty"},
    {"form2", "title form year day organisation all line code people dash in_no_part "
              "sex_not_stated due head filled filled_on run"},
    {"join", "+ /"},
    {"profile", "therapy surgery cardiology cardiac_surgery neurology neurosurgery "
                "traumatology orthopaedics gynaecology obstetrics paediatrics "
                "ophthalmology otolaryngology dentistry urology nephrology oncology "
                "haematology pulmonology gastroenterology endocrinology "
                "rheumatology allergology dermatology psychiatry narcology "
                "infectious phthisiology rehabilitation intensive_care"},
    {"letter", "title asked answer payer where referral papers until facts change mend "
               "still law open readings day no_facility same_later changes_on unless "
               "missing nothing would would_all would_one would_also run line of_day "
               "until_day other_roles emergency far unknown registry general receipt"},
    {"letter_articles", "LES HC"},
    {"letter_cite", "paragraph part subparagraph"},
    {"letter_fact", "place sponsor"},
    {"letter_mend", "hr hr_missing fund facilities doctor presidential number question"},
    {"letter_need", "special_rank_yes special_rank_no sponsor_employee kin_spouse "
                    "kin_minor_child kin_student_child kin_disabled_child "
                    "kin_dependent_parent coresident_yes urgency_emergency urgency_planned "
                    "destination_local destination_astana destination_almaty home_astana "
                    "home_almaty home_elsewhere place_available place_one place_absent "
                    "indicated_yes indicated_no package_gobmp package_osms insured_yes "
                    "insured_no duty_injury_yes duty_injury_no presidential_yes "
                    "presidential_no"},
    {"letter_source", "hr sponsor facilities fund presidential unknown question default "
                      "service_default presumed unlisted later removed ended"},
    {"label",
     "title number state person name iin iin_birth born category agency places from referrer "
     "to care service profile measure urgency diagnosis indication fallback consent law "
     "ground conditions payer certainty gaps documents dates issued_on planned_on "
     "expected_on valid_until bureau occasion paid_by commission found_in led_to "
     "answer_by answered extract mark answer_title answer_to answer_from answer_about "
     "answer_is appointed_on answer_reason answered_on answer_remarks answer_signed "
     "answer_day signed_by headed_by taken_by seal receipt slip card polyclinic "
     "registered_on papers_seen papers_lacking papers_none papers_all papers_note "
     "slip_trial "
     "registrar registrar_signs person_signs"},
    {"column",
     "as_of iin service outcome category agency provider facility payer referral documents reasons "
     "missing rule basis certainty gaps changes_on change_cause would_need receipt until since "
     "effect against_ want_ due_ _now * body special_rank sponsor sponsor_iin kin relation "
     "coresident minor urgency destination home place indicated package insured presidential "
     "duty_injury profile verdict replay differs number status issued_on valid_until diagnosis "
     "indication from_facility referrer planned_on bureau_code measure consent occasion paid_by "
     "commission_no commission_on found_in answer_by answered_on answer appointed_on refusal "
     "fallback expected_on card_no opened_on registered_on papers lacking state finding detail "
     "file line other message kind name case cases last_name first_name middle_name birth_date sex "
     "kato service_place killed_on valid_from valid_to dependent student_until disabled_before_18 "
     "amount"},
    {"claim", "agrees other_payer not_entitled then_entitled unknown twice"},
    {"effect", "gains loses role provider payer outcome other"},
    {"verified", "seal number status events link people facilities runs facts decision missing "
                 "orphan chain binding"},
    {"replay", "ok damaged altered law data engine missing version_1 newer"},
    {"registered", "opened added unchanged"},
    {"checked", "missing overlap wrong_cell unknown_act unknown_citation unknown_gap unused "
                "never_decides no_effect outside_edition no_edition two_editions unconfirmed "
                "implementation no_clause binding unproved"},
    {"case_kind", "case rule paragraph proposed"},
    {"stage", "issue admission answer"},
    {"need", "required recorded allowed"},
    {"group", "employee family_pensioner child cp_employee cp_unnamed cp_others_unnamed near "
              "far_planned far_emergency other_city_planned gobmp osms not_insured not_in_package"},
    {"implemented", "rules readings documents bindings holidays parameters bearers list action "
                    "report letter refusal agency none"},
};

/* Kazakh labels without a letter that only Kazakh has. */
static const char *const plain[] = {
    "жолдама керек",
    "себептер",
    "бала",
    "ата-ана",
    "ЖСН жарамсыз",
    "контингентке жатпайды",
    "санат",
    "орган",
    "санатсыз",
    "зейнеткер",
    "зейнеткерлер",
    "Астана",
    "Алматы",
    "Астана мен Алматыдан тыс",
    "бар",
    "жоспарлы",
    "санаторий",
    "ерлер",
    "контингент",
    "жолдама",
    "ескерту",
    "хабарлама",
    "табылды",
    "немесе",
    "Жолдама",
    "Пациент",
    "ЖСН",
    "Санаты",
    "Органы",
    "Диагноз, АХЖ-10",
    "Шарттар",
    "М.О.",
    "паспорт",
    "Емхана",
    /* profiles */
    "терапия",
    "хирургия",
    "кардиология",
    "кардиохирургия",
    "неврология",
    "нейрохирургия",
    "травматология",
    "ортопедия",
    "гинекология",
    "педиатрия",
    "офтальмология",
    "оториноларингология",
    "стоматология",
    "урология",
    "нефрология",
    "онкология",
    "гематология",
    "пульмонология",
    "гастроэнтерология",
    "эндокринология",
    "ревматология",
    "аллергология",
    "дерматология",
    "психиатрия",
    "наркология",
    "фтизиатрия",
    /* letters */
    "Жауап",
    "Шарты:",
    "{}-жол",
    "{}-бап",
    "жолдама керек.",
    "шетелде емделуге",
    "стационарда емделуге",
    "санаторийде емделуге",
    "ер",
    "отбасы",
    /* tables */
    "Сомасы",
    "Жауабы",
    "Бюро коды",
    "Асырауында",
    "Диагноз",
    "Айырмасы",
    "Файл",
    "Аты",
    "Жол",
    "Атауы",
    "Топтама",
    "Жынысы",
    "Бастап",
    "Картасы",
    "ТМККК",
    "Астана мен Алматы арасында жоспарлы",
    "органдар",
    "мерекелер",
    "хат",
    "параметрлер",
    "есеп",
    "жазылады",
    "ашылды",
};

struct fixture {
    struct cq_law *law;
    bool *used; /* of each word */
    int missing;
};

static void need(struct fixture *f, const char *kind, const char *code, size_t len)
{
    const struct cq_word *word = cq_law_word(f->law, kind, code, len);

    if (len == 0)
        return;
    if (word) {
        f->used[word - f->law->words] = true;
        return;
    }
    print_error("words.csv has no %s,%.*s\n", kind, (int)len, code);
    f->missing++;
}

/* The parts of a list, at any of some marks. */
static void need_each(struct fixture *f, const char *kind, const char *codes, const char *marks)
{
    while (*codes != '\0') {
        size_t len = strcspn(codes, marks);

        need(f, kind, codes, len);
        codes += len + (codes[len] != '\0');
    }
}

static void need_names(struct fixture *f, const char *kind, const char *const *names)
{
    for (; *names; names++)
        need(f, kind, *names, strlen(*names));
}

static void need_facts(struct fixture *f)
{
    for (int i = 0; i < CQ_FACTS; i++) {
        enum cq_fact fact = (enum cq_fact)i;
        const char *const *values = cq_fact_values(fact);
        bool yes_no = strcmp(values[CQ_YES], "yes") == 0;

        need(f, "fact", cq_fact_name(fact), strlen(cq_fact_name(fact)));
        need_names(f, yes_no ? "answer" : cq_fact_name(fact), values);
    }
}

static void need_law(struct fixture *f)
{
    for (size_t i = 0; i < f->law->rule_count; i++) {
        const struct cq_rule *rule = &f->law->rules[i];

        need_each(f, "outcome", rule->outcome, ";");
        need_each(f, "payer", rule->payer, ";");
        need_each(f, "referral", rule->referral, ";");
        need_each(f, "reason", rule->reasons, ";");
        need_each(f, "letter_outcome", rule->outcome, ";");
        need_each(f, "letter_payer", rule->payer, ";");
        need_each(f, "letter_referral", rule->referral, ";");
        need_each(f, "letter_reason", rule->reasons, ";");
    }
    for (int i = 1; i < CQ_CERTAINTIES; i++)
        need_each(f, "certainty", cq_certainty_names[i], ";");
    for (size_t i = 0; i < f->law->paragraph_count; i++) {
        need_each(f, "source_read", f->law->paragraphs[i].source, ";");
        if (*f->law->paragraphs[i].reason != '\0')
            need_each(f, "unimplemented", f->law->paragraphs[i].reason, ";");
    }
    for (size_t i = 0; i < f->law->bearer_count; i++)
        need_each(f, "bearer", f->law->bearers[i].bearer, ";");
    for (size_t i = 0; i < f->law->provider_count; i++)
        need_each(f, "provider", f->law->providers[i].id, ";");
    for (size_t i = 0; i < f->law->documents_count; i++)
        need_each(f, "document", f->law->documents[i].documents, "+/");
}

static bool is_also(const struct cq_word *word)
{
    return strncmp(word->kind, "also_", 5) == 0;
}

static void test_every_code_has_a_row_and_every_row_a_code(void **state)
{
    struct fixture *f = *state;
    int unused = 0;

    f->used = calloc(f->law->word_count, sizeof *f->used);
    assert_non_null(f->used);
    need_facts(f);
    need_law(f);
    for (size_t i = 0; i < f->law->edition_count; i++)
        need_each(f, "at_hand", f->law->editions[i].id, ";");
    need_names(f, "status", cq_state_names);
    need_names(f, "letter_service", cq_services);
    need_names(f, "urgency", cq_urgency_names);
    need_names(f, "measure", cq_measure_names);
    need_names(f, "occasion", cq_occasion_names);
    need_names(f, "paid_by", cq_paid_by_names);
    need_names(f, "requirement", cq_requirement_names);
    need_names(f, "refusal", cq_refusal_names);
    need_names(f, "answered", &cq_answered_names[CQ_ANSWERED_DATE]);
    need_names(f, "list", cq_kind_names);
    need_names(f, "document", cq_paper_names);
    need_each(f, "relation", "spouse child parent other ward", " ");
    need_each(f, "verdict", "agrees differs unreadable proposed", " ");
    need_each(f, "case",
              "case as_of outcome provider payer referral reasons basis missing gaps certainty "
              "documents want",
              " ");
    for (int owner = 0; cq_owner_name(owner); owner++)
        need(f, "owner", cq_owner_name(owner), strlen(cq_owner_name(owner)));
    for (size_t i = 0; i < sizeof vocabularies / sizeof *vocabularies; i++)
        need_each(f, vocabularies[i].kind, vocabularies[i].codes, " ");
    for (size_t i = 0; i < f->law->word_count; i++)
        if (!f->used[i] && !is_also(&f->law->words[i])) {
            print_error("nobody uses %s,%s\n", f->law->words[i].kind, f->law->words[i].code);
            unused++;
        }
    free(f->used);
    assert_int_equal(f->missing, 0);
    assert_int_equal(unused, 0);
}

/* The codes of a kind: of a fact, or of a column of a list. Owner: list. */
static const char *const *codes_of(const struct fixture *f, const char *kind, struct cq_list *list)
{
    static const char *const answers[] = {"yes", "no", NULL};
    static const char *const payers[] = {"budget", "fund_gobmp", "fund_osms", "paid", NULL};
    static const char *const none[] = {NULL};

    for (int i = 0; i < CQ_FACTS; i++)
        if (strcmp(cq_fact_name((enum cq_fact)i), kind) == 0)
            return cq_fact_values((enum cq_fact)i);
    if (strcmp(kind, "answer") == 0)
        return answers;
    if (strcmp(kind, "payer") == 0)
        return payers;
    if (strcmp(kind, "measure") == 0)
        return cq_measure_names;
    if (strcmp(kind, "document") == 0)
        return cq_paper_names;
    if (strcmp(kind, "occasion") == 0)
        return cq_occasion_names;
    if (strcmp(kind, "refusal") == 0)
        return cq_refusal_names;
    if (strcmp(kind, "paid_by") == 0)
        return cq_paid_by_names;
    for (int k = 0; k < CQ_KINDS; k++) {
        cq_list_init(list, (enum cq_kind)k, f->law);
        for (size_t i = 0; i < list->in_file; i++)
            if (strcmp(list->columns[i].name, kind) == 0 && list->columns[i].values)
                return list->columns[i].values;
    }
    return none;
}

/* A word is written folded, and means one code. */
static int count_wrong(const struct fixture *f, const struct cq_word *word, struct cq_text said)
{
    struct cq_list list;
    struct cq_terms places;
    struct cq_str folded = {0};
    const char *kind = word->kind + strlen("also_");
    const char *const *codes = codes_of(f, kind, &list);
    int found;

    assert_int_equal(cq_terms_places(&places, f->law, NULL), CQ_OK);
    if (strcmp(kind, "region") == 0) {
        codes = places.values;
        found = cq_choice_find(codes, said.ptr, said.len);
    } else {
        found = cq_term_find(f->law, kind, codes, said);
    }
    bool right = found >= 0 && strncmp(codes[found], word->code, strlen(word->code)) == 0;
    assert_int_equal(cq_utf8_fold(&folded, said.ptr, said.len), CQ_OK);
    right = right && folded.len == said.len && memcmp(folded.ptr, said.ptr, said.len) == 0;
    if (!right)
        print_error("%s,%s: %.*s\n", word->kind, word->code, (int)said.len, said.ptr);
    cq_str_free(&folded);
    cq_terms_free(&places);
    return !right;
}

static void test_what_else_is_said_means_one_code(void **state)
{
    const struct fixture *f = *state;
    int wrong = 0, words = 0;

    for (size_t i = 0; i < f->law->word_count; i++) {
        const struct cq_word *word = &f->law->words[i];
        struct cq_text rest, said;

        for (int language = 0; language < CQ_LANGUAGES && is_also(word); language++)
            for (rest = cq_text_of(word->label[language]); cq_text_next(&rest, '|', &said); words++)
                wrong += count_wrong(f, word, said);
    }
    assert_true(words > 300);
    assert_int_equal(wrong, 0);
}

static void expect_term(const struct fixture *f, const char *kind, const char *text,
                        const char *want)
{
    struct cq_list list;
    const char *const *codes = codes_of(f, kind, &list);
    int found = cq_term_find(f->law, kind, codes, cq_text_of(text));

    assert_string_equal(found < 0 ? "" : codes[found], want);
}

static void test_words_for_codes(void **state)
{
    const struct fixture *f = *state;

    expect_term(f, "agency", "МВД", "internal_affairs");
    expect_term(f, "agency", "ІІМ", "internal_affairs");
    expect_term(f, "agency", "Ішкі істер органдары", "internal_affairs");
    expect_term(f, "agency", "КУИС", "penal");
    expect_term(f, "agency", "МВДД", "");
    expect_term(f, "category", "Члены  семьи", "family");
    expect_term(f, "category", "Ребенок погибшего", "child_of_fallen");
    expect_term(f, "category", "Ребёнок погибшего", "child_of_fallen");
    expect_term(f, "category", "child of_fallen", "child_of_fallen");
    expect_term(f, "sex", "Мужчина", "m");
    expect_term(f, "sex", "ӘЙЕЛ", "f");
    expect_term(f, "relation", "Тёща", "parent");
    expect_term(f, "relation", "теща", "parent");
    expect_term(f, "service", "Стационар", "inpatient");
    expect_term(f, "service", "реабилитация", ""); /* medical or psychological? */
    expect_term(f, "document", "Уд. личности", "id_card");
    expect_term(f, "document", "удостоверение", ""); /* of the person or of the service? */
    expect_term(f, "owner", "МВД", "mvd");
    expect_term(f, "category", "", "");
    expect_term(f, "payer", "Фонд (ГОБМП)", "fund_gobmp");
    expect_term(f, "payer", "МӘМС", "fund_osms");
    expect_term(f, "payer", "Фонд", ""); /* from which package? */
}

static void test_names_of_places(void **state)
{
    static const struct {
        const char *name, *number;
    } places[] = {
        {"г. Астана", "71"},
        {"Астана қаласы", "71"},
        {"АСТАНА Қ.", "71"},
        {"город Алматы", "75"},
        {"алматы", "75"},
        {"Алматы облысы", "19"},
        {"Алматинская обл.", "19"},
        {"Акмолинская", "11"},
        {"Область Абай", "10"},
        {"Абай облысы", "10"},
        {"Абай", ""},
        {"Қарағанды", ""},
        {"Karaganda region", "35"},
        {"Нур-Султан", "71"},
        {"Южно-Казахстанская область", "51"},
        {"Москва", ""},
    };
    const struct fixture *f = *state;
    struct cq_terms terms;

    assert_int_equal(cq_terms_places(&terms, f->law, NULL), CQ_OK);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        int found = cq_choice_find(terms.values, places[i].name, strlen(places[i].name));
        char number[3] = "";

        if (found >= 0)
            memcpy(number, terms.values[found], 2);
        if (strcmp(number, places[i].number) != 0)
            fail_msg("%s: %s", places[i].name, number);
    }
    cq_terms_free(&terms);
}

static bool has_kazakh_letter(const char *text)
{
    static const char *const letters[] = {"ә", "і", "ң", "ғ", "ү", "ұ", "қ", "ө", "һ",
                                          "Ә", "І", "Ң", "Ғ", "Ү", "Ұ", "Қ", "Ө", "Һ"};

    for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
        if (strstr(text, letters[i]))
            return true;
    return false;
}

static bool has_latin_letter(const char *text)
{
    while (*text != '\0' && !isalpha((unsigned char)*text))
        text++;
    return *text != '\0';
}

static bool is_plain(const char *text)
{
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (strcmp(plain[i], text) == 0)
            return true;
    return false;
}

static void test_labels_are_in_their_language(void **state)
{
    const struct fixture *f = *state;
    int wrong = 0;

    for (size_t i = 0; i < f->law->word_count; i++) {
        const char *const *label = f->law->words[i].label;
        bool english = true;

        if (is_also(&f->law->words[i]))
            continue;
        for (const char *at = label[CQ_EN]; *at != '\0'; at++)
            english = english && (unsigned char)*at < 0x80;
        if (!english || has_latin_letter(label[CQ_RU]) || has_latin_letter(label[CQ_KK]) ||
            has_kazakh_letter(label[CQ_KK]) == is_plain(label[CQ_KK]) ||
            has_kazakh_letter(label[CQ_RU])) {
            print_error("%s,%s: %s, %s, %s\n", f->law->words[i].kind, f->law->words[i].code,
                        label[CQ_KK], label[CQ_RU], label[CQ_EN]);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void test_words_are_found(void **state)
{
    const struct fixture *f = *state;

    for (size_t i = 0; i < f->law->word_count; i++) {
        const struct cq_word *word = &f->law->words[i];

        assert_ptr_equal(cq_law_word(f->law, word->kind, word->code, strlen(word->code)), word);
    }
    assert_string_equal(cq_law_word(f->law, "payer", "budget;own_funds", 6)->code, "budget");
    assert_null(cq_law_word(f->law, "payer", "budget;own_funds", 16));
    assert_null(cq_law_word(f->law, "payer", "", 0));
    assert_null(cq_law_word(f->law, "payers", "budget", 6));
    assert_null(cq_law_word(f->law, "", "budget", 6));
    assert_string_equal(cq_law_label(f->law, "payer", "budget", CQ_EN), "at budget expense");
    assert_string_equal(cq_law_label(f->law, "payer", "nobody", CQ_EN), "nobody");
    assert_string_equal(cq_law_fact_label(f->law, CQ_FACT_MINOR, CQ_RU), "несовершеннолетний");
    assert_string_equal(cq_law_value_label(f->law, CQ_FACT_MINOR, CQ_NO, CQ_KK), "жоқ");
    assert_string_equal(cq_law_value_label(f->law, CQ_FACT_PACKAGE, CQ_PACKAGE_NONE, CQ_EN),
                        "neither package");
}

static int setup(void **state)
{
    static struct fixture fixture;

    *state = &fixture;
    return cq_law_read(&fixture.law, NULL, NULL) != CQ_OK;
}

static int teardown(void **state)
{
    struct fixture *fixture = *state;

    cq_law_free(fixture->law);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_code_has_a_row_and_every_row_a_code),
        cmocka_unit_test(test_labels_are_in_their_language),
        cmocka_unit_test(test_what_else_is_said_means_one_code),
        cmocka_unit_test(test_words_for_codes),
        cmocka_unit_test(test_names_of_places),
        cmocka_unit_test(test_words_are_found),
    };

    return cmocka_run_group_tests(tests, setup, teardown);
}
