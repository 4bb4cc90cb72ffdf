/* Who may be meant: people whom the index has for names, when no birth date narrows them down. */
#ifndef CQ_PEOPLE_FIND_CANDIDATES_H
#define CQ_PEOPLE_FIND_CANDIDATES_H

#include "people/find_question.h"
#include "store/name_index.h"

/* So many people are compared where only names are asked for: more cannot be told apart by them. */
enum { CQ_FIND_CANDIDATES = 1000 };

/* Finds those who have all names by their sound; with `mistaken` those of whose names one is another,
 * or has a letter wrong. Initials are looked at where there are more than CQ_FIND_CANDIDATES.
 * Shape: iins as cq_name_index_find leaves it. Errors: those of cq_name_index_find. */
enum cq_code cq_find_by_names(struct cq_name_index *index, const struct cq_find_question *question,
                              bool mistaken, struct cq_iins *iins, struct cq_err *err);

/* Finds those whose birth date is not the one in their IIN, and is the one asked for, or mistaken for
 * it. Errors: those of cq_name_index_find. */
enum cq_code cq_find_by_birth(struct cq_name_index *index, const struct cq_find_question *question,
                              struct cq_iins *iins, struct cq_err *err);

/* The first six digits of the IINs of those who were born on the day that is asked for, or on one that
 * is mistaken for it; ascending, each once. Returns how many there are. */
enum { CQ_FIND_DIGITS = 800 };
size_t cq_find_digits(const struct cq_find_question *question, int32_t digits[CQ_FIND_DIGITS]);

#endif
