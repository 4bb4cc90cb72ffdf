-- The rules of R78 (No. 718) and of the acts beside it, for known facts on a day from 2025-10-04
-- on, as CASE expressions: what somebody would write without this project. The benchmark reads
-- facts.csv into memory, decides every row and writes CSV; its answers must equal cq-eligible's.
CREATE TEMP TABLE facts (
    "row" INTEGER, as_of TEXT, category TEXT, body TEXT, special_rank TEXT, sponsor TEXT, kin TEXT,
    coresident TEXT, minor TEXT, service TEXT, urgency TEXT, destination TEXT, home TEXT,
    place TEXT, indicated TEXT, package TEXT, insured TEXT, presidential TEXT, duty_injury TEXT,
    clinic TEXT, note TEXT
);
.mode csv
.import --skip 1 facts.csv facts
.headers on
.separator , "\n"
-- Who pays, whether the stay is in the other city, whether the case is civil protection's.
WITH terms AS (
    SELECT *,
        body IN ('civil_protection', 'fire_service') AS protection,
        service = 'inpatient' AND destination <> 'local' AND destination <> home AS far,
        service IN ('inpatient', 'outpatient') AND urgency = 'emergency' AS emergency,
        CASE
            WHEN package = 'gobmp' THEN 'gobmp'
            WHEN service IN ('inpatient', 'outpatient') AND urgency = 'emergency' THEN
                CASE WHEN insured = 'yes' THEN 'osms' ELSE 'gobmp' END
            WHEN package = 'none' THEN 'none'
            WHEN insured = 'yes' THEN 'osms'
            ELSE 'not_insured'
        END AS cover
    FROM facts
),
-- Which part of the acts decides; once for all columns.
steps AS MATERIALIZED (
    SELECT *, cover IN ('gobmp', 'osms') AS covered,
        CASE
            WHEN category = 'none' THEN 'not_listed'
            WHEN category = 'family' AND coresident = 'no' THEN 'not_coresident'
            WHEN category = 'family' AND kin = 'other' THEN 'not_family'
            WHEN category = 'family' AND sponsor = 'other' THEN 'sponsor_not_employee'
            WHEN category = 'child_of_fallen' AND minor = 'no' THEN 'of_age'
            WHEN category = 'pensioner' AND protection AND special_rank = 'no'
                THEN 'no_special_rank'
            WHEN service = 'mental_health' THEN 'mental'
            WHEN category = 'employee' AND presidential = 'yes' AND service IN
                ('outpatient', 'inpatient', 'day_hospital', 'medical_rehabilitation') THEN 'listed'
            WHEN service = 'psychological_rehabilitation' THEN
                CASE WHEN category = 'employee' AND protection THEN 'psychologist'
                     ELSE 'no_rule' END
            WHEN service = 'sanatorium' THEN
                CASE WHEN category = 'employee' AND duty_injury = 'yes' THEN 'commission'
                     WHEN category = 'employee' AND protection THEN 'sanatorium_open'
                     ELSE 'sanatorium' END
            WHEN service = 'abroad' THEN 'abroad'
            WHEN far AND urgency = 'planned' THEN
                CASE WHEN home <> 'elsewhere' THEN 'other_city'
                     WHEN category = 'employee' THEN 'far_employee'
                     ELSE 'far_others' END
            WHEN service = 'medical_rehabilitation' AND indicated = 'no' THEN 'no_indication'
            WHEN service = 'medical_rehabilitation' AND category = 'employee' AND protection THEN
                CASE WHEN place <> 'absent' THEN 'rehabilitation'
                     ELSE 'rehabilitation_elsewhere' END
            WHEN category = 'employee' THEN
                CASE WHEN place <> 'absent' OR far THEN 'mvd_employee'
                     WHEN service <> 'medical_rehabilitation' AND urgency = 'planned'
                        AND indicated = 'no' THEN 'elsewhere_others'
                     ELSE 'elsewhere_employee' END
            WHEN place <> 'absent' OR far THEN 'mvd_others'
            ELSE 'elsewhere_others'
        END AS step
    FROM terms
)
SELECT "row", as_of, category, body, special_rank, sponsor, kin, coresident, minor, service,
    urgency, destination, home, place, indicated, package, insured, presidential, duty_injury,
    clinic, note,
    CASE
        WHEN step IN ('not_listed', 'not_coresident', 'not_family', 'sponsor_not_employee',
            'of_age', 'no_special_rank') THEN 'not_contingent'
        WHEN step IN ('mental', 'commission', 'far_employee') THEN 'conditional'
        WHEN step IN ('listed', 'rehabilitation_elsewhere') THEN
            CASE WHEN covered THEN 'eligible' ELSE 'conditional' END
        WHEN step IN ('psychologist', 'rehabilitation') THEN 'eligible'
        WHEN step IN ('no_rule', 'sanatorium', 'abroad') THEN 'not_regulated'
        WHEN step IN ('sanatorium_open', 'other_city') THEN 'undetermined'
        WHEN step = 'no_indication' THEN 'ineligible'
        WHEN step IN ('elsewhere_employee', 'elsewhere_others') THEN
            CASE WHEN covered THEN 'eligible' ELSE 'ineligible' END
        WHEN step IN ('far_others', 'mvd_others') AND NOT covered THEN
            CASE WHEN category = 'child_of_fallen' THEN 'undetermined' ELSE 'ineligible' END
        WHEN step = 'far_others' OR service = 'inpatient' AND urgency = 'planned'
            THEN 'conditional'
        ELSE 'eligible'
    END AS outcome,
    CASE
        WHEN step = 'mental' THEN 'mental_health_organisation'
        WHEN step = 'listed' THEN 'presidential'
        WHEN step = 'psychologist' THEN 'civil_protection_psychologist'
        WHEN step = 'commission' THEN 'sanatorium'
        WHEN step IN ('far_employee', 'rehabilitation', 'mvd_employee') THEN 'mvd'
        WHEN step IN ('far_others', 'mvd_others') AND covered THEN 'mvd'
        WHEN step = 'rehabilitation_elsewhere' THEN 'health_subject'
        WHEN step IN ('elsewhere_employee', 'elsewhere_others') AND covered THEN 'health_subject'
        ELSE ''
    END AS provider,
    CASE
        WHEN step = 'mental' THEN 'fund_gobmp'
        WHEN step = 'psychologist' THEN 'not_stated'
        WHEN step IN ('commission', 'far_employee', 'rehabilitation', 'mvd_employee') THEN 'budget'
        WHEN step NOT IN ('listed', 'far_others', 'mvd_others', 'elsewhere_employee',
            'elsewhere_others', 'rehabilitation_elsewhere') THEN ''
        WHEN covered THEN 'fund_' || cover
        WHEN step = 'listed' THEN 'budget'
        WHEN step = 'rehabilitation_elsewhere' THEN 'paid'
        ELSE ''
    END AS payer,
    CASE
        WHEN step = 'listed' THEN 'presidential_rules'
        WHEN step IN ('rehabilitation', 'rehabilitation_elsewhere') THEN 'mvd_or_phc'
        WHEN step = 'far_employee' THEN 'mvd_specialist'
        WHEN service = 'inpatient' AND urgency = 'planned' AND (step = 'mvd_employee'
            OR step IN ('far_others', 'mvd_others') AND covered) THEN 'mvd_specialist'
        ELSE ''
    END AS referral,
    CASE
        WHEN step IN ('not_listed', 'not_coresident', 'not_family', 'sponsor_not_employee',
            'of_age', 'no_special_rank', 'no_rule', 'commission', 'no_indication') THEN step
        WHEN step = 'mental' THEN 'consent'
        WHEN step = 'listed' THEN CASE WHEN covered THEN '' ELSE 'udp_kinds' END
        WHEN step = 'rehabilitation_elsewhere' THEN CASE WHEN covered THEN '' ELSE 'paid' END
        WHEN step IN ('sanatorium', 'abroad') THEN 'general_law'
        WHEN step IN ('sanatorium_open', 'other_city') THEN 'ambiguous'
        WHEN step = 'far_employee' THEN 'referral'
        WHEN step IN ('far_others', 'mvd_others') AND NOT covered
            AND category = 'child_of_fallen' THEN 'ambiguous'
        WHEN step IN ('far_others', 'mvd_others', 'elsewhere_employee', 'elsewhere_others')
            AND NOT covered THEN
            CASE WHEN cover = 'none' THEN 'not_in_package' ELSE 'not_insured' END
        WHEN step IN ('far_others', 'mvd_employee', 'mvd_others') AND service = 'inpatient'
            AND urgency = 'planned' THEN 'referral'
        ELSE ''
    END AS reasons,
    CASE
        WHEN step IN ('not_listed', 'not_coresident', 'sponsor_not_employee', 'of_age')
            THEN 'R78:1.2'
        WHEN step = 'not_family' THEN 'R78:3.1'
        WHEN step = 'no_special_rank' THEN 'R78:1.3'
        WHEN step = 'mental' THEN
            CASE WHEN category = 'employee' AND protection THEN 'O61:12;' ELSE '' END
            || 'HC:196.3;HC:166.2'
        WHEN step = 'listed' THEN
            CASE cover WHEN 'gobmp' THEN 'R78:2(1)' WHEN 'osms' THEN 'R78:2(2)' ELSE 'R78:2(3)' END
            || CASE WHEN protection AND service = 'medical_rehabilitation' THEN ';O61:7;O61:8.2'
                    ELSE '' END
        WHEN step = 'psychologist' THEN 'O61:10;O61:11'
        WHEN step = 'no_rule' THEN ''
        WHEN step = 'commission' THEN 'R78:16;R78:17'
        WHEN step = 'sanatorium_open' THEN 'O61:2(4);O61:4;R78:15'
        WHEN step = 'sanatorium' THEN
            CASE WHEN category = 'child_of_fallen' THEN 'R78:3.2;' ELSE '' END || 'R78:15'
        WHEN step = 'abroad' THEN 'R78:12'
        WHEN step = 'other_city' THEN 'R78:13.1'
        WHEN step = 'far_employee' THEN 'R78:13.1;O281:5(1);R78:4.1'
        WHEN step = 'no_indication' THEN
            CASE WHEN category = 'employee' AND protection THEN 'O61:3;O781:42'
                 ELSE 'O781:42;HC:125' END
        WHEN step = 'rehabilitation' THEN 'O61:4;O61:5;O61:8.1'
        WHEN step = 'rehabilitation_elsewhere' THEN
            CASE cover WHEN 'gobmp' THEN 'O61:6(1)' WHEN 'osms' THEN 'O61:6(2)' ELSE 'O61:6(3)' END
            || ';O61:8.1'
        WHEN step = 'mvd_employee' THEN 'R78:4.1' ||
            CASE WHEN far THEN ';O281:5(2)'
                 WHEN service = 'inpatient' AND urgency = 'planned' THEN ';O781:31'
                 WHEN service = 'day_hospital' THEN ';R78:8(3)'
                 WHEN service = 'medical_rehabilitation' THEN ';O781:40'
                 ELSE '' END
        WHEN step = 'elsewhere_employee' THEN
            CASE cover WHEN 'gobmp' THEN 'R78:4.2(1);R78:5.1' WHEN 'osms' THEN 'R78:4.2(2);R78:5.1'
                 WHEN 'none' THEN 'R78:4.2' ELSE 'R78:4.2(2)' END
            || CASE WHEN NOT emergency THEN '' WHEN cover = 'gobmp' THEN ';HC:196.3'
                    ELSE ';HC:200.1' END
        WHEN step = 'elsewhere_others' THEN 'R78:7' ||
            CASE cover WHEN 'gobmp' THEN ';HC:196.3' WHEN 'osms' THEN ';HC:200.1' ELSE '' END
        ELSE CASE WHEN step <> 'far_others' THEN '' WHEN covered THEN 'R78:13.1;O281:11;'
                  ELSE 'R78:13.1;' END
            || CASE WHEN category = 'child_of_fallen' THEN 'R78:3.2'
                    WHEN cover = 'gobmp' THEN 'R78:6.1;R78:6.2(1)'
                    WHEN cover = 'none' THEN 'R78:6.2'
                    ELSE 'R78:6.1;R78:6.2(2)' END
            || CASE WHEN NOT covered OR step = 'far_others' THEN ''
                    WHEN emergency THEN
                        CASE WHEN cover = 'gobmp' THEN ';HC:196.3' ELSE ';HC:200.1' END
                        || CASE WHEN far THEN ';O781:31' ELSE '' END
                    WHEN service = 'inpatient' THEN ';O781:31;O781:33'
                    WHEN service = 'day_hospital' THEN ';R78:8(3)'
                    WHEN service = 'medical_rehabilitation' THEN ';O781:40'
                    ELSE '' END
    END AS basis
FROM steps;
