# cq-report form2: table 01 against a recount in SQL that knows its lines by heart, and the people of
# a line.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

PATH="$PATH:$CQ_TOOLS"

# take OPTION... FILE: imports a list of 2025-11-01; rows that are rejected are no failure.
take() {
    cq-import -q --as-of=2025-11-01 --list-date=2025-11-01 "$@" 2>err || [ $? -eq 1 ] || fail "$(cat err)"
}

# people SEED: 900 people, of whom two thirds have a card; some stand in a second list too, in another
# role or under another sponsor; some rows end before the end of the year, some begin after it; some cards are elsewhere.
people() {
    export CQ_DB="$PWD/form2-$1.db"
    gen contingent 900 --full --seed="$1" >people.csv
    gen facilities 60 --seed="$1" >facilities.csv
    take people.csv
    take -k facilities facilities.csv
    awk -F, 'NR == 1 { print "iin,last_name,first_name,birth_date,category,agency,sponsor_iin,relation,coresident,sex,valid_from"
                       next }
        $7 == "employee" && NR % 5 == 0 { print $1 "," $2 "," $3 "," $5 ",pensioner,courier,,,," $6 ",2020-01-01" }
        $7 == "pensioner" && NR % 3 == 0 { print $1 "," $2 "," $3 "," $5 ",family,civil_protection," last ",spouse,yes,,2020-01-01" }
        $7 == "family" && NR % 4 == 0 { print $1 "," $2 "," $3 "," $5 ",family,prosecution," \
            (NR % 3 ? retired : "") ",parent,yes," $6 ",2020-01-01" }
        $7 == "family" && NR % 4 == 2 { print $1 "," $2 "," $3 "," $5 ",family,penal," last ",parent,yes," $6 ",2020-01-01" }
        $7 == "employee" { last = $1 }
        $7 == "pensioner" { retired = $1 }' people.csv >second.csv
    take --max-losses=100 second.csv
    awk -F, '$5 == "mvd" && $8 == "outpatient" { print $1 }' facilities.csv | sort -u >places
    echo CITY-1 >>places
    awk -F, 'BEGIN { while ((getline place <"places") > 0) places[n++] = place
                     print "iin,facility,card_no,opened_on" }
        NR > 1 && NR % 3 { print $1 "," places[NR % n] "," NR "," (NR % 7 ? "2024-05-01" : "2026-01-01") }' \
        people.csv >cards.csv
    take -k cards cards.csv
    sqlite3 "$CQ_DB" "UPDATE person SET valid_to = 20450 WHERE (id >> 23) % 11 = 0; /* 2025-12-28 */
        UPDATE person SET valid_from = 20454 WHERE (id >> 23) % 13 = 0; /* 2026-01-01 */
        UPDATE person SET sex = NULL WHERE (id >> 23) % 10 = 0;"
}

# recount: facility, line, people, of 2025-12-31 (day 20453), by other means.
recount() {
    sqlite3 -separator , "$CQ_DB" "
    CREATE TEMP TABLE card_of AS SELECT iin, facility AS place FROM card
        WHERE run_to IS NULL AND valid_from <= 20453 AND (valid_to IS NULL OR valid_to > 20453)
        AND facility IN (SELECT facility FROM facility WHERE run_to IS NULL AND owner = 0 AND service = 0
            AND (valid_from IS NULL OR valid_from <= 20453) AND (valid_to IS NULL OR valid_to > 20453));
    CREATE TEMP TABLE sponsor AS SELECT iin, agency, standing FROM (SELECT *, row_number() OVER (PARTITION BY
        iin ORDER BY standing = 2, category = 3, iif(standing = 2, valid_to, 0) DESC, agency) AS turn
        FROM (SELECT *, CASE WHEN valid_to <= 20453 THEN 2 ELSE category = 3 END AS standing FROM person
            WHERE run_to IS NULL AND category IN (1, 3) AND coalesce(valid_from, birth_date) <= 20453
            AND birth_date <= 20453)) WHERE turn = 1;
    CREATE TEMP TABLE now AS SELECT p.*, s.agency AS body, row_number() OVER (PARTITION BY p.iin ORDER BY
            instr('1432', category), iif(category IN (2, 4), coalesce(standing, 3), 0), p.agency) AS turn
        FROM person AS p LEFT JOIN sponsor AS s ON s.iin = sponsor_iin WHERE run_to IS NULL
        AND (valid_from IS NULL OR valid_from <= 20453) AND (valid_to IS NULL OR valid_to > 20453)
        AND birth_date <= 20453 AND NOT (category = 4 AND killed_on > 20453);
    CREATE TEMP TABLE one AS SELECT place, coalesce(category, 0) AS c,
        coalesce(iif(category IN (2, 4), body, NULL), agency, 0) AS a,
        coalesce(sex, (SELECT n.sex FROM now AS n WHERE n.iin = card_of.iin AND n.sex IS NOT NULL)) AS s
        FROM card_of LEFT JOIN now ON now.iin = card_of.iin AND turn = 1;
    CREATE TEMP TABLE counted AS
    SELECT place, '01' AS line FROM one
    UNION ALL SELECT place, printf('%02d', line) FROM one JOIN (
        SELECT 1 AS k, 2 AS of, 2 AS line UNION ALL VALUES (1, 5, 8), (1, 8, 10), (1, 3, 12), (1, 4, 14),
        (1, 1, 16), (3, 2, 19), (3, 5, 21), (3, 6, 21), (3, 8, 22), (3, 3, 23), (3, 4, 24), (3, 1, 25),
        (2, 2, 27), (2, 5, 29), (2, 8, 30), (2, 3, 31), (2, 4, 32), (2, 1, 33)) ON k = c AND of = a
    UNION ALL SELECT place, printf('%02d', line) FROM one JOIN (
        SELECT 2 AS of, 3 AS line UNION ALL VALUES (5, 9), (8, 11), (3, 13), (4, 15), (1, 17))
        ON of = a WHERE c = 1 AND s = 1
    UNION ALL SELECT place, iif(c = 3, '18', '26') FROM one WHERE c IN (2, 3);
    SELECT place, line, count(*) FROM counted GROUP BY 1, 2
    UNION ALL SELECT '', line, count(*) FROM counted GROUP BY 2;" | sort
}

# counts: facility, line and people of the report; dashes and zeros left out.
counts() {
    cq-report form2 --year=2025 -f json |
        sed -nE 's/.*"facility":(null|"([^"]*)"),"line":"([0-9]+)".*"people":([0-9]+)\}/\2,\3,\4/p' |
        grep -v ',0$' | sort
}

@test "every line of every organisation is what a recount says" {
    local seed
    for seed in 3 4 5; do
        people $seed
        recount >expected
        counts >got
        diff expected got || fail "seed $seed"
        [ "$(grep -c '^,' got)" -ge 25 ] || fail "too few lines are tried: $(cat got)"
        # 33 lines for all and for each organisation, six of them a dash for each.
        cq-report form2 --year=2025 >all
        equal "$(sed 1d all | wc -l)" "$((33 * $(sed 1d all | cut -d, -f1 | sort -u | wc -l)))"
        equal "$(grep -E ',(04|05|06|07|20|28),' all | grep -vc ',$')" 0
        # All is the sum of the organisations.
        sed 1d all | awk -F, '$1 == "" { n[$2] -= $NF; next } { n[$2] += $NF }
            END { for (line in n) if (n[line]) print line, n[line] }' >wrong
        equal "$(cat wrong)" ""
    done
}

@test "a line is the sum of its parts and of who is told to be in none" {
    people 6
    cq-report form2 --year=2025 -f table | awk '
        /^All medical organisations/ && /in none of the parts/ { rest[$4] = $NF; next }
        /^All medical organisations/ && /sex not stated/ { open[$4] = $NF; next }
        /^All medical organisations/ { n[$4] = $NF }
        END { print n["01"] - (n["02"] + n["08"] + n["10"] + n["12"] + n["14"] + n["16"] + n["18"] + n["26"] + rest["01"])
              s = 0; for (i = 19; i <= 25; i++) s += n[i]; print n["18"] - s - rest["18"]
              s = 0; for (i = 27; i <= 33; i++) s += n[i]; print n["26"] - s - rest["26"]
              print (rest["01"] > 0) (rest["18"] > 0) (rest["26"] > 0) (open["02"] > 0) }' >sums
    equal "$(tr '\n' ' ' <sums)" "0 0 0 1111 "
}

@test "a line opens to its people, which is logged, in a file of its owner's" {
    people 7
    local line
    for line in 01 02 03 21 29 33; do
        cq-report form2 --year=2025 --line=$line -o "line$line.csv"
        equal "$(sed 1d "line$line.csv" | wc -l)" \
            "$(counts | sed -n "s/^,$line,//p" | grep . || echo 0)" "people of line $line"
        equal "$(stat -c %a "line$line.csv")" 600
        equal "$(sed 1d "line$line.csv" | cut -d, -f2 | sort | uniq -d)" "" "twice in line $line"
    done
    equal "$(cut -d, -f7-9 line03.csv | sed 1d | sort -u)" "f,employee,internal_affairs"
    equal "$(cq-report audit | grep -c ',list,')" 6
    contains "$(cq-report audit)" ",list,$(sed 1d line33.csv | wc -l),form2 2025 33,"
    equal "$(cq-report form2 --year=2025 --line=2 --mask | cut -d, -f2-5 | sort -u | sed 1d)" \
        "iin,last_name,first_name,middle_name"
    # Nobody counts in a line that is not kept.
    equal "$(cq-report form2 --year=2025 --line=4 | wc -l)" 1
    cq-report form2 --year=2025 --line=2 -f html --lang=ru >page.html
    contains "$(cat page.html)" "Сотрудники полиции"
}

HEAD=iin,last_name,first_name,birth_date,sex,category,agency,sponsor_iin,relation,coresident,valid_from,valid_to

# One organisation; who counts where is worked out by hand.
few() {
    export CQ_DB="$PWD/few.db"
    cat >people.csv <<END
$HEAD
850315100006,А,А,1985-03-15,m,employee,penal,,,,2020-01-01,
770101100005,А,Б,1977-01-01,f,employee,courier,,,,2020-01-01,
600704200006,А,В,1960-07-04,f,pensioner,internal_affairs,,,,2020-01-01,
900512200005,А,Г,1990-05-12,f,family,internal_affairs,850315100006,spouse,yes,2020-01-01,
850315100016,А,Д,1985-03-15,,employee,internal_affairs,,,,2020-01-01,
850315100704,А,Е,1985-03-15,f,employee,internal_affairs,,,,2020-01-01,2025-12-31
850315100716,А,Ж,1985-03-15,f,employee,internal_affairs,,,,2025-12-31,
END
    printf '%s\n' facility,owner,kato,service,name_kk,name_ru M71,mvd,711110000,outpatient,Емхана,Поликлиника \
        M72,mvd,711110000,outpatient,, W71,mvd,711110000,inpatient,, C71,health_subject,711110000,outpatient,, >facilities.csv
    cat >cards.csv <<END
iin,facility,card_no,opened_on
850315100006,M71,1,2025-12-31
770101100005,M71,2,2020-01-01
600704200006,M71,3,2020-01-01
900512200005,M71,4,2020-01-01
850315100016,M71,5,2020-01-01
850315100704,M71,6,2020-01-01
850315100716,M71,7,2020-01-01
581130200012,M72,1,2020-01-01
900723200012,W71,1,2020-01-01
770915100010,C71,1,2020-01-01
850315100026,M72,2,2026-01-01
END
    take people.csv
    take -k facilities facilities.csv
    take -k cards cards.csv
}

@test "who counts: the last day, the sponsor's body, no list, no sex, several roles, two IINs" {
    few
    # Without a list: 850315100704, whose row ended on that day, and 581130200012.
    equal "$(counts | tr '\n' ' ')" \
        ",01,8 ,02,2 ,03,1 ,10,1 ,18,1 ,19,1 ,26,1 ,30,1 M71,01,7 M71,02,2 M71,03,1 M71,10,1 M71,18,1 M71,19,1 M71,26,1 M71,30,1 M72,01,1 "
    # A pensioner who is employed again counts as an employee.
    printf '%s\n' $HEAD 600704200006,А,В,1960-07-04,,employee,fire_service,,,,2021-01-01, >again.csv
    take --max-losses=100 again.csv
    equal "$(counts | grep '^,' | tr '\n' ' ')" ",01,8 ,02,2 ,03,1 ,08,1 ,09,1 ,10,1 ,26,1 ,30,1 "
    # Two IINs of one person count once.
    printf '%s\n' iin,other_iin,verdict 850315100716,770101100005,same >same.csv
    take --kind=verdicts same.csv
    equal "$(counts | grep ',01,' | tr '\n' ' ')" ",01,7 M71,01,6 M72,01,1 "
    # As it was known before that; and of a year before.
    local at
    at=$(sqlite3 few.db "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', at / 1000.0, 'unixepoch', '-1 second')
        FROM run ORDER BY id LIMIT 1")
    equal "$(cq-report form2 --year=2025 --known-at="$at" | grep -c ',01,.*,0$')" 1
    equal "$(cq-report form2 --year=2019 | grep ',01,' | grep -vc ',0$')" 0
}

@test "family counts where the sponsor is or was last, not where the sponsor comes next year" {
    few
    local after='family,internal_affairs,'
    cat >moves.csv <<END
$HEAD
580704100003,Б,А,1958-07-04,m,employee,penal,,,,2001-01-01,2024-01-01
580704100003,Б,А,1958-07-04,m,employee,fire_service,,,,2026-02-01,
590704100005,Б,Б,1959-07-04,m,employee,prosecution,,,,2001-01-01,2010-01-01
590704100005,Б,Б,1959-07-04,m,pensioner,economic_investigation,,,,2010-01-01,
600704100002,Б,В,1960-07-04,m,employee,prosecution,,,,2026-01-01,
910512200007,Б,Г,1991-05-12,f,${after}580704100003,spouse,yes,2020-01-01,
920512200009,Б,Д,1992-05-12,f,${after}590704100005,spouse,yes,2020-01-01,
930512200000,Б,Е,1993-05-12,f,${after}600704100002,spouse,yes,2020-01-01,
END
    awk -F, 'NR == 1 || $6 == "family" { print (NR == 1 ? "iin,facility,card_no,opened_on" : $1 ",M72," NR ",2020-01-01") }' \
        moves.csv >more.csv
    take --max-losses=100 moves.csv
    take -k cards more.csv
    equal "$(counts | grep '^M72,\(2[6-9]\|3\)' | tr '\n' ' ')" "M72,26,3 M72,27,1 M72,30,1 M72,32,1 "
}

@test "of several sponsors the one who serves on the day counts, then who is retired, then who left" {
    few
    cat >two.csv <<END
$HEAD
580704100003,Б,А,1958-07-04,m,pensioner,prosecution,,,,2001-01-01,
590704100005,Б,Б,1959-07-04,m,employee,anticorruption,,,,2001-01-01,2025-12-31
600704100002,Б,В,1960-07-04,m,employee,economic_investigation,,,,2026-01-01,
910512200007,Б,Г,1991-05-12,f,family,prosecution,580704100003,parent,yes,2020-01-01,
910512200007,Б,Г,1991-05-12,f,family,penal,850315100006,spouse,yes,2020-01-01,
920512200009,Б,Д,1992-05-12,f,family,internal_affairs,590704100005,spouse,yes,2020-01-01,
920512200009,Б,Д,1992-05-12,f,family,penal,580704100003,parent,yes,2020-01-01,
930512200000,Б,Е,1993-05-12,f,family,prosecution,600704100002,spouse,yes,2020-01-01,
930512200000,Б,Е,1993-05-12,f,family,fire_service,590704100005,parent,yes,2020-01-01,
END
    printf '%s\n' iin,facility,card_no,opened_on 910512200007,M72,8,2020-01-01 \
        920512200009,M72,9,2020-01-01 930512200000,M72,10,2020-01-01 >more.csv
    take --max-losses=100 two.csv
    take -k cards more.csv
    equal "$(counts | grep '^M72,\(2[6-9]\|3\)' | tr '\n' ' ')" "M72,26,3 M72,30,1 M72,31,1 M72,33,1 "
}

@test "the form is printed in Kazakh and Russian, and the due days stand on it" {
    few
    cq-report form2 --year=2025 -f html --lang=en >form.html
    equal "$(grep -o '<main lang="kk">' form.html | wc -l)" 3
    equal "$(grep -o '<main lang="ru">' form.html | wc -l)" 3
    equal "$(grep -o '<tr' form.html | wc -l)" $((6 * 34))
    contains "$(cat form.html)" "Емхана · M71"
    contains "$(cat form.html)" "Поликлиника · M71"
    contains "$(cat form.html)" "31.12.2025"
    contains "$(cat form.html)" "5 января"
    contains "$(cat form.html)" "10 қаңтарда"
    contains "$(cat form.html)" "не вошли ни в одну из составляющих строки: 01 – 3"
    equal "$(grep -ciE '<script|<img|<link|https?:|url\(' form.html)" 0
    cq-report form2 --year=2025 -f html --lang=ru | cmp - form.html
    contains "$(cq-report form2 --year=2025 -f table --lang=ru)" "Сотрудники уголовно-исполнительной системы"
    contains "$(cq-report form2 --year=2025 -f table --lang=kk)" "Полиция қызметкерлері"
    cq-report form2 --year=2025 -f xlsx -o form.xlsx
    [ -s form.xlsx ] || fail "no workbook"
}

# No sex is stated, and the name is long: the most that may stand below the table.
@test "a form is one page, with the signatures on it" {
    command -v chromium >/dev/null && command -v pdfinfo >/dev/null || skip "no chromium or pdfinfo"
    people 1
    local name
    name=$(printf 'Центральный госпиталь с поликлиникой %.0s' 1 2 3 4)
    sqlite3 "$CQ_DB" "UPDATE facility SET name_kk = '$name', name_ru = '$name'"
    cq-report form2 --year=2025 -f html >form.html
    contains "$(cat form.html)" "среди женщин не учтены: 02 – "
    timeout 100 chromium --headless --no-sandbox --disable-gpu --no-first-run \
        --disable-background-networking --disable-sync --user-data-dir="$PWD/profile" \
        --no-pdf-header-footer --print-to-pdf="$PWD/out.pdf" "file://$PWD/form.html" \
        >/dev/null 2>&1 3>&- || skip "chromium does not run here"
    equal "$(pdfinfo out.pdf | sed -n 's/^Pages: *//p')" "$(grep -c '<main' form.html)" pages
}

@test "form2 wants a year, knows its lines, and takes no other question" {
    few
    local wrong
    for wrong in "" --year=25 "--year=2025 --line=34" "--year=2025 --line=x" "--year=2025 --suppress=3" \
        "--year=2025 --as-of=2025-01-01" "--year=2025 --mask" "--year=2025 --by=line"; do
            run --separate-stderr cq-report form2 $wrong
        equal "$status" 2 "form2 $wrong"
        lacks "$stderr" "850315"
    done
    run --separate-stderr cq-report contingent --line=3
    equal "$status" 2
    # The lines are the table's.
    cp -r "$TOP/lib/law" law
    sed -i 's/^16,01,yes,employee,prosecution/16,01,yes,employee,courier/; s/^17,16,yes,employee,prosecution/17,16,yes,employee,courier/' law/form2.csv
    contains "$(cq-report form2 --year=2025 --law=law)" ",17,of them women,1"
    sed -i 's/^17,16,yes,employee,courier/17,16,yes,employee,penal/' law/form2.csv
    run --separate-stderr cq-report form2 --year=2025 --law=law
    equal "$status" 3
    contains "$stderr" "form2.csv"
}

@test "the name of a polyclinic may stand in the row of another service" {
    few
    printf '%s\n' facility,owner,kato,service,name_ru M72,mvd,711110000,inpatient,Вторая >more.csv
    take -k facilities more.csv
    contains "$(cq-report form2 --year=2025 --format=table --lang=ru)" "Вторая "
}
