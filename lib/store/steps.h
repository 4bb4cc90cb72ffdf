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
    [3] = "CREATE TABLE run_agency (run INTEGER NOT NULL REFERENCES run(id), agency "
          "INTEGER NOT NULL CHECK (agency BETWEEN 1 AND 15), read INTEGER NOT NULL CHECK "
          "(read >= 0), rejected INTEGER NOT NULL CHECK (rejected >= 0), warnings INTEGER "
          "NOT NULL CHECK (warnings >= 0), people INTEGER NOT NULL CHECK (people >= 0), "
          "whole INTEGER NOT NULL CHECK (whole IN (0, 1)), iins BLOB NOT NULL, PRIMARY KEY "
          "(run, agency)) STRICT;"
          "CREATE TABLE rejected (run INTEGER NOT NULL REFERENCES run(id), line INTEGER "
          "NOT NULL, iin INTEGER, agency INTEGER CHECK (agency BETWEEN 1 AND 15), field "
          "TEXT, code TEXT NOT NULL, PRIMARY KEY (run, line)) STRICT, WITHOUT ROWID;"
          "CREATE TABLE verdict (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, line "
          "INTEGER NOT NULL, list_line INTEGER, run_from INTEGER NOT NULL, run_to "
          "INTEGER, valid_from INTEGER, valid_to INTEGER, iin INTEGER NOT NULL, "
          "other_iin INTEGER NOT NULL CHECK (other_iin >= iin), verdict INTEGER NOT NULL "
          "CHECK (verdict IN (0, 1)), whose INTEGER) STRICT;"
          "ALTER TABLE review ADD COLUMN identity INTEGER;"
          "CREATE INDEX review_iin ON review (iin);",
    [4] = "CREATE TABLE calendar (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, line "
          "INTEGER NOT NULL, list_line INTEGER, run_from INTEGER NOT NULL, run_to "
          "INTEGER, valid_from INTEGER, valid_to INTEGER, day INTEGER NOT NULL, working "
          "INTEGER NOT NULL CHECK (working IN (0, 1)), act TEXT) STRICT;"
          "ALTER TABLE card ADD COLUMN papers INTEGER CHECK (papers > 0);"
          "CREATE TABLE name_index (id INTEGER PRIMARY KEY, run INTEGER NOT NULL "
          "REFERENCES run(id), keys BLOB NOT NULL, people BLOB NOT NULL) STRICT;"
          "ALTER TABLE card ADD COLUMN registered_on INTEGER;"
          "CREATE INDEX card_number ON card (facility, card_no);"
          "ALTER TABLE referral ADD COLUMN occasion INTEGER;"
          "ALTER TABLE referral ADD COLUMN paid_by INTEGER;"
          "ALTER TABLE referral ADD COLUMN commission_no TEXT;"
          "ALTER TABLE referral ADD COLUMN commission_on INTEGER;"
          "ALTER TABLE referral ADD COLUMN found_in INTEGER;"
          "ALTER TABLE referral_event ADD COLUMN planned_on INTEGER;"
          "ALTER TABLE referral_event ADD COLUMN bureau_code TEXT;"
          "ALTER TABLE referral_event ADD COLUMN commission_no TEXT;"
          "ALTER TABLE referral_event ADD COLUMN commission_on INTEGER;",
};

#define CQ_SCHEMA_VERSION ((int)(sizeof cq_steps / sizeof *cq_steps))

#endif
