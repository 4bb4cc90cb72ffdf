/* Weighs the eight-bit encodings against each other: which of them turns the bytes of a list into
 * words. */
#ifndef CQ_TEXT_ENCODING_EVIDENCE_H
#define CQ_TEXT_ENCODING_EVIDENCE_H

#include <stddef.h>
#include "text/encoding_model.h"

enum { CQ_EVIDENCE_WORDS = 4096 };

struct cq_evidence {
    struct cq_encoding_model model;
    int64_t score[CQ_ENCODINGS];  /* over distinct words */
    size_t spoiled[CQ_ENCODINGS]; /* words with strange characters */
    int64_t kazakh;               /* of the letters that only RK1048 has */
    int64_t kazakh_pairs;
    bool differ[CQ_ENCODINGS][CQ_ENCODINGS]; /* whether any word reads otherwise */
    uint64_t seen[2 * CQ_EVIDENCE_WORDS];    /* hashes of words */
    size_t words;
    int64_t pairs;          /* in the words */
    int8_t judge[256][256]; /* evidence for the encoding chosen, of each pair of bytes */
};

/* What the evidence says. */
enum cq_evidence_result {
    CQ_EVIDENCE_CERTAIN,
    CQ_EVIDENCE_UNCERTAIN, /* candidates say between which */
    CQ_EVIDENCE_NONE       /* no encoding gives words */
};

/* Prepares the model; no evidence yet. */
void cq_evidence_init(struct cq_evidence *evidence);

/* Adds the words of bytes, which begin and end between words. Each distinct word counts once, as a
 * list repeats some in every row. */
void cq_evidence_add(struct cq_evidence *evidence, const unsigned char *bytes, size_t len);

/* Decides. Shape: candidates[e] is set for each encoding that may be the one. Of encodings that read
 * all words alike the first is returned. */
enum cq_evidence_result cq_evidence_decide(const struct cq_evidence *evidence,
                                           enum cq_encoding *best, bool candidates[CQ_ENCODINGS]);

/* Fills judge for an encoding: the evidence of letters alone, for one look at a line. */
void cq_evidence_choose(struct cq_evidence *evidence, enum cq_encoding encoding);

/* The encoding in which a line is words much more than in the one given; that one if there is none. */
enum cq_encoding cq_evidence_contradict(const struct cq_evidence *evidence, enum cq_encoding given,
                                        const unsigned char *bytes, size_t len);

#endif
