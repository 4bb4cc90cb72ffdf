/* The steps from schema to schema: cq_steps[V] leads from version V to V + 1. The next one is one
 * row more. A step stays as it is once files were made by it; a later change is a step of its own.
 *
 * A step leaves the tables and indexes as schema.sql creates them, column by column: a new column
 * is the last there too. Views are created anew after the steps. */
#ifndef CQ_STORE_STEPS_H
#define CQ_STORE_STEPS_H

static const char *const cq_steps[] = {
    [1] = "ALTER TABLE person ADD COLUMN student_until INTEGER;"
          "ALTER TABLE person ADD COLUMN disabled_before_18 INTEGER;"
          "ALTER TABLE person ADD COLUMN dependent INTEGER;"
          "ALTER TABLE person ADD COLUMN rank TEXT;",
    [2] = "CREATE INDEX person_sponsor ON person (sponsor_iin) WHERE sponsor_iin IS NOT NULL;",
};

#define CQ_SCHEMA_VERSION ((int)(sizeof cq_steps / sizeof *cq_steps))

#endif
