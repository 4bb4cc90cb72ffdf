-- The rules of R78 (No. 718) and of the acts beside it, for known facts on a day from 2025-10-04
-- on, as CASE expressions: what somebody would write without this project. The benchmark reads
-- facts.csv into memory, decides every row and writes CSV; its answers must equal cq-eligible's.
CREATE TEMP TABLE facts (
    "row" INTEGER, as_of TEXT, category TEXT, body TEXT, special_rank TEXT, coresident TEXT,
    minor TEXT, service TEXT, destination TEXT, home TEXT, place TEXT, indicated TEXT,
    package TEXT, insured TEXT, presidential TEXT, duty_injury TEXT, clinic TEXT, note TEXT
);
.mode csv
.import --skip 1 facts.csv facts
.headers on
.separator , "\n"
SELECT *,
    CASE
        WHEN category = 'none' THEN 'not_contingent'
        WHEN category = 'family' AND coresident = 'no' THEN 'not_contingent'
        WHEN category = 'child_of_fallen' AND minor = 'no' THEN 'not_contingent'
        WHEN category = 'pensioner' AND body = 'civil_protection' AND special_rank = 'no'
            THEN 'not_contingent'
        WHEN category = 'employee' AND presidential = 'yes'
            AND service IN ('outpatient', 'inpatient', 'medical_rehabilitation') THEN 'eligible'
        WHEN service = 'mental_health' THEN 'conditional'
        WHEN service = 'psychological_rehabilitation' THEN
            CASE WHEN category = 'employee' AND body = 'civil_protection' THEN 'eligible'
                 ELSE 'not_regulated' END
        WHEN service = 'sanatorium' THEN
            CASE WHEN category = 'employee' AND duty_injury = 'yes' THEN 'eligible'
                 ELSE 'undetermined' END
        WHEN service = 'inpatient' AND destination <> 'local' AND home <> destination THEN
            CASE WHEN home <> 'elsewhere' THEN 'undetermined'
                 WHEN category = 'employee' THEN 'conditional'
                 WHEN package = 'gobmp' THEN 'conditional'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'conditional'
                 ELSE 'ineligible' END
        WHEN service = 'medical_rehabilitation' AND indicated = 'no' THEN 'ineligible'
        WHEN service = 'medical_rehabilitation' AND category = 'employee'
            AND body = 'civil_protection' THEN
            CASE WHEN place = 'available' THEN 'eligible'
                 WHEN package = 'gobmp' THEN 'eligible'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'eligible'
                 ELSE 'conditional' END
        WHEN category = 'employee' THEN
            CASE WHEN place = 'available' THEN 'eligible'
                 WHEN indicated = 'no' THEN 'ineligible'
                 WHEN package = 'gobmp' THEN 'eligible'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'eligible'
                 ELSE 'ineligible' END
        WHEN place = 'absent' THEN 'not_regulated'
        WHEN package = 'gobmp' THEN 'eligible'
        WHEN package = 'osms' AND insured = 'yes' THEN 'eligible'
        ELSE 'ineligible'
    END AS outcome,
    CASE
        WHEN category = 'none' THEN ''
        WHEN category = 'family' AND coresident = 'no' THEN ''
        WHEN category = 'child_of_fallen' AND minor = 'no' THEN ''
        WHEN category = 'pensioner' AND body = 'civil_protection' AND special_rank = 'no' THEN ''
        WHEN category = 'employee' AND presidential = 'yes'
            AND service IN ('outpatient', 'inpatient', 'medical_rehabilitation')
            THEN 'presidential'
        WHEN service = 'mental_health' THEN 'mental_health_organisation'
        WHEN service = 'psychological_rehabilitation' THEN
            CASE WHEN category = 'employee' AND body = 'civil_protection'
                 THEN 'civil_protection_psychologist' ELSE '' END
        WHEN service = 'sanatorium' THEN
            CASE WHEN category = 'employee' AND duty_injury = 'yes' THEN 'sanatorium' ELSE '' END
        WHEN service = 'inpatient' AND destination <> 'local' AND home <> destination THEN
            CASE WHEN home <> 'elsewhere' THEN ''
                 WHEN category = 'employee' THEN 'mvd'
                 WHEN package = 'gobmp' THEN 'mvd'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'mvd'
                 ELSE '' END
        WHEN service = 'medical_rehabilitation' AND indicated = 'no' THEN ''
        WHEN service = 'medical_rehabilitation' AND category = 'employee'
            AND body = 'civil_protection' THEN
            CASE WHEN place = 'available' THEN 'mvd' ELSE 'health_subject' END
        WHEN category = 'employee' THEN
            CASE WHEN place = 'available' THEN 'mvd'
                 WHEN indicated = 'no' THEN ''
                 WHEN package = 'gobmp' THEN 'health_subject'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'health_subject'
                 ELSE '' END
        WHEN place = 'absent' THEN ''
        WHEN package = 'gobmp' THEN 'mvd'
        WHEN package = 'osms' AND insured = 'yes' THEN 'mvd'
        ELSE ''
    END AS provider,
    CASE
        WHEN category = 'none' THEN ''
        WHEN category = 'family' AND coresident = 'no' THEN ''
        WHEN category = 'child_of_fallen' AND minor = 'no' THEN ''
        WHEN category = 'pensioner' AND body = 'civil_protection' AND special_rank = 'no' THEN ''
        WHEN category = 'employee' AND presidential = 'yes'
            AND service IN ('outpatient', 'inpatient', 'medical_rehabilitation')
            THEN 'presidential_rules'
        WHEN service = 'mental_health' THEN 'fund_gobmp'
        WHEN service = 'psychological_rehabilitation' THEN
            CASE WHEN category = 'employee' AND body = 'civil_protection' THEN 'not_stated'
                 ELSE '' END
        WHEN service = 'sanatorium' THEN
            CASE WHEN category = 'employee' AND duty_injury = 'yes' THEN 'budget' ELSE '' END
        WHEN service = 'inpatient' AND destination <> 'local' AND home <> destination THEN
            CASE WHEN home <> 'elsewhere' THEN ''
                 WHEN category = 'employee' THEN 'budget'
                 WHEN package = 'gobmp' THEN 'fund_gobmp'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'fund_osms'
                 ELSE '' END
        WHEN service = 'medical_rehabilitation' AND indicated = 'no' THEN ''
        WHEN service = 'medical_rehabilitation' AND category = 'employee'
            AND body = 'civil_protection' THEN
            CASE WHEN place = 'available' THEN 'budget'
                 WHEN package = 'gobmp' THEN 'fund_gobmp'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'fund_osms'
                 ELSE 'own_funds' END
        WHEN category = 'employee' THEN
            CASE WHEN place = 'available' THEN 'budget'
                 WHEN indicated = 'no' THEN ''
                 WHEN package = 'gobmp' THEN 'fund_gobmp'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'fund_osms'
                 ELSE '' END
        WHEN place = 'absent' THEN ''
        WHEN package = 'gobmp' THEN 'fund_gobmp'
        WHEN package = 'osms' AND insured = 'yes' THEN 'fund_osms'
        ELSE ''
    END AS payer,
    CASE
        WHEN category = 'none' THEN ''
        WHEN category = 'family' AND coresident = 'no' THEN ''
        WHEN category = 'child_of_fallen' AND minor = 'no' THEN ''
        WHEN category = 'pensioner' AND body = 'civil_protection' AND special_rank = 'no' THEN ''
        WHEN category = 'employee' AND presidential = 'yes'
            AND service IN ('outpatient', 'inpatient', 'medical_rehabilitation')
            THEN 'presidential_rules'
        WHEN service = 'inpatient' AND destination <> 'local' AND home = 'elsewhere' THEN
            CASE WHEN category = 'employee' THEN 'mvd_specialist'
                 WHEN package = 'gobmp' THEN 'mvd_specialist'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'mvd_specialist'
                 ELSE '' END
        WHEN service = 'medical_rehabilitation' AND indicated = 'yes' AND category = 'employee'
            AND body = 'civil_protection' THEN
            CASE WHEN place = 'available' THEN 'mvd_organisation' ELSE 'phc_organisation' END
        ELSE ''
    END AS referral,
    CASE
        WHEN category = 'none' THEN 'not_listed'
        WHEN category = 'family' AND coresident = 'no' THEN 'not_coresident'
        WHEN category = 'child_of_fallen' AND minor = 'no' THEN 'of_age'
        WHEN category = 'pensioner' AND body = 'civil_protection' AND special_rank = 'no'
            THEN 'no_special_rank'
        WHEN category = 'employee' AND presidential = 'yes'
            AND service IN ('outpatient', 'inpatient', 'medical_rehabilitation') THEN ''
        WHEN service = 'mental_health' THEN 'consent'
        WHEN service = 'psychological_rehabilitation' THEN
            CASE WHEN category = 'employee' AND body = 'civil_protection' THEN ''
                 ELSE 'no_rule' END
        WHEN service = 'sanatorium' THEN
            CASE WHEN category = 'employee' AND duty_injury = 'yes' THEN ''
                 ELSE 'text_missing' END
        WHEN service = 'inpatient' AND destination <> 'local' AND home <> destination THEN
            CASE WHEN home <> 'elsewhere' THEN 'ambiguous'
                 WHEN category = 'employee' THEN 'referral'
                 WHEN package = 'gobmp' THEN 'referral'
                 WHEN package = 'none' THEN 'not_in_package'
                 WHEN insured = 'yes' THEN 'referral'
                 ELSE 'not_insured' END
        WHEN service = 'medical_rehabilitation' AND indicated = 'no' THEN 'no_indication'
        WHEN service = 'medical_rehabilitation' AND category = 'employee'
            AND body = 'civil_protection' THEN
            CASE WHEN place = 'available' THEN ''
                 WHEN package = 'gobmp' THEN ''
                 WHEN package = 'osms' AND insured = 'yes' THEN ''
                 ELSE 'paid' END
        WHEN category = 'employee' THEN
            CASE WHEN place = 'available' THEN ''
                 WHEN indicated = 'no' THEN 'no_indication'
                 WHEN package = 'gobmp' THEN ''
                 WHEN package = 'none' THEN 'not_in_package'
                 WHEN insured = 'yes' THEN ''
                 ELSE 'not_insured' END
        WHEN place = 'absent' THEN 'no_fallback'
        WHEN package = 'gobmp' THEN ''
        WHEN package = 'none' THEN 'not_in_package'
        WHEN insured = 'yes' THEN ''
        ELSE 'not_insured'
    END AS reasons,
    CASE
        WHEN category = 'none' THEN 'R78:1.2'
        WHEN category = 'family' AND coresident = 'no' THEN 'R78:1.2'
        WHEN category = 'child_of_fallen' AND minor = 'no' THEN 'R78:1.2'
        WHEN category = 'pensioner' AND body = 'civil_protection' AND special_rank = 'no'
            THEN 'R78:1.3'
        WHEN category = 'employee' AND presidential = 'yes'
            AND service IN ('outpatient', 'inpatient', 'medical_rehabilitation') THEN
            CASE WHEN body = 'civil_protection' AND service = 'medical_rehabilitation'
                 THEN 'O61:7;O61:8.2' ELSE 'LES:70.1' END
        WHEN service = 'mental_health' THEN
            CASE WHEN category = 'employee' AND body = 'civil_protection'
                 THEN 'O61:12;HC:196.3;HC:166.2' ELSE 'HC:196.3;HC:166.2' END
        WHEN service = 'psychological_rehabilitation' THEN
            CASE WHEN category = 'employee' AND body = 'civil_protection' THEN 'O61:10;O61:11'
                 ELSE '' END
        WHEN service = 'sanatorium' THEN
            CASE WHEN category = 'employee' AND duty_injury = 'yes' THEN 'LES:70.3' ELSE '' END
        WHEN service = 'inpatient' AND destination <> 'local' AND home <> destination THEN
            CASE WHEN home <> 'elsewhere' THEN 'R78:13'
                 WHEN category = 'employee' THEN 'R78:13;R78:4.1'
                 WHEN package = 'gobmp' THEN 'R78:13;R78:6(1)'
                 WHEN package = 'osms' THEN 'R78:13;R78:6(2)'
                 ELSE 'R78:13;R78:6' END
        WHEN service = 'medical_rehabilitation' AND indicated = 'no' THEN
            CASE WHEN category = 'employee' AND body = 'civil_protection' THEN 'O61:3'
                 ELSE 'HC:125' END
        WHEN service = 'medical_rehabilitation' AND category = 'employee'
            AND body = 'civil_protection' THEN
            CASE WHEN place = 'available' THEN 'O61:4;O61:5;O61:8.1(1)'
                 WHEN package = 'gobmp' THEN 'O61:6(1);O61:8.1(2)'
                 WHEN package = 'osms' AND insured = 'yes' THEN 'O61:6(2);O61:8.1(2)'
                 ELSE 'O61:6(3);O61:8.1(2)' END
        WHEN category = 'employee' THEN
            CASE WHEN place = 'available' THEN 'R78:4.1'
                 WHEN indicated = 'no' THEN 'R78:4.2'
                 WHEN package = 'gobmp' THEN 'R78:4.2(1);R78:5.1'
                 WHEN package = 'none' THEN 'R78:4.2'
                 WHEN insured = 'yes' THEN 'R78:4.2(2);R78:5.1'
                 ELSE 'R78:4.2(2)' END
        WHEN place = 'absent' THEN 'R78:6'
        WHEN package = 'gobmp' THEN 'R78:6(1)'
        WHEN package = 'osms' THEN 'R78:6(2)'
        ELSE 'R78:6'
    END AS basis
FROM facts;
