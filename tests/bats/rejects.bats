# Rejected rows can be mended and imported; headers that are nearly right are named; counts add up.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

A=850315100006
B=850315100016
C=850315100704
D=850315100716

bad_list() {
    cat <<END
iin;last_name;first_name;birth_date;category;agency;comment
$A;Бірінші;Адам;1885-13-15;employee;courier;"a; ""b"""
$B;Екінші;Адам;1885-03-15;employee;courier;
85031510070;Үшінші;Адам;1885-03-15;employee;courier;x
$D;Төртінші;Адам;1885-03-15;employee
$C;Үшінші;Адам;15.03.1885;nobody;courier;=1+1
END
}

import() {
    cq-import -d x.db --list-date=2026-01-01 --max-bad=100 "$@"
}

counts_add_up() {
    local read accepted rejected added changed unchanged
    read -r read accepted rejected added changed unchanged < <(sed 's/[^0-9]*"\(read\|accepted\|rejected\|added\|changed\|unchanged\)":/\n\1 /g' "$1" |
        awk '/^(read|accepted|rejected|added|changed|unchanged) / { v[$1] = $2 + 0 }
             END { print v["read"], v["accepted"], v["rejected"], v["added"], v["changed"], v["unchanged"] }')
    equal "$read" $((accepted + rejected)) "read"
    equal "$accepted" $((added + changed + unchanged)) "accepted"
    [ "$read" -gt 0 ]
}

@test "rejects hold the rows as read, with line, column, code and message" {
    bad_list >list.csv
    run -1 --separate-stderr import --rejects=r.csv --summary=s.json list.csv
    equal "$(cat r.csv)" "iin,last_name,first_name,birth_date,category,agency,comment,line,column,code,message
$A,Бірінші,Адам,1885-13-15,employee,courier,\"a; \"\"b\"\"\",2,birth_date,CQ-R020,not a date: YYYY-MM-DD or DD.MM.YYYY
85031510070,Үшінші,Адам,1885-03-15,employee,courier,x,4,iin,CQ-R010,an IIN has 12 digits
$D,Төртінші,Адам,1885-03-15,employee,,,5,,CQ-R002,another number of fields than the header has: 5 / 7
$C,Үшінші,Адам,15.03.1885,nobody,courier,=1+1,6,category,CQ-R040,\"not one of the values allowed here: employee, family, pensioner, child_of_fallen\""
    counts_add_up s.json
    contains "$(cat s.json)" '"read":5,"accepted":1,'
    contains "$(cat s.json)" '"rejected":4'
}

@test "mended rejects are taken, and their four columns give no warning" {
    bad_list >list.csv
    run -1 import -q --rejects=r.csv list.csv
    sed -e 's/1885-13-15/1885-03-15/; s/^85031510070,/850315100726,/; s/nobody/pensioner/' \
        -e "s/^$D,.*employee,,/$D,Төртінші,Адам,1885-03-15,employee,courier,/" r.csv >mended.csv
    run -1 --separate-stderr import --rejects=r2.csv mended.csv
    equal "$(grep -c W001 <<<"$stderr")" 1 "warnings of columns"
    contains "$stderr" "mended.csv:1: unknown column ignored: comment"
    contains "$stderr" "mended.csv:3: iin: the control digit of the IIN does not match [CQ-R012]"
    # What is rejected again has the four columns once, of the new file.
    equal "$(head -n 1 r2.csv)" "$(head -n 1 r.csv)"
    equal "$(tail -n +2 r2.csv)" "850315100726,Үшінші,Адам,1885-03-15,employee,courier,x,3,iin,CQ-R012,the control digit of the IIN does not match"
    sed 's/850315100726/770101100005/' r2.csv >mended2.csv
    run -0 --separate-stderr import -v --rejects=r3.csv mended2.csv
    equal "$(cat r3.csv)" "$(head -n 1 r.csv)"
    equal "$(sqlite3 x.db "SELECT count(*) FROM person WHERE run_to IS NULL")" 5
}

@test "rows of a refused list come out too" {
    bad_list >list.csv
    run -3 --separate-stderr cq-import -d x.db --list-date=2026-01-01 --rejects=r.csv --changes=c.csv --summary=s.json list.csv
    contains "$stderr" "list.csv: too many bad rows: 4 / 5 (--max-bad=5) [CQ-F006]"
    equal "$(wc -l <r.csv)" 5
    [ ! -e c.csv ]
    counts_add_up s.json
    equal "$(sqlite3 x.db "SELECT count(*) FROM run")" 0
}

@test "rows that are wrong together come out like rows that are wrong alone, in the order of the list" {
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        $C,Үшінші,Адам,1885-03-15,employee,courier $A,Бірінші,Адам,1885-03-15,employee,courier \
        $B,Екінші,Адам,1885-03-15,nobody,courier $A,Бірінші,Адам,1885-03-15,pensioner,courier >list.csv
    run -1 --separate-stderr import -q --rejects=r.csv --summary=s.json list.csv
    equal "$(tail -n +2 r.csv | cut -d, -f7-9)" "3,iin,CQ-R052
4,category,CQ-R040
5,iin,CQ-R052"
    counts_add_up s.json
}

@test "nearly right headers are named, --map settles the others" {
    printf '%s\n' "IIN,Last  Name,frstname,born,CATEGORY,agenci,residance" >list.csv
    echo "$A,Бірінші,Адам,1885-03-15,employee,courier,711110000" >>list.csv
    run -3 --separate-stderr import list.csv
    contains "$stderr" "list.csv:1: unknown column ignored: frstname (first_name?) [CQ-W001]"
    contains "$stderr" "list.csv:1: unknown column ignored: agenci (agency?) [CQ-W001]"
    contains "$stderr" "list.csv:1: unknown column ignored: residance (residence?) [CQ-W001]"
    lacks "$stderr" "born" # what is near nothing may be data of a list without a header
    contains "$stderr" "the header lacks a required column: first_name, birth_date, agency (--agency) [CQ-F002]"
    run -0 --separate-stderr import --map=first_name=FrstName --map=birth_date=born --map=agency=agenci list.csv
    lacks "$stderr" "born"
    equal "$(sqlite3 x.db "SELECT first_name, residence FROM person")" "Адам|"
    printf '%s\n' "ЖСН;Фамилия;Есімі;Туған  күні;Санаты;Органы;Тұратын жеры" >kk.csv
    run -0 --separate-stderr import kk.csv
    contains "$stderr" "kk.csv:1: unknown column ignored: Тұратын жеры (residence?)"
}

@test "a token that fits one reading of a file fits no other" {
    { echo iin,last_name,first_name,birth_date,category,a,b
      "$CQ_TOOLS/gen" contingent 40 --seed=3 | awk -F, 'NR > 1 { print $1 "," $2 "," $3 "," $5 ",employee,711110000,75" }'; } >all.csv
    full() { cq-import -d x.db -m full -a courier --list-date=2026-02-01 "$@"; }
    full -q --map=residence=a all.csv
    sed 2,20d all.csv >less.csv
    run -3 --separate-stderr full --map=residence=a less.csv
    token=$(sed -n 's/.*--approve=//p' <<<"$stderr")
    run -3 --separate-stderr full --map=residence=b --approve="$token" less.csv
    contains "$stderr" "[CQ-F009]"
    full -q --map=residence=a --approve="$token" less.csv
}

@test "texts that grow in normal form C are bounded" {
    perl -e 'print "facility,owner,kato,service\n", "\xF0\x9D\x85\xA0" x 250, ",mvd,71,outpatient\nF,mvd,71,outpatient\n"' >f.csv
    run -1 --separate-stderr cq-import -d x.db -k facilities --max-bad=50 --list-date=2026-01-01 f.csv
    contains "$stderr" "f.csv:2: facility: the field or row is too long [CQ-R003]"
    equal "$(sqlite3 x.db "SELECT count(*) FROM facility")" 1
}

@test "the registry keeps what was rejected, with whom and whose it is where that can be read" {
    export CQ_DB="$PWD/kept.db"
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        850315100006,Сериков,Қанат,1985-03-15,employee,courier \
        850315100016,Серикова,Әсел,1985-02-30,employee,courier \
        999999999999,Ахметов,Нұрлан,1985-03-15,employee,penal \
        850315100704,Ахметов,Нұрлан,1985-03-15,employee,nobody \
        850315100716,Оспанов,Ержан,1985-03-15,employee,courier \
        850315100716,Оспанов,Ержан,1985-03-16,employee,courier >list.csv
    run cq-import -q --as-of=2026-11-01 --max-bad=50 list.csv
    equal "$status" 3
    [ ! -e kept.db ] || equal "$(sqlite3 kept.db 'SELECT count(*) FROM rejected')" 0
    run cq-import -q -n --as-of=2026-11-01 --max-bad=90 list.csv
    [ ! -e kept.db ] || equal "$(sqlite3 kept.db 'SELECT count(*) FROM rejected')" 0
    run cq-import -q --as-of=2026-11-01 --max-bad=90 list.csv
    equal "$status" 1
    equal "$(sqlite3 kept.db "SELECT line, iin, agency, field, code FROM rejected WHERE run = 1")" \
        "3|850315100016|7|birth_date|CQ-R020
4||8|iin|CQ-R012
5|850315100704||agency|CQ-R040
6|850315100716|7|iin|CQ-R052
7|850315100716|7|iin|CQ-R052"
    # What a row could not say, the option does.
    run cq-import -q --as-of=2026-11-02 --agency=penal --max-bad=100 list.csv
    equal "$(sqlite3 kept.db "SELECT DISTINCT agency FROM rejected WHERE run = 2")" 8
    cq-import -q --undo=1
    equal "$(sqlite3 kept.db "SELECT count(*) FROM rejected WHERE run = 3")" 0
}

@test "a row whose agency cannot be read is kept as nobody's" {
    printf '%s\n' iin,last_name,first_name,birth_date,category,agency \
        "$A,Бірінші,Адам,1885-03-15,employee,nobody" "$B,Екінші,Адам,1885-03-15,employee,courier" >list.csv
    run -1 import -q list.csv
    equal "$(sqlite3 x.db "SELECT line, iin, agency IS NULL, field FROM rejected")" "2|$A|1|agency"
    equal "$(sqlite3 x.db "SELECT agency, read, rejected FROM run_agency")" "7|1|0"
}
