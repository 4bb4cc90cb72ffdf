/* Reads the cells of a header. */
#include "text/header.h"

#include <string.h>

#include "cq/columns.h"
#include "cq/utf8.h"

bool cq_header_is_number(struct cq_text cell)
{
    static const char *const words[] = {
        "№|№№|№ п/п|№п/п|№ п.п.|n п/п|п/п|п.п.|р/с|р/с №|№ р/с|р/н|рет саны|реттік саны|"
        "реттік нөмірі|порядковый номер|номер п/п|#|no|no.|s/n",
        NULL};
    return cq_choice_find(words, cell.ptr, cell.len) == 0;
}

int cq_header_number(const struct cq_row *header)
{
    for (size_t i = 0; i < header->count; i++)
        if (cq_header_is_number(header->fields[i]))
            return (int)i;
    return -1;
}
