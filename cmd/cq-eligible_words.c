/* The words of --explain: what facts, values and the cells of an answer are called where people
 * read. CSV and JSON keep the codes. */
#include "cq-eligible_words.h"

#include <string.h>

#include "cli.h"
#include "cq/words.h"

static const struct {
    const char *kind, *code, *word;
} words[] = {
    {"fact", "category", N_("category")},
    {"fact", "body", N_("body")},
    {"fact", "special_rank", N_("special rank")},
    {"fact", "coresident", N_("lives with the employee")},
    {"fact", "minor", N_("minor")},
    {"fact", "service", N_("service")},
    {"fact", "destination", N_("place of admission")},
    {"fact", "home", N_("residence")},
    {"fact", "place", N_("MVD-MO that can do it, at the place of service or residence")},
    {"fact", "indicated", N_("medical indications or rehabilitation potential")},
    {"fact", "package", N_("package of the service")},
    {"fact", "insured", N_("insured (OSMS)")},
    {"fact", "presidential", N_("on the President's Affairs list")},
    {"fact", "duty_injury", N_("injury received on duty")},
    {"value", "yes", N_("yes")},
    {"value", "no", N_("no")},
    {"category", "employee", N_("employee")},
    {"category", "family", N_("family member living with the employee")},
    {"category", "pensioner", N_("pensioner")},
    {"category", "child_of_fallen", N_("child of an employee killed on duty")},
    {"body", "law_enforcement", N_("law-enforcement bodies")},
    {"body", "civil_protection", N_("civil-protection bodies")},
    {"body", "courier", N_("state courier service")},
    {"destination", "local", N_("near the residence or service place")},
    {"destination", "astana", N_("Astana")},
    {"destination", "almaty", N_("Almaty")},
    {"home", "astana", N_("Astana")},
    {"home", "almaty", N_("Almaty")},
    {"home", "elsewhere", N_("outside Astana and Almaty")},
    {"place", "available", N_("there is one")},
    {"place", "absent", N_("there is none")},
    {"package", "gobmp", N_("guaranteed volume of free care (GOBMP)")},
    {"package", "osms", N_("compulsory social health insurance (OSMS)")},
    {"package", "none", N_("neither package")},
    {"provider", "mvd", N_("medical organisation of the internal-affairs bodies (MVD-MO)")},
    {"provider", "health_subject", N_("health-care subject")},
    {"provider", "presidential", N_("organisation of the President's Affairs Administration")},
    {"provider", "civil_protection_psychologist",
     N_("psychologist of the civil-protection bodies")},
    {"provider", "sanatorium", N_("sanatorium")},
    {"provider", "mental_health_organisation", N_("mental health organisation")},
    {"referral", "mvd_specialist", N_("specialist of an MVD-MO")},
    {"referral", "mvd_organisation", N_("MVD-MO")},
    {"referral", "phc_organisation", N_("primary health care organisation")},
    {"referral", "presidential_rules", N_("rules of the President's Affairs")},
    {"reason", "not_listed", N_("no HR list names the person")},
    {"reason", "not_coresident", N_("does not live with the employee")},
    {"reason", "of_age", N_("of age")},
    {"reason", "no_special_rank", N_("was given no special rank")},
    {"reason", "consent", N_("written consent is needed")},
    {"reason", "referral", N_("a referral is needed")},
    {"reason", "paid", N_("for a fee")},
    {"reason", "no_indication", N_("no medical indications")},
    {"reason", "not_insured", N_("not insured")},
    {"reason", "not_in_package", N_("the service is in neither package")},
    {"reason", "no_fallback", N_("care elsewhere is provided for employees only")},
    {"reason", "no_rule", N_("no act has a rule for it")},
    {"reason", "no_edition", N_("no edition of that day is known")},
    {"reason", "text_missing", N_("the text of the paragraph is not at hand")},
    {"reason", "ambiguous", N_("the text can be read in two ways")},
    {"reason", "missing_facts", N_("facts are missing")},
    {"reason", "bad_iin", N_("not a valid IIN")},
    {"reason", "bad_fact", N_("a fact of the row is wrong")},
    {"certainty", "text", N_("stated in the text at hand")},
    {"certainty", "read", N_("stated in a law read in a copy without edition date")},
    {"certainty", "inferred", N_("inferred from other acts")},
    {"certainty", "superseded", N_("the text at hand has been replaced by one that is not")},
    {"document", "id_card", N_("ID card")},
    {"document", "service_id", N_("service ID")},
    {"document", "pension_certificate", N_("pensioner certificate")},
    {"document", "birth_certificate", N_("birth certificate")},
};

const char *cq_eligible_word(const char *kind, const char *code, size_t len)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i].kind, kind) == 0 && strlen(words[i].code) == len &&
            memcmp(words[i].code, code, len) == 0)
            return _(words[i].word);
    const struct cq_word *shared = cq_word_find(kind, code, len);
    return shared ? _(shared->text) : NULL;
}

const char *cq_eligible_fact_word(enum cq_fact fact)
{
    const char *name = cq_fact_name(fact);
    const char *word = cq_eligible_word("fact", name, strlen(name));
    return word ? word : name;
}

const char *cq_eligible_value_word(enum cq_fact fact, int value)
{
    if (value == CQ_UNKNOWN)
        return _("unknown");
    const char *name = cq_fact_value_name(fact, value);
    const char *word = cq_eligible_word(cq_fact_name(fact), name, strlen(name));
    if (!word)
        word = cq_eligible_word("value", name, strlen(name));
    return word ? word : name;
}
