/* Texts of reports in the language of people. */
#ifndef CQ_RESULT_TEXTS_H
#define CQ_RESULT_TEXTS_H

#include "cq/result.h"
#include "cq/str.h"

/* The translation of a text. Owner: the catalogue, or text. */
const char *cq_report_translate(const struct cq_report_request *request, const char *text);

/* Appends a translated text in which each "%s" becomes the next detail: catalogues are not trusted
 * as formats. Errors: in out->failed. */
void cq_report_format(struct cq_str *out, const char *text, const char *const *details,
                      size_t count);

#endif
