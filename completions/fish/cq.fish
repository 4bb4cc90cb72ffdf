# Completion of the cq programs for fish; installed once under the name of each program.
# To add an option: a line of its program.

for program in cq-import cq-eligible cq-refer cq-report
    complete -c $program -s d -l db -r -F -d 'Registry'
    complete -c $program -l as-of -x -d 'The day the question is about'
    complete -c $program -l known-at -x -d 'Answer as the registry stood then'
    complete -c $program -s o -l output -r -F -d 'Write to a file'
    complete -c $program -s f -l format -x -a 'csv json table' -d 'Form of the output'
    complete -c $program -l lang -x -a 'kk ru en' -d 'Language for people'
    complete -c $program -l law -x -a '(__fish_complete_directories)' -d 'Law tables from a folder'
    complete -c $program -s q -l quiet -d 'Say less'
    complete -c $program -s v -l verbose -d 'Say more'
    complete -c $program -s h -l help -d 'Print help'
    complete -c $program -s V -l version -d 'Print the version'
end

set -l services outpatient inpatient medical_rehabilitation psychological_rehabilitation sanatorium mental_health
set -l agencies prosecution internal_affairs anticorruption economic_investigation fire_service civil_protection courier

complete -c cq-import -s n -l dry-run -d 'Keep nothing'
complete -c cq-import -s k -l kind -x -a 'contingent facilities insurance presidential cards' -d 'Kind of list'
complete -c cq-import -s a -l agency -x -a "$agencies" -d 'Whose list'
complete -c cq-import -s m -l mode -x -a 'delta full' -d 'Changes or the whole list'
complete -c cq-import -l list-date -x -d 'The day the list speaks of'
complete -c cq-import -l rejects -r -F -d 'Bad rows'
complete -c cq-import -l changes -r -F -d 'Every change'
complete -c cq-import -l max-bad -x -d 'Refuse if more percent of rows are bad'
complete -c cq-import -l max-removals -x -d 'Refuse if more percent of people would leave'
complete -c cq-import -l approve -x -d 'Let that import through, once'
complete -c cq-import -l undo -x -d 'Take one run back'
complete -c cq-import -l summary -r -F -d 'Counts as JSON'
complete -c cq-import -l map -x -d 'FIELD=HEADER'
complete -c cq-import -l wait -x -d 'Seconds to wait for a locked registry'
complete -c cq-import -l encoding -x -a 'UTF-8 UTF-16LE UTF-16BE RK1048 CP1251' -d 'Encoding of the input'
complete -c cq-import -l delimiter -x -a 'comma semicolon tab' -d 'Delimiter of the input'

complete -c cq-eligible -f
complete -c cq-eligible -s s -l service -x -a "$services" -d 'What is asked for'
complete -c cq-eligible -l profile -x -d 'Bed profile'
complete -c cq-eligible -l destination -x -a 'local astana almaty' -d 'Where admission is planned'
complete -c cq-eligible -l indicated -a 'yes no' -d 'Medical indications'
complete -c cq-eligible -l package -x -a 'gobmp osms none' -d 'Package of the service'
complete -c cq-eligible -l duty-injury -d 'Injury received on duty'
complete -c cq-eligible -l all -d 'Every person of the registry'
complete -c cq-eligible -l facts -d 'Input rows are facts'
complete -c cq-eligible -l roles -d 'One row for every role'
complete -c cq-eligible -l explain -d 'Facts, rule and what would change the answer'
complete -c cq-eligible -l why-not -d 'Add what would turn a refusal'
complete -c cq-eligible -l all-facts -d 'Facts that nobody can change, too'
complete -c cq-eligible -l receipt -d 'Add a receipt'
complete -c cq-eligible -l replay -rF -d 'Recompute receipts of a file'
complete -c cq-eligible -l against -rfa '(__fish_complete_directories)' -d 'Decide under other law tables, too'
complete -c cq-eligible -l check-law -d 'Prove the law tables'

complete -c cq-refer -f
complete -c cq-refer -n __fish_use_subcommand -a 'issue show list'
complete -c cq-refer -s n -l dry-run -d 'Keep nothing'
complete -c cq-refer -l iin -x -d 'IIN of the patient'
complete -c cq-refer -l service -x -a "$services" -d 'What is asked for'
complete -c cq-refer -l profile -x -d 'Bed profile'
complete -c cq-refer -l destination -x -a 'local astana almaty' -d 'Where admission is planned'
complete -c cq-refer -l facility -x -d 'Receiving facility'
complete -c cq-refer -l diagnosis -x -d 'ICD-10 code'
complete -c cq-refer -l indication -x -d 'Medical indication'
complete -c cq-refer -l urgency -x -d 'Planned or emergency'
complete -c cq-refer -l from-facility -x -d 'Referring facility'
complete -c cq-refer -l referrer -x -d 'Who refers'
complete -c cq-refer -l planned-on -x -d 'Planned day'
complete -c cq-refer -l bureau-code -x -d 'Code of the Hospitalisation Bureau'
complete -c cq-refer -l status -x -a 'issued accepted rejected admitted completed cancelled expired' -d 'Only this state'
complete -c cq-refer -l overdue -d 'Only overdue referrals'

complete -c cq-report -f
complete -c cq-report -n __fish_use_subcommand -a 'contingent law runs'
complete -c cq-report -s f -l format -x -a 'csv json table html sql' -d 'Form of the output'
complete -c cq-report -l by -x -a 'region agency category body sex age' -d 'Dimensions of the count'
complete -c cq-report -l excel -d 'CSV for spreadsheets'
complete -c cq-report -l dialect -x -a 'sqlite postgresql clickhouse' -d 'Dialect of SQL'
