/* Tables for people: whose words they are in, and how wide the terminal is. */
#include "cli.h"
#include "cq/say.h"

size_t cq_cli_width(const struct cq_cli *cli)
{
    return cli->output ? 0 : cli->width;
}

const struct cq_table_reader *cq_cli_table_reader(struct cq_cli *cli, const struct cq_law *law)
{
    cq_table_reader_init(&cli->reader, law, cli->language, cq_cli_width(cli));
    return &cli->reader;
}
