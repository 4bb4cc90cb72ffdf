/* A text as a QR code in HTML: no image file is needed on paper or off the net. */
#include "text/html_qr.h"

#include <qrencode.h>

/* The dark modules as one path, with the quiet zone of four that the standard requires. */
bool cq_html_qr(struct cq_html *html, const char *text)
{
    enum { QUIET = 4 };
    QRcode *qr = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    struct cq_str path = {0}, box = {0};
    for (int y = 0; qr && y < qr->width; y++)
        for (int x = 0; x < qr->width; x++)
            if (qr->data[y * qr->width + x] & 1)
                cq_str_printf(&path, "M%d %dh1v1h-1z", x + QUIET, y + QUIET);
    if (qr)
        cq_str_printf(&box, "0 0 %d %d", qr->width + 2 * QUIET, qr->width + 2 * QUIET);
    bool drawn = qr && !path.failed && !box.failed;
    if (drawn) {
        cq_html_open(html, "svg", "viewBox", box.ptr, "role", "img", "aria-label", text,
                     "shape-rendering", "crispEdges", CQ_HTML_END);
        cq_html_leaf(html, "path", "", "d", path.ptr, CQ_HTML_END);
        cq_html_close(html);
    }
    QRcode_free(qr);
    cq_str_free(&path);
    cq_str_free(&box);
    return drawn;
}
