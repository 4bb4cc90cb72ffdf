# Referrals in the tests: a small registry, and how it is asked. Loaded after helper.bash.
# shellcheck disable=SC2034 # the names are for who loads this

DAY=2026-03-02
EMPLOYEE=850315100006   # in Astana, where there is a facility of the bodies
REMOTE=770101100005     # an employee in a region without one
PENSIONER=600704200006  # in Almaty
CHILD=080320100001      # of the employee, 18 on 2026-03-20
APART=900512200005      # family that does not live with the employee

# A registry of five people and their cards, and four facilities.
registry() {
    cat >people.csv <<END
iin,last_name,first_name,birth_date,category,agency,special_rank,sponsor_iin,relation,coresident,residence,service_place
$EMPLOYEE,Бірінші,Адам,1985-03-15,employee,internal_affairs,yes,,,,711110000,711110000
$REMOTE,Екінші,Адам,1977-01-01,employee,prosecution,yes,,,,590000000,590000000
$PENSIONER,Үшінші,Адам,1960-07-04,pensioner,internal_affairs,yes,,,,750000000,
$CHILD,Бірінші,Бала,2008-03-20,family,internal_affairs,,$EMPLOYEE,child,yes,711110000,
$APART,Бірінші,Жұбай,1990-05-12,family,internal_affairs,,$EMPLOYEE,spouse,no,711110000,
END
    cat >facilities.csv <<END
facility,owner,kato,service,profile
MVD-71,mvd,711110000,outpatient,
MVD-71,mvd,711110000,inpatient,
MVD-75,mvd,750000000,outpatient,
CITY-59,health_subject,590000000,outpatient,
END
    cat >cards.csv <<END
iin,facility,card_no,opened_on
$EMPLOYEE,MVD-71,1,2020-01-01
$REMOTE,MVD-71,2,2020-01-01
$PENSIONER,MVD-75,1,2020-01-01
$CHILD,MVD-71,3,2020-01-01
END
    export CQ_DB="$PWD/cq.db"
    import_list contingent people.csv
    import_list facilities facilities.csv
    import_list cards cards.csv
}

# import_list KIND FILE [DATE]
import_list() {
    cq-import -q --kind="$1" --as-of="${3-2026-01-01}" --list-date="${3-2026-01-01}" "$2"
}

issue() {
    cq-refer issue --as-of=$DAY "$@"
}

# column NAME FILE: the cells of a column of a CSV without quotes.
column() {
    awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next }
        { print $at }' "$2"
}

referrals() {
    cq-refer list | tail -n +2 | wc -l
}
