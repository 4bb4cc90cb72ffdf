/* Evidence of letters: each encoding reads the words, and the one in which letters follow each other
 * as in Russian and Kazakh is the right one. */
#include "text/encoding_evidence.h"

#include <string.h>

enum {
    WORD_MAX = 64,
    MARGIN = 12 * CQ_BIT,      /* over the next encoding that reads otherwise */
    LINE_MARGIN = 20 * CQ_BIT, /* of another encoding for a single line */
    LEAST = 12 * CQ_BIT,       /* for the best one */
    WRONG_CASE = 14 * CQ_BIT,
    WRONG_START = 14 * CQ_BIT,
    WORD_LETTER = 2 * CQ_BIT, /* for each letter of a word that is known */
    SIGN_INSIDE = 5 * CQ_BIT, /* a sign between two letters */
    DOUBT = -6 * CQ_BIT,      /* of the letters of Kazakh */
    PAIRS_A_BIT = 2,          /* a bit for two pairs at least */
    SPOILED = 20              /* one word in so many with a strange character is too many */
};

void cq_evidence_init(struct cq_evidence *evidence)
{
    memset(evidence, 0, sizeof *evidence);
    cq_encoding_model_init(&evidence->model);
}

static bool is_ascii_letter(unsigned char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Length of the word at bytes, 0 if there is none. high: whether it has bytes above ASCII. */
static size_t word_length(const unsigned char *bytes, size_t len, bool *high)
{
    size_t n = 0;
    *high = false;
    for (; n < len && n < WORD_MAX && (bytes[n] >= 0x80 || is_ascii_letter(bytes[n])); n++)
        *high = *high || bytes[n] >= 0x80;
    return n;
}

static bool is_letter(uint8_t class)
{
    return class >= CQ_CLASS_LETTER && class < CQ_CLASS_LATIN;
}

/* Whether a letter is a hard or soft sign, with which no word begins. */
static bool is_sign(uint8_t class)
{
    return class == CQ_CLASS_LETTER + 0x44A - 0x430 || class == CQ_CLASS_LETTER + 0x44C - 0x430;
}

/* Evidence against an encoding from the form of one word: a small letter before a capital, which is
 * no evidence if it is Kazakh, as programs that make capitals may leave those small; a hard or soft
 * sign at the start; and a character that is no letter between two letters. */
static int rate_form(const struct cq_encoding_letters *letters, const unsigned char *word,
                     size_t len)
{
    int score = 0;
    for (size_t i = 0; i < len; i++) {
        uint8_t last = i > 0 ? letters->class_of[word[i - 1]] : CQ_CLASS_BOUNDARY;
        if (!is_letter(letters->class_of[word[i]]))
            continue;
        if (last == CQ_CLASS_BOUNDARY && is_sign(letters->class_of[word[i]]))
            score -= WRONG_START;
        if (is_letter(last) && last < CQ_CLASS_KAZAKH && letters->capital[word[i]] &&
            !letters->capital[word[i - 1]])
            score -= WRONG_CASE;
        if (i > 1 && last == CQ_CLASS_BOUNDARY && is_letter(letters->class_of[word[i - 2]]))
            score -= SIGN_INSIDE;
    }
    return score;
}

/* Evidence for an encoding from one word, as of the language that it fits better. */
static int rate_word(const struct cq_encoding_model *model, int encoding, const unsigned char *word,
                     size_t len)
{
    const struct cq_encoding_letters *letters = &model->encodings[encoding];
    uint8_t last = CQ_CLASS_BOUNDARY;
    int russian = 0, kazakh = 0, known = 0;
    uint32_t hash = 0;
    for (size_t i = 0; i <= len; i++) {
        uint8_t class = i < len ? letters->class_of[word[i]] : CQ_CLASS_BOUNDARY;
        russian += model->pairs[CQ_WORDS_RUSSIAN][last][class];
        kazakh += model->pairs[CQ_WORDS_KAZAKH][last][class];
        last = class;
        hash = i < len ? cq_encoding_word_hash(hash, class) : hash;
    }
    if (len > 2 && cq_encoding_is_word(model, hash))
        known = (int)len * WORD_LETTER;
    return known + (russian > kazakh ? russian : kazakh) + rate_form(letters, word, len);
}

/* Whether a word has a strange character beside a letter. */
static bool is_spoiled(const struct cq_encoding_model *model, int encoding,
                       const unsigned char *word, size_t len)
{
    const uint8_t *class_of = model->encodings[encoding].class_of;
    for (size_t i = 1; i < len; i++) {
        uint8_t a = class_of[word[i - 1]], b = class_of[word[i]];
        if ((a == CQ_CLASS_STRANGE && is_letter(b)) || (is_letter(a) && b == CQ_CLASS_STRANGE))
            return true;
    }
    return false;
}

static bool reads_alike(const struct cq_encoding_model *model, int a, int b,
                        const unsigned char *word, size_t len)
{
    const uint16_t *x = model->encodings[a].character, *y = model->encodings[b].character;
    for (size_t i = 0; i < len; i++)
        if (x[word[i]] != y[word[i]])
            return false;
    return true;
}

/* Evidence from the letters that RK1048 has in place of others of CP1251. */
static void rate_kazakh(struct cq_evidence *evidence, const unsigned char *word, size_t len)
{
    const struct cq_encoding_model *model = &evidence->model;
    const struct cq_encoding_letters *own = &model->encodings[CQ_ENCODING_RK1048];
    const uint16_t *other = model->encodings[CQ_ENCODING_CP1251].character;
    bool was_own = false;
    uint8_t last = CQ_CLASS_BOUNDARY;
    for (size_t i = 0; i <= len; i++) {
        uint8_t class = i < len ? own->class_of[word[i]] : CQ_CLASS_BOUNDARY;
        bool is_own = i < len && own->character[word[i]] != other[word[i]];
        if (is_own || was_own) {
            evidence->kazakh += model->pairs[CQ_WORDS_KAZAKH][last][class];
            evidence->kazakh_pairs++;
        }
        was_own = is_own;
        last = class;
    }
}

/* Whether a word is new, while there is room for new ones. */
static bool is_new(struct cq_evidence *evidence, const unsigned char *word, size_t len)
{
    uint64_t hash = 0xcbf29ce484222325u; /* FNV-1a */
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ word[i]) * 0x100000001b3u;
    hash |= 1; /* 0 is a free place */
    if (evidence->words == CQ_EVIDENCE_WORDS)
        return false;
    size_t at = (size_t)(hash >> 32) % (2 * CQ_EVIDENCE_WORDS);
    while (evidence->seen[at] && evidence->seen[at] != hash)
        at = (at + 1) % (2 * CQ_EVIDENCE_WORDS);
    if (evidence->seen[at])
        return false;
    evidence->seen[at] = hash;
    evidence->words++;
    evidence->pairs += (int64_t)len + 1;
    return true;
}

static void add_word(struct cq_evidence *evidence, const unsigned char *word, size_t len)
{
    const struct cq_encoding_model *model = &evidence->model;
    for (int e = CQ_ENCODING_RK1048; e < CQ_ENCODINGS; e++) {
        if (!model->encodings[e].known)
            continue;
        evidence->score[e] += rate_word(model, e, word, len);
        evidence->spoiled[e] += is_spoiled(model, e, word, len);
        for (int f = CQ_ENCODING_RK1048; f < e; f++)
            if (!evidence->differ[e][f] && model->encodings[f].known &&
                !reads_alike(model, e, f, word, len))
                evidence->differ[e][f] = evidence->differ[f][e] = true;
    }
    rate_kazakh(evidence, word, len);
}

void cq_evidence_add(struct cq_evidence *evidence, const unsigned char *bytes, size_t len)
{
    for (size_t i = 0; i < len;) {
        bool high;
        size_t n = word_length(bytes + i, len - i, &high);
        if (high && is_new(evidence, bytes + i, n))
            add_word(evidence, bytes + i, n);
        i += n + (n == 0);
    }
}

/* Whether the letters that only RK1048 has follow others as in no Kazakh word: then the list is in
 * CP1251, in a language that has letters in their places. */
static bool is_kazakh_doubtful(const struct cq_evidence *evidence)
{
    return evidence->kazakh < DOUBT && evidence->kazakh * 2 < -3 * CQ_BIT * evidence->kazakh_pairs;
}

/* The encoding with most evidence. */
static int find_best(const struct cq_evidence *evidence)
{
    const struct cq_encoding_letters *encodings = evidence->model.encodings;
    int best = CQ_ENCODING_RK1048;
    for (int e = best + 1; e < CQ_ENCODINGS; e++)
        if (encodings[e].known &&
            (!encodings[best].known || evidence->score[e] > evidence->score[best]))
            best = e;
    return best;
}

enum cq_evidence_result cq_evidence_decide(const struct cq_evidence *evidence,
                                           enum cq_encoding *best, bool candidates[CQ_ENCODINGS])
{
    int top = find_best(evidence), others = 0;
    int64_t score = evidence->score[top];
    if (top == CQ_ENCODING_RK1048 && !evidence->differ[top][CQ_ENCODING_CP1251])
        top = CQ_ENCODING_CP1251; /* no letter of Kazakh: its other name */
    *best = (enum cq_encoding)top;
    for (int e = 0; e < CQ_ENCODINGS; e++) {
        bool kazakh = top == CQ_ENCODING_RK1048 && e == CQ_ENCODING_CP1251;
        bool near = evidence->score[e] > score - MARGIN && evidence->differ[top][e];
        candidates[e] = e == top || (evidence->model.encodings[e].known &&
                                     (kazakh ? is_kazakh_doubtful(evidence) : near));
        others += candidates[e] && e != top;
    }
    if (score <= 0 ||
        (evidence->spoiled[top] > 1 && evidence->spoiled[top] * SPOILED > evidence->words))
        return CQ_EVIDENCE_NONE;
    return others || score < LEAST || score * PAIRS_A_BIT < CQ_BIT * evidence->pairs
               ? CQ_EVIDENCE_UNCERTAIN
               : CQ_EVIDENCE_CERTAIN;
}

void cq_evidence_choose(struct cq_evidence *evidence, enum cq_encoding encoding)
{
    const struct cq_encoding_model *model = &evidence->model;
    const uint8_t *class_of = model->encodings[encoding].class_of;
    for (int a = 0; a < 256; a++)
        for (int b = 0; b < 256; b++) {
            int8_t russian = model->pairs[CQ_WORDS_RUSSIAN][class_of[a]][class_of[b]];
            int8_t kazakh = model->pairs[CQ_WORDS_KAZAKH][class_of[a]][class_of[b]];
            evidence->judge[a][b] = russian > kazakh ? russian : kazakh;
        }
}

static int rate_line(const struct cq_encoding_model *model, int encoding,
                     const unsigned char *bytes, size_t len)
{
    int score = 0;
    for (size_t i = 0; i < len;) {
        bool high;
        size_t n = word_length(bytes + i, len - i, &high);
        if (high)
            score += rate_word(model, encoding, bytes + i, n);
        i += n + (n == 0);
    }
    return score;
}

enum cq_encoding cq_evidence_contradict(const struct cq_evidence *evidence, enum cq_encoding given,
                                        const unsigned char *bytes, size_t len)
{
    const struct cq_encoding_model *model = &evidence->model;
    int own = rate_line(model, (int)given, bytes, len), most = own + LINE_MARGIN,
        found = (int)given;
    for (int e = CQ_ENCODING_RK1048; e < CQ_ENCODINGS; e++) {
        int score = model->encodings[e].known ? rate_line(model, e, bytes, len) : INT32_MIN;
        if (score > most && score > LEAST) {
            most = score;
            found = e;
        }
    }
    return (enum cq_encoding)found;
}
