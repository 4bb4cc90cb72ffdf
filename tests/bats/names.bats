# What stands in the place of a name is an error of its row, in three languages, and never stored.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

A=850315100006

header=iin,last_name,first_name,middle_name,birth_date,category,agency

# rejected CODE VALUE...: each value is rejected in each of the three columns.
rejected() {
    local value
    for value in "${@:2}"; do
        printf '%s\n' $header "$A,$value,Анна,Ивановна,1885-03-15,employee,courier" >last_name.csv
        printf '%s\n' $header "$A,Щёкина,$value,Ивановна,1885-03-15,employee,courier" >first_name.csv
        printf '%s\n' $header "$A,Щёкина,Анна,$value,1885-03-15,employee,courier" >middle_name.csv
        for column in last_name first_name middle_name; do
            run -1 --separate-stderr cq-import -d x.db --max-bad=100 --list-date=2026-01-01 $column.csv
            contains "$stderr" "$column.csv:2: $column: "
            contains "$stderr" "[$1]"
        done
    done
    equal "$(sqlite3 x.db 'SELECT count(*) FROM person')" 0
}

@test "values without a letter, placeholders, errors of spreadsheets and signs are no names" {
    rejected CQ-R046 - — 0 12345 . ©
    rejected CQ-R047 Иванов1 Ив©нов Иванов*
    rejected CQ-R048 N/A нет Нет ЖОҚ null 'не указано' б/о
    rejected CQ-R049 '#REF!' '#Н/Д' '#####'
}

@test "what nobody sees in a name, and what a wrong encoding leaves, is found" {
    rejected CQ-R044 $'Ива\u200Bнов' $'\u202EИванов' $'Иванов\u2069' $'Ива\uFEFFнов' $'Ива\u00ADнов' $'Ива\x01нов'
    rejected CQ-R055 рЕФТПЧБ 'Анна-мАРИЯ'
    rejected CQ-R045 Ќасымова $'Ива\uFFFDнов'
}

@test "the findings of names are told in three languages" {
    printf '%s\n' $header "$A,-,Анна1,нет,1885-03-15,employee,courier" >n.csv
    run -1 --separate-stderr cq-import --lang=ru -d x.db --max-bad=100 --list-date=2026-01-01 n.csv
    contains "$stderr" "last_name: в имени нет ни одной буквы"
    contains "$stderr" "first_name: цифра или знак, каких в имени не бывает [CQ-R047]"
    contains "$stderr" "middle_name: вместо имени отметка, что его нет"
    run -1 --separate-stderr cq-import --lang=kk -d x.db --max-bad=100 --list-date=2026-01-01 n.csv
    contains "$stderr" "last_name: атта бірде-бір әріп жоқ"
    contains "$stderr" "first_name: атта болмайтын цифр немесе таңба [CQ-R047]"
    contains "$stderr" "middle_name: аттың орнына «жоқ» деген белгі тұр"
}

@test "names as people have them are taken" {
    printf '%s\n' $header \
        "$A,Мамин-Сибиряк,О’Коннор,,1885-03-15,employee,courier" \
        "850315100016,қАСЫМОВА,ӘЛіМА,СЕРіК қЫЗЫ,1885-03-15,employee,courier" \
        "850315100704,Иванова (Петрова),ли,Оглы,1885-03-15,employee,courier" >good.csv
    cq-import -q -d x.db --list-date=2026-01-01 good.csv
    equal "$(sqlite3 x.db "SELECT last_name, first_name, middle_name FROM person ORDER BY id")" \
        "Мамин-Сибиряк|О’Коннор|
қАСЫМОВА|ӘЛіМА|СЕРіК қЫЗЫ
Иванова (Петрова)|ли|Оглы"
}

@test "a list that takes the Kazakh letters from names is told so" {
    local H=iin,last_name,first_name,birth_date,category,agency
    # Twenty people with right control digits, as the generator makes them.
    "$CQ_TOOLS/gen" contingent 60 --seed=3 | cut -d, -f1 | tail -n +2 | head -n 20 >iins
    awk -v h=$H 'BEGIN { print h } { print $1 ",Қасымов,Өмір,1985-03-15,employee,courier" }' iins >kazakh.csv
    sed 's/Қасымов/Касымов/; s/Өмір/Омир/' kazakh.csv >russian.csv
    cq-import -q -d k.db --list-date=2026-01-01 kazakh.csv 2>/dev/null
    run --separate-stderr cq-import -d k.db --list-date=2026-01-02 russian.csv
    equal "$status" 0
    contains "$stderr" "russian.csv:1: names in Russian letters that the registry holds in Kazakh ones: 20 / 20 [CQ-W041]"
    # The other way round nothing is lost.
    run --separate-stderr cq-import -d k.db --list-date=2026-01-03 kazakh.csv
    lacks "$stderr" CQ-W041
}
