/* Detects the encoding of a stream in one pass: UTF-8 is the fast case and costs little. */
#include "text/encoding_detect.h"

#include <stdlib.h>
#include <string.h>

#include "cq/utf8.h"
#include "text/encoding_evidence.h"

enum {
    WINDOW = 65536,   /* bytes by which eight-bit encodings are told from each other */
    LETTERS_SURE = 4, /* Cyrillic letters in UTF-8 that no text in another encoding has by chance */
    PLAIN = 5 * CQ_BIT / 4 /* evidence for each byte above ASCII that words nearly always have */
};

void cq_detector_init(struct cq_detector *d, long line, bool at_start)
{
    *d = (struct cq_detector){.first_line = line, .started = at_start ? 0 : sizeof d->start};
}

void cq_detector_free(struct cq_detector *d)
{
    cq_str_free(&d->window);
    free(d->evidence);
    d->evidence = NULL;
}

/* Counts a byte in bytes. */
static int64_t count_byte(const unsigned char *bytes, size_t len, unsigned char byte)
{
    int64_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += bytes[i] == byte;
    return count;
}

static void count_lines(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    d->lf += count_byte(bytes, len, '\n');
    d->cr += count_byte(bytes, len, '\r');
}

/* The current line; in a file without LF lines end with CR. */
static long line_of(const struct cq_detector *d)
{
    return d->first_line + (long)(d->lf ? d->lf : d->cr);
}

static void fail(struct cq_detector *d, enum cq_code code, long line, const char *detail)
{
    cq_err_record(&d->err, code, "%s", detail);
    cq_err_at(&d->err, NULL, line, NULL);
}

/* Length of a Russian or Kazakh letter in UTF-8 at bytes, 0 if there is none. */
static size_t letter_length(const unsigned char *bytes, size_t len)
{
    static const char kazakh[] = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё";
    if (len < 2 || bytes[0] < 0xD0 || bytes[0] > 0xD3 || bytes[1] < 0x80 || bytes[1] > 0xBF)
        return 0;
    if ((bytes[0] == 0xD0 && bytes[1] >= 0x90) || (bytes[0] == 0xD1 && bytes[1] <= 0x8F))
        return 2;
    for (size_t i = 0; kazakh[i]; i += 2)
        if (memcmp(kazakh + i, bytes, 2) == 0)
            return 2;
    return 0;
}

/* Counts Cyrillic letters in UTF-8, up to LETTERS_SURE. */
static int64_t count_letters(const unsigned char *bytes, size_t len, int64_t count)
{
    for (size_t i = 0; i < len && count < LETTERS_SURE;) {
        size_t n = letter_length(bytes + i, len - i);
        count += n > 0;
        i += n ? n : 1;
    }
    return count;
}

/* Whether bytes begin a UTF-8 character that may continue in the next piece. */
static bool may_continue(const unsigned char *bytes, size_t len)
{
    size_t need = bytes[0] >= 0xF0 && bytes[0] <= 0xF4   ? 4
                  : bytes[0] >= 0xE0                     ? 3
                  : bytes[0] >= 0xC2 && bytes[0] <= 0xDF ? 2
                                                         : 0;
    if (bytes[0] > 0xF4 || len >= need)
        return false;
    for (size_t i = 1; i < len; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* Writes the names of encodings, with commas between, into a detail of an error. */
static void list_names(const bool encodings[CQ_ENCODINGS], char *out, size_t size)
{
    struct cq_str names = {0};
    for (int e = 0; e < CQ_ENCODINGS; e++)
        if (encodings[e])
            cq_str_printf(&names, "%s%s", names.len ? ", " : "", cq_encoding_names[e]);
    out[0] = '\0';
    if (!names.failed && names.len < size)
        memcpy(out, names.ptr, names.len + 1);
    cq_str_free(&names);
}

static void refuse(struct cq_detector *d, enum cq_evidence_result result,
                   bool candidates[CQ_ENCODINGS])
{
    char names[sizeof d->err.detail];
    for (int e = 0; e < CQ_ENCODINGS && result == CQ_EVIDENCE_NONE; e++)
        candidates[e] = d->evidence->model.encodings[e].known;
    candidates[CQ_ENCODING_UTF8] = result == CQ_EVIDENCE_NONE;
    list_names(candidates, names, sizeof names);
    fail(d, result == CQ_EVIDENCE_NONE ? CQ_F_ENCODING : CQ_F_ENCODING_UNSURE, d->bad_line, names);
}

/* Whether a line has letters that CP1251 has not. */
static bool is_beyond_cp1251(const struct cq_encoding_model *model, const unsigned char *bytes,
                             size_t len)
{
    const uint16_t *own = model->encodings[CQ_ENCODING_RK1048].character;
    const uint16_t *other = model->encodings[CQ_ENCODING_CP1251].character;
    for (size_t i = 0; i < len; i++)
        if (own[bytes[i]] != other[bytes[i]])
            return true;
    return false;
}

/* Looks closely at a line that is not plainly of the encoding. */
static void judge_line(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    enum cq_encoding other;
    if (memchr(bytes, '\0', len)) {
        fail(d, CQ_F_BINARY, line_of(d), "");
        return;
    }
    if (d->encoding == CQ_ENCODING_CP1251 && is_beyond_cp1251(&d->evidence->model, bytes, len))
        d->encoding = CQ_ENCODING_RK1048;
    if (count_letters(bytes, len, 0) == LETTERS_SURE &&
        cq_utf8_valid((const char *)bytes, len) == len)
        other = CQ_ENCODING_UTF8;
    else
        other = cq_evidence_contradict(d->evidence, d->encoding, bytes, len);
    if (other == d->encoding)
        return;
    if (other == CQ_ENCODING_RK1048 && !is_beyond_cp1251(&d->evidence->model, bytes, len))
        other = CQ_ENCODING_CP1251;
    fail(d, CQ_F_ENCODING_MIXED, line_of(d), cq_encoding_names[other]);
}

/* Judges all lines of bytes; returns how many bytes whole lines have. One pass over the pairs of
 * bytes is enough for nearly all of them. */
static size_t judge_lines(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    const struct cq_encoding_model *model = &d->evidence->model;
    const uint16_t *own = model->encodings[CQ_ENCODING_RK1048].character;
    const uint16_t *cp1251 = model->encodings[CQ_ENCODING_CP1251].character;
    size_t start = 0;
    unsigned char last = '\n';
    bool close = false; /* the line is looked at closely */
    int sum = 0, high = 0;
    for (size_t i = 0; i < len && !d->err.code; i++) {
        unsigned char c = bytes[i];
        sum += d->evidence->judge[last][c];
        high += c >> 7;
        close = close || c == '\0' || (d->encoding == CQ_ENCODING_CP1251 && own[c] != cp1251[c]);
        last = c;
        if (c != '\n' && c != '\r')
            continue;
        if (close || sum < PLAIN * high)
            judge_line(d, bytes + start, i - start);
        count_lines(d, &c, 1);
        start = i + 1;
        sum = high = 0;
        close = false;
    }
    return start;
}

/* Judges the lines of the window and drops them. A line without an end is judged in parts. */
static void judge_window(struct cq_detector *d)
{
    const unsigned char *bytes = (const unsigned char *)d->window.ptr;
    size_t whole = judge_lines(d, bytes, d->window.len);
    if (whole == 0 && d->window.len <= WINDOW)
        return;
    if (d->window.len - whole > WINDOW) {
        judge_line(d, bytes + whole, d->window.len - whole);
        whole = d->window.len;
    }
    memmove(d->window.ptr, d->window.ptr + whole, d->window.len - whole);
    d->window.len -= whole;
}

/* Length of the window up to its last line end, or all of it where that may be the end of the list:
 * a word that is cut is no evidence. */
static size_t whole_lines(const struct cq_str *window)
{
    size_t len = window->len;
    while (len > 0 && window->ptr[len - 1] != '\n' && window->ptr[len - 1] != '\r')
        len--;
    return window->len < WINDOW || len == 0 ? window->len : len;
}

/* Decides by the words of the window. */
static void decide(struct cq_detector *d)
{
    bool candidates[CQ_ENCODINGS];
    if (d->nul || memchr(d->window.ptr, '\0', d->window.len)) {
        fail(d, CQ_F_BINARY, d->bad_line, "");
        return;
    }
    d->evidence = malloc(sizeof *d->evidence);
    if (!d->evidence) {
        fail(d, CQ_B_NOMEM, 0, "");
        return;
    }
    cq_evidence_init(d->evidence);
    cq_evidence_add(d->evidence, (const unsigned char *)d->window.ptr, whole_lines(&d->window));
    enum cq_evidence_result result = cq_evidence_decide(d->evidence, &d->encoding, candidates);
    d->decided = result == CQ_EVIDENCE_CERTAIN;
    cq_evidence_choose(d->evidence, d->encoding);
    if (d->evidence->score[d->encoding] > 0)
        judge_window(d); /* a line in another encoding may be why none is certain */
    if (!d->decided && !d->err.code)
        refuse(d, result, candidates);
}

/* Adds bytes of eight-bit text whose encoding is known: whole lines are judged in place. */
static void add_decided(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    size_t whole = d->window.len == 0 ? judge_lines(d, bytes, len) : 0;
    cq_str_put(&d->window, (const char *)bytes + whole, len - whole);
    if (d->window.failed)
        fail(d, CQ_B_NOMEM, 0, "");
    else if (whole == 0)
        judge_window(d);
}

/* Adds bytes of eight-bit text. */
static void add_eight_bit(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    size_t room = d->decided ? 0 : WINDOW - d->window.len;
    size_t n = len < room ? len : room;
    cq_str_put(&d->window, (const char *)bytes, n);
    if (d->window.failed)
        fail(d, CQ_B_NOMEM, 0, "");
    if (room > 0 && n == room && !d->err.code)
        decide(d);
    if (n < len && !d->err.code)
        add_decided(d, bytes + n, len - n);
}

/* Notes the first byte that is not UTF-8: from it on the text has eight bits, unless what came before
 * is UTF-8 beyond doubt. */
static void leave_utf8(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    d->bad_line = line_of(d);
    if (d->marked || d->letters == LETTERS_SURE)
        fail(d, CQ_F_ENCODING, d->bad_line, cq_encoding_names[CQ_ENCODING_UTF8]);
    else
        add_eight_bit(d, bytes, len);
}

/* Adds bytes that are valid UTF-8 so far. */
static void add_utf8(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    bool ascii = cq_utf8_ascii((const char *)bytes, len);
    size_t good = ascii ? len : cq_utf8_valid((const char *)bytes, len);
    if (!ascii && d->letters < LETTERS_SURE)
        d->letters = count_letters(bytes, good, d->letters);
    d->high = d->high || (!ascii && good > 0 && !cq_utf8_ascii((const char *)bytes, good));
    count_lines(d, bytes, good);
    if (good == len)
        return;
    if (len - good < sizeof d->carry && may_continue(bytes + good, len - good)) {
        memcpy(d->carry, bytes + good, len - good);
        d->carried = len - good;
    } else {
        leave_utf8(d, bytes + good, len - good);
    }
}

/* Completes the character that the last piece began. Returns how many bytes it takes. */
static size_t complete(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    unsigned char joined[2 * sizeof d->carry];
    size_t before = d->carried, size = before;
    memcpy(joined, d->carry, before);
    while (size < sizeof d->carry && size - before < len && may_continue(joined, size)) {
        joined[size] = bytes[size - before];
        size++;
    }
    d->carried = 0;
    if (may_continue(joined, size)) {
        memcpy(d->carry, joined, size);
        d->carried = size;
    } else if (cq_utf8_valid((const char *)joined, size) == size) {
        add_utf8(d, joined, size);
    } else {
        leave_utf8(d, joined, before);
        return 0;
    }
    return size - before;
}

/* Adds bytes after the first ones. */
static void add_text(struct cq_detector *d, const unsigned char *bytes, size_t len)
{
    if (d->decided && !d->evidence) /* UTF-16 */
        return;
    d->nul = d->nul || (!d->decided && memchr(bytes, '\0', len));
    while (d->carried > 0 && len > 0) {
        size_t taken = complete(d, bytes, len);
        bytes += taken;
        len -= taken;
    }
    if (d->bad_line && !d->err.code)
        add_eight_bit(d, bytes, len);
    else if (!d->bad_line && len > 0)
        add_utf8(d, bytes, len);
}

/* Looks for a byte order mark in the first bytes, and adds them. */
static void add_start(struct cq_detector *d)
{
    size_t len = d->started;
    d->started = sizeof d->start;
    d->marked = len == 3 && memcmp(d->start, "\xEF\xBB\xBF", 3) == 0;
    if (len >= 2 && memcmp(d->start, "\xFF\xFE", 2) == 0)
        d->encoding = CQ_ENCODING_UTF16LE;
    else if (len >= 2 && memcmp(d->start, "\xFE\xFF", 2) == 0)
        d->encoding = CQ_ENCODING_UTF16BE;
    d->decided = d->encoding != CQ_ENCODING_UTF8;
    add_text(d, d->start, len);
}

void cq_detector_add(struct cq_detector *d, const void *bytes, size_t len)
{
    const unsigned char *from = bytes;
    d->bytes += (int64_t)len;
    if (d->started < sizeof d->start) {
        while (d->started < sizeof d->start && len > 0) {
            d->start[d->started++] = *from++;
            len--;
        }
        if (d->started == sizeof d->start)
            add_start(d);
    }
    if (len > 0 && !d->err.code)
        add_text(d, from, len);
}

enum cq_code cq_detector_end(struct cq_detector *d, struct cq_err *err)
{
    if (d->started < sizeof d->start)
        add_start(d);
    if (d->carried > 0 && !d->err.code)
        leave_utf8(d, d->carry, d->carried);
    if (d->bad_line && !d->decided && !d->err.code)
        decide(d);
    if (d->window.len > 0 && !d->err.code)
        judge_line(d, (const unsigned char *)d->window.ptr, d->window.len);
    d->decided = true;
    if (d->err.code && !err->code)
        *err = d->err;
    return d->err.code;
}

bool cq_detector_is_utf8(const struct cq_detector *d, bool line_ends)
{
    return !d->bad_line && !d->carried && d->started == sizeof d->start && d->high &&
           (line_ends || d->letters == LETTERS_SURE);
}
