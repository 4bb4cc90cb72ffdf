/* The rows of one person in the lists, and those of the person's sponsors. */
#ifndef CQ_PEOPLE_HISTORY_H
#define CQ_PEOPLE_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CQ_NOT_STATED (-1)

/* Days on which a row is valid; to is exclusive, both ends may be open. */
struct cq_span {
    int32_t from, to;
};

static inline bool cq_span_holds(struct cq_span span, int32_t day)
{
    return span.from <= day && day < span.to;
}

/* A version of the person's row in one agency's list. */
struct cq_role {
    int64_t id, run, list_line; /* run: the one that wrote it; list_line: 0 if none */
    struct cq_span span; /* not before birth; of a child of the fallen, not before killed_on */
    int category, agency;
    int32_t birth;
    int32_t residence, service_place;                        /* 0 if not stated; service_place:
                                                                of employees only */
    int special_rank, coresident, presidential, duty_injury; /* 1, 0, CQ_NOT_STATED */
    int relation;                                            /* CQ_RELATION_*, CQ_NOT_STATED */
    int disabled_before_18, dependent;                       /* 1, 0, CQ_NOT_STATED */
    int32_t student_until; /* last day; CQ_DAY_MIN if not stated */
    int64_t sponsor_iin;   /* 0 if not stated */
    size_t sponsor;        /* index among the sponsors of a family member or child of the fallen */
};

/* A row of the Fund's list. */
struct cq_fund {
    int64_t run, list_line;
    struct cq_span span;
    bool insured;
    int32_t paid_until; /* CQ_DAY_MAX if not stated */
};

/* A row of the list of the Affairs Administration. */
struct cq_listing {
    int64_t run, list_line;
    struct cq_span span;
};

/* A version of a sponsor's row in one agency's list, valid on any days. */
struct cq_sponsor_row {
    int64_t run, list_line;
    struct cq_span span; /* not before birth */
    int category, agency;
};

struct cq_sponsor {
    int64_t iin;         /* 0 where the role names none */
    size_t first, count; /* among the sponsor rows; none: no list ever named the sponsor */
};

/* The rows of a person, in order of their ids. */
struct cq_history {
    int64_t iin;   /* 0: nobody is read */
    int32_t since; /* rows that ended by this day are left out */
    struct cq_role *roles;
    size_t role_count, role_room;
    struct cq_fund *funds;
    size_t fund_count, fund_room;
    struct cq_listing *listings;
    size_t listing_count, listing_room;
    struct cq_sponsor *sponsors;
    size_t sponsor_count, sponsor_room;
    struct cq_sponsor_row *sponsor_rows;
    size_t sponsor_row_count, sponsor_row_room;
};

#endif
