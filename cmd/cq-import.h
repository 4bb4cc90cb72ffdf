/* What the parts of cq-import share: cq-import.c (options and the order of things),
 * cq-import_tell.c (what people and scripts are told of a run). */
#ifndef CQ_IMPORT_CLI_H
#define CQ_IMPORT_CLI_H

#include "cli.h"
#include "cq/import.h"

struct settings {
    struct cq_import import;
    const char *agency;
    bool list_date_given;
    const char *rejects, *changes, *summary;
    const char **map;
    size_t map_count;
    enum cq_encoding encoding;
    int64_t undo, wait;
};

/* Writes the summary as JSON to an open file. Returns whether it could be written. */
bool cq_import_summary(int fd, const struct settings *s, const struct cq_import_result *r,
                       double seconds);

/* Tells the counts (with --verbose), and that nothing changed. */
void cq_import_tell(struct cq_cli *cli, const struct cq_import_result *r);

/* Says of a refused list who would lose cover, and how to let it through. */
void cq_import_tell_refusal(struct cq_cli *cli, const struct settings *s,
                            const struct cq_import_result *r);

#endif
