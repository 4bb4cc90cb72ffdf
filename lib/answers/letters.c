/* The document of letters: its head, then a page for each question as it is answered. */
#include "cq/letter.h"

#include <stdlib.h>
#include <string.h>

#include "answers/letter.h"
#include "answers/letter_style.h"
#include "cq/fd.h"

enum { FLUSH = 1 << 16 };

struct cq_letters {
    struct cq_people *people;
    const enum cq_language *languages;
    int count, fd;
    struct cq_whynot *whynot;
    struct cq_letter letter;
    struct cq_html html;
};

static enum cq_code flush(struct cq_letters *letters, struct cq_err *err)
{
    struct cq_str *out = &letters->html.out;
    enum cq_code code = out->failed ? cq_err_set(err, out->failed, NULL)
                                    : cq_fd_write(letters->fd, out->ptr, out->len, err);
    cq_str_clear(out);
    return code;
}

static void write_head(struct cq_letters *letters)
{
    struct cq_html *html = &letters->html;
    enum cq_language language = letters->languages[0];
    cq_html_raw(html, "<!DOCTYPE html>\n");
    cq_html_open(html, "html", "lang", cq_language_names[language], CQ_HTML_END);
    cq_html_open(html, "head", CQ_HTML_END);
    cq_html_void(html, "meta", "charset", "utf-8", CQ_HTML_END);
    cq_html_void(html, "meta", "name", "viewport", "content", "width=device-width", CQ_HTML_END);
    cq_html_leaf(html, "title", cq_law_label(letters->letter.law, "letter", "title", language),
                 CQ_HTML_END);
    cq_html_open(html, "style", CQ_HTML_END);
    cq_html_raw(html, cq_letter_style);
    cq_html_close(html);
    cq_html_close(html);
    cq_html_open(html, "body", CQ_HTML_END);
}

enum cq_code cq_letters_open(struct cq_letters **result, struct cq_people *people,
                             const struct cq_law *law, int64_t run,
                             const enum cq_language *languages, int language_count, int fd,
                             struct cq_err *err)
{
    struct cq_letters *letters = calloc(1, sizeof *letters);
    *result = NULL;
    if (!letters || cq_whynot_new(&letters->whynot, law, err)) {
        free(letters);
        return cq_err_set(err, CQ_B_NOMEM, NULL);
    }
    letters->people = people;
    letters->languages = languages;
    letters->count = language_count;
    letters->fd = fd;
    letters->letter.law = law;
    letters->letter.run = run;
    write_head(letters);
    *result = letters;
    return CQ_OK;
}

enum cq_code cq_letters_add(const struct cq_question *question, void *context, struct cq_err *err)
{
    struct cq_letters *letters = context;
    int left;
    letters->letter.question = question;
    enum cq_code code = cq_letter_read(&letters->letter, letters->people, letters->whynot, err);
    if (!code)
        code = cq_letter_write(&letters->html, &letters->letter, letters->languages, letters->count,
                               &left, err);
    return !code && letters->html.out.len > FLUSH ? flush(letters, err) : code;
}

enum cq_code cq_letters_close(struct cq_letters *letters, bool failed, struct cq_err *err)
{
    enum cq_code code = CQ_OK;
    if (!letters)
        return CQ_OK;
    if (!failed) {
        cq_html_close(&letters->html);
        cq_html_close(&letters->html);
        code = cq_html_done(&letters->html, err);
        if (!code)
            code = flush(letters, err);
    }
    cq_html_fini(&letters->html);
    cq_letter_fini(&letters->letter);
    cq_whynot_free(letters->whynot);
    free(letters);
    return code;
}
