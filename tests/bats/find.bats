# cq-report find: people by parts of a name and a birth date.
# shellcheck disable=SC2154 # stderr comes from run --separate-stderr

load helper

day=--as-of=2026-11-25

lists() {
    export CQ_DB="$PWD/cq.db"
    cat >list.csv <<END
iin,last_name,first_name,middle_name,birth_date,sex,category,agency,residence,sponsor_iin,relation,valid_to
850315100006,Жақсыбеков,Асқар,Серікұлы,1985-03-05,m,employee,courier,711110000,,,
850315100016,Жаксыбекова,Әсел,Болатқызы,1990-07-12,f,employee,courier,,,,
850315100704,Иванова-Петрова,Анна,,1971-01-31,f,pensioner,courier,75,,,
850315100716,Ким,Олег,,1960-02-03,m,employee,courier,,,,2026-01-01
770101100005,Жақсыбеков,Асқар,Ерланұлы,1977-01-01,m,family,penal,,850315100006,child,
END
    cq-import -q $day list.csv 2>/dev/null
}

# found ARGUMENT...: the last four digits of who is found and why, one a line.
found() {
    cq-report find $day "$@" | sed 1d | awk -F, '{ print substr($1, 9) " " $NF }'
}

@test "a person is found in three scripts, in any order, by beginnings" {
    lists
    local name
    for name in "Жақсыбеков Асқар" "Аскар Жаксыбеков" "Askar Zhaksybekov" "JAQSYBEKOV ASQAR" \
        "Djaksybekov, Askar" "Джаксыбеков Аскар Серикович" "жақ асқ" "Серікұлы Жақсыбек"; do
        equal "$(found --name="$name" --born=1985-03-05 | head -n 1 | cut -d' ' -f1)" 0006 "$name"
    done
    equal "$(found --name='Жақсыбеков Асқар Серікұлы' --born=05.03.1985)" "0006 same"
    equal "$(found --name='Zhaksybekov Askar' --born=1985-03-05)" "0006 spelling"
    equal "$(found --name='жақ асқ' --born=1985)" "0006 beginning;birth_year"
    equal "$(found --name='Петрова Анна')" "0704 one_of_two"
    equal "$(found --name='Иванова-Петрова Анна')" "0704 same"
}

@test "mistakes in a name or a date, another last name" {
    lists
    equal "$(found --name='Жақсыбеков Асқар' --born=1985-05-03)" "0006 birth_swapped"
    equal "$(found --name='Жақсыбеков Асқар' --born=1986-03-05)" "0006 birth_digit"
    equal "$(found --name='Жақсыбеков Асқар' --born=1985-03-15)" "0006 birth_digit"
    equal "$(found --name='Жақсыбеков Аскра' --born=1985-03-05)" "0006 one_letter"
    equal "$(found --name='Сұлтанова Әсел Болатқызы' --born=1990-07-12)" "0016 other_name"
    equal "$(found --name='Әсел Болатқызы' --born=1990-07-12)" "0016 same"
    equal "$(found --born=1990-07-12)" "0016 same"
    equal "$(found --born=1990)" "0016 birth_year"
}

@test "initials stand for names, before and after, in three scripts" {
    lists
    local name
    for name in "Жақсыбеков А.С." "А. С. Жақсыбеков" "Жаксыбеков А С" "Жақсыбеков АС" "A.S. Zhaksybekov" \
        "Zhaksybekov AS" "А.Жақсыбеков" "Асқар С. Ж."; do
        contains "$(found --name="$name" --born=1985-03-05 | head -n 1)" "0006 " "$name"
        contains "$(found --name="$name" --born=1985-03-05 | head -n 1)" initial "$name"
    done
    equal "$(found --name='Жақсыбеков А.С.')" "0006 initial"
    equal "$(found --name='Жақсыбеков А.Е.')" "0005 initial"
    equal "$(found --name='Жақсыбеков Н.С.')" ""
    equal "$(found --name='Zh. Askar' --born=1985-03-05)" "0006 spelling;initial"
    contains "$(cq-report find $day --name='Жақсыбеков А.С.' -f table --lang=ru)" "только инициал"
    contains "$(cq-report find $day --name='Жақсыбеков А.С.' -f table --lang=kk)" "тек бас әрпі"
}

@test "a new last name of two halves is one other name; more differences are somebody else" {
    lists
    equal "$(found --name='Сұлтанова-Оспанова Әсел Болатқызы' --born=1990-07-12)" "0016 other_name"
    equal "$(found --name='Сұлтанова-Оспанова Әсел Болатқызы' --born=1990-07-13)" ""
    equal "$(found --name='Жақсыбеков Нұрлан' --born=1985-03-05)" ""
    equal "$(found --name='Жақ Аскра' --born=1985-03-06)" ""
}

@test "who fits alike is told to be tied" {
    lists
    equal "$(found --name='Жақсыбеков Асқар')" "0005 same;tied
0006 same;tied"
    contains "$(cq-report find $day --name='Жақсыбеков Асқар' -f table)" "does not tell those marked so apart"
    contains "$(cq-report find $day --name='Жақсыбеков Асқар' -f table)" "others fit as well"
}

@test "all forms, words in three languages, categories and agencies of the day" {
    lists
    sed -n '1p;2s/courier/penal/p' list.csv >again.csv
    cq-import -q $day again.csv 2>/dev/null
    local q=(--name="Жақсыбеков Асқар" --born=1985-03-05)
    equal "$(cq-report find $day "${q[@]}")" \
        "iin,last_name,first_name,middle_name,birth_date,sex,category,agency,region,reason
850315100006,Жақсыбеков,Асқар,Серікұлы,1985-03-05,m,employee,courier;penal,71,same"
    contains "$(cq-report find $day "${q[@]}" -f json)" '"agency":"courier;penal","region":"71","reason":"same"'
    contains "$(cq-report find $day "${q[@]}" -f table --lang=ru)" "как спрошено"
    contains "$(cq-report find $day "${q[@]}" -f table --lang=kk)" "сұралғандай"
    contains "$(cq-report find $day "${q[@]}" -f html --lang=ru)" "мужчина"
    cq-report find $day "${q[@]}" -f xlsx -o out.xlsx
    equal "$(head -c 2 out.xlsx)" PK
}

@test "each person shown is logged, and nothing of what was asked" {
    lists
    cq-report find $day --name='Жақсыбеков Асқар' >/dev/null
    equal "$(cq-report audit | sed -n '2,3p' | cut -d, -f4-6)" "find,850315100006,
find,770101100005,"
    cq-report audit --verify >/dev/null
    run --separate-stderr cq-report find $day --name='Нурпеисов Тимур'
    equal "$status" 0
    equal "${#lines[@]}" 1
    equal "$stderr" ""
    equal "$(cq-report audit | sed -n 2p | cut -d, -f4,5)" "find,850315100006"
    contains "$(cq-report find $day --name=Нурпеисов -f table)" "Nobody fits"
    lacks "$(sqlite3 cq.db .dump)" "Нурпеисов"
}

@test "who has left, was not known yet, or was taken back is not found" {
    lists
    equal "$(found --name=Ким --born=1960-02-03)" ""
    equal "$(found --name=Ким --born=1960-02-03 --as-of=2025-12-31)" "0716 same"
    equal "$(found --name=Анна --known-at=2001-01-01)" ""
    sed -n '1p;3s/Жаксыбекова/Сұлтанова/p' list.csv >married.csv
    cq-import -q $day married.csv 2>/dev/null
    equal "$(found --name='Сұлтанова Әсел')" "0016 same"
    equal "$(found --name='Жаксыбекова Әсел')" ""
    cq-import -q $day --undo=2
    equal "$(found --name='Сұлтанова Әсел')" ""
    equal "$(found --name='Жаксыбекова Әсел')" "0016 same"
    equal "$(cq-report check $day | grep '^name_index,' | cut -d, -f3,4)" "ok,0"
}

@test "a registry without the index is searched all the same, and gets one" {
    lists
    sqlite3 cq.db 'DELETE FROM name_index'
    equal "$(found --name='Askar Zhaksybekov' --born=1985-03-05)" "0006 spelling"
    sed -n '1p;3s/Жаксыбекова/Сұлтанова/p' list.csv >married.csv
    cq-import -q $day married.csv 2>/dev/null
    equal "$(sqlite3 cq.db 'SELECT count(*) FROM name_index')" 1
    equal "$(found --name='Askar Zhaksybekov' --born=1985-03-05)" "0006 spelling"
    equal "$(found --name='Сұлтанова Әсел')" "0016 same"
    sqlite3 cq.db 'UPDATE name_index SET keys = zeroblob(0)'
    equal "$(cq-report check $day | grep '^name_index,' | cut -d, -f2-4)" "error,found,4"
}

@test "a question that is none is refused, without its words" {
    lists
    local bad
    for bad in --name= --name=А --name='Серик 85' --born=85 --born=1985-02-30 \
        --name='Аа Бб Вв Гг Дд Ее' --name='С.Б.' --name='Серик А.Б.В.' --name=$'\xff\xfe'; do
        run --separate-stderr cq-report find "$bad"
        equal "$status" 2 "$bad"
        equal "$output" ""
        contains "$stderr" "[CQ-U04"
        lacks "$stderr" "${bad#*=}x"
        [ "${#bad}" -lt 12 ] || lacks "$stderr" "${bad#*=}"
    done
    run --separate-stderr cq-report find
    equal "$status" 2
    contains "$stderr" "[CQ-U042]"
    run cq-report contingent --name=Серик
    equal "$status" 2
}
