/* A text as a QR code in HTML. */
#ifndef CQ_TEXT_HTML_QR_H
#define CQ_TEXT_HTML_QR_H

#include "text/html.h"

/* Appends an SVG element whose label is the text. Shape: the quiet zone of four modules is inside;
 * the size is the style sheet's. Returns false, with nothing appended, where the text cannot be drawn
 * or memory is short. Source: ISO/IEC 18004. */
bool cq_html_qr(struct cq_html *html, const char *text);

#endif
