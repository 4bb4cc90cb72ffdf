# TAB in bash, zsh and fish: each runs in a terminal, with the files where make install puts them,
# and build/tools/typist presses the keys.

load helper

setup_file() {
    export INSTALLED="$BATS_FILE_TMPDIR/installed"
    env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$TOP" install \
        BUILD="${CQ_BUILD:-$TOP/build}" PREFIX="$INSTALLED" >/dev/null
}

# How the shells begin: a prompt to wait for, a key (Ctrl-]) that tells the line and empties it, and
# one (Ctrl-G) that puts all that TAB would offer into the line.
begin_bash() {
    cat >.bashrc <<END
PS1='ready> '
tell() { printf '\\001%s\\002' "\$READLINE_LINE"; READLINE_LINE= READLINE_POINT=0; }
bind -x '"\\C-]": tell'
bind '"\\C-g": insert-completions'
source '$INSTALLED/share/bash-completion/completions/cq-import'
[ ! -e more.bash ] || source ./more.bash
END
}

begin_zsh() { # typing goes on without a pause, and is no paste
    cat >.zshrc <<END
PROMPT='ready> '
tell() { printf '\\001%s\\002' "\$BUFFER"; BUFFER= }
bindkey -e
zle -N tell
bindkey '^]' tell
fpath=('$INSTALLED/share/zsh/site-functions' \$fpath)
autoload -Uz compinit
compinit -u -D
zstyle ':completion:*' insert-tab false
zstyle ':completion:all-matches::::' completer _all_matches _complete
zstyle ':completion:all-matches:*' insert true
zle -C all-matches complete-word _generic
bindkey '^G' all-matches
END
}

begin_fish() {
    mkdir -p config/fish
    cat >config/fish/config.fish <<END
function fish_prompt; echo -n 'ready> '; end
function fish_greeting; end
function tell; printf '\\001%s\\002' (commandline | string collect); commandline -r ''; end
bind \\x1d tell
function all; commandline -r -- (complete -C (commandline) | string replace -r '\\t.*' '' | string join ' '); end
bind \\cg all
END
}

# typed SHELL <KEYS: what each line of keys has become; > there is TAB, * is all at once.
typed() {
    local all=$'\a'
    local -A command=([bash]='--noprofile --rcfile .bashrc -i' [zsh]='-d -i' [fish]='-i')
    command -v "$1" >/dev/null || skip "$1 is not installed"
    "begin_$1"
    # shellcheck disable=SC2086 # words
    sed "s/>/\t/g; s/\*/$all/g" | env TERM=xterm ZDOTDIR="$PWD" XDG_CONFIG_HOME="$PWD/config" \
        XDG_DATA_DIRS="$INSTALLED/share:/usr/local/share:/usr/share" \
        "$CQ_TOOLS/typist" "$1" ${command[$1]}
}

# become SHELL <TABLE: lines of shells;keys;what these become.
become() {
    local shells keys line
    while IFS=';' read -r shells keys line; do
        [[ " $shells " = *" $1 "* || $shells = all ]] || continue
        echo "$keys" >>keys
        echo "$line" >>lines
    done
    typed "$1" <keys >seen
    diff lines seen >difference || fail "$1: $(cat difference)"
}

# Half an option, half a value after = and after a space, lists, words, files; and what has nothing.
press_tab() {
    mkdir -p folder/inner other
    touch people.csv 'my list.XLSX' table.txt folder/more.csv CQ-71-2026-000001-K 850315100006.txt
    become "$1" <<'END'
bash zsh;cq-import --ki>;cq-import --kind=|
fish;cq-import --ki>;cq-import --kind |
all;cq-import --dry>;cq-import --dry-run |
all;cq-import --kind=fa>;cq-import --kind=facilities |
all;cq-import --kind fa>;cq-import --kind facilities |
all;cq-import -k fa>;cq-import -k facilities |
all;cq-import -kfa>;cq-import -kfacilities |
all;cq-import -n -k fa>;cq-import -n -k facilities |
all;cq-import -k verd>-a pros>;cq-import -k verdicts -a prosecution |
all;cq-import -m de>;cq-import -m delta |
all;cq-import --encoding=KO>;cq-import --encoding=KOI8-R |
all;cq-import --delimiter=se>;cq-import --delimiter=semicolon |
all;cq-import -f js>;cq-import -f json |
all;cq-import -f ht>;cq-import -f ht|
all;cq-import --lang=r>;cq-import --lang=ru |
bash;cq-report --by=region,agen>;cq-report --by=region,agency|
zsh;cq-report --by=region,agen>;cq-report --by=region,agency,|
fish;cq-report --by=region,agen>;cq-report --by=region,agency |
bash;cq-report contingent --by=sex,agen>,reg>;cq-report contingent --by=sex,agency,region|
zsh;cq-report contingent --by=sex,agen>reg>;cq-report contingent --by=sex,agency,region,|
all;cq-report contingent --by=body,bod>;cq-report contingent --by=body,bod|
all;cq-report law --by=par>;cq-report law --by=paragraph |
all;cq-report law --by=reg>;cq-report law --by=reg|
bash;cq-refer register --papers=id_card+pass>;cq-refer register --papers=id_card+passport|
zsh;cq-refer register --papers=id_card+pass>;cq-refer register --papers=id_card+passport+|
fish;cq-refer register --papers=id_card+pass>;cq-refer register --papers=id_card+passport |
all;cq-report conti>;cq-report contingent |
all;cq-report -q conti>;cq-report -q contingent |
all;cq-report contingent fac>;cq-report contingent fac|
bash zsh;cq-report leaving --da>90 --ma>;cq-report leaving --days=90 --mask |
fish;cq-report leaving --da>90 --ma>;cq-report leaving --days 90 --mask |
all;cq-report runs --da>;cq-report runs --da|
all;cq-report changes --since=>;cq-report changes --since=last |
all;cq-report all -f >;cq-report all -f html |
all;cq-report person --tim>;cq-report person --timeline |
all;cq-report --tim>;cq-report --timeline |
all;cq-report check -f pr>;cq-report check -f prometheus |
all;cq-report runs -f pr>;cq-report runs -f pr|
bash zsh;cq-report law -f sq>--dia>;cq-report law -f sql --dialect=|
fish;cq-report law -f sq>--dia>;cq-report law -f sql --dialect |
all;cq-report reconcile -a cou>;cq-report reconcile -a courier |
all;cq-report form2 --line=3>;cq-report form2 --line=3|
all;cq-report leaving -s outp>;cq-report leaving -s outpatient |
all;cq-refer iss>;cq-refer issue |
all;cq-refer issue --consent=y>;cq-refer issue --consent=yes |
all;cq-refer issue --urgency=em>;cq-refer issue --urgency=emergency |
all;cq-refer issue --destination=ast>--service=sana>;cq-refer issue --destination=astana --service=sanatorium |
all;cq-refer issue --profile cardiac>;cq-refer issue --profile cardiac_surgery |
all;cq-refer list --status=adm>;cq-refer list --status=admitted |
all;cq-refer accept --status=adm>;cq-refer accept --status=adm|
all;cq-refer list --pap>;cq-refer list --pap|
bash zsh;cq-refer admit --desp>;cq-refer admit --despite=|
fish;cq-refer admit --desp>;cq-refer admit --despite |
all;cq-refer list -f fh>;cq-refer list -f fhir |
all;cq-refer print -f fh>;cq-refer print -f fh|
all;cq-eligible --indicated=y>;cq-eligible --indicated=yes |
all;cq-eligible --indicated y>;cq-eligible --indicated y|
all;cq-eligible --package=os>;cq-eligible --package=osms |
all;cq-eligible --check>;cq-eligible --check-law |
all;cq-import peo>;cq-import people.csv |
all;cq-import my>;cq-import my\ list.XLSX |
all;cq-import tab>;cq-import tab|
all;cq-import fol>;cq-import folder/|
all;cq-import folder/mo>;cq-import folder/more.csv |
all;cq-import people.csv fold>mo>;cq-import people.csv folder/more.csv |
all;cq-import -o tab>;cq-import -o table.txt |
all;cq-import --output=tab>;cq-import --output=table.txt |
all;cq-import --output=~/tab>;cq-import --output=~/table.txt |
all;cq-import -d tab>;cq-import -d table.txt |
all;cq-import --db=folder/in>;cq-import --db=folder/inner/|
all;cq-import --law=fol>;cq-import --law=folder/|
all;cq-import --law=tab>;cq-import --law=tab|
all;cq-eligible --cases=tab>;cq-eligible --cases=table.txt |
all;cq-eligible --against oth>;cq-eligible --against other/|
all;cq-eligible --claims peo>;cq-eligible --claims people.csv |
all;cq-refer issue peo>;cq-refer issue people.csv |
all;cq-refer show CQ>;cq-refer show CQ|
all;cq-refer issue --found-in=CQ>;cq-refer issue --found-in=CQ|
all;cq-eligible 85>;cq-eligible 85|
all;cq-report person --iin=85>;cq-report person --iin=85|
all;cq-refer issue --iin 85>;cq-refer issue --iin 85|
all;cq-import --as-of=tab>;cq-import --as-of=tab|
END
}
@test "TAB in bash" {
    press_tab bash
}
@test "TAB in zsh" {
    press_tab zsh
}
@test "TAB in fish" {
    press_tab fish
}

# What TAB offers is what the program has: all the options of --help, before a report is named.
offers_all() {
    local program line
    {
        for program in $PROGRAMS; do
            echo "$program --*"
        done
        echo "cq-report *"
    } >keys
    typed "$1" <keys >seen
    for program in $PROGRAMS cq-report; do
        read -r line
        tr -s ' |=' '\n' <<<"$line" | sed '/^$/d; /^cq-/d' | sort -u >>offered
        echo "($program)" >>offered
    done <seen
    for program in $PROGRAMS; do
        "$program" --help | sed -n 's/^  \(-[A-Za-z],\|   \) \(--[a-z-]*\).*/\2/p' | sort -u
        echo "($program)"
    done >wanted
    reports | sort >>wanted
    echo "(cq-report)" >>wanted
    diff wanted offered >difference || fail "$1: $(cat difference)"
}
@test "bash offers the options and reports there are, and no other" {
    offers_all bash
}
@test "zsh offers the options and reports there are, and no other" {
    offers_all zsh
}
@test "fish offers the options and reports there are, and no other" {
    offers_all fish
}

@test "TAB in bash does not need = to part words" {
    echo "COMP_WORDBREAKS=\${COMP_WORDBREAKS//=/}" >more.bash
    become bash <<'END'
bash;cq-import --ki>;cq-import --kind=|
bash;cq-import --kind=fa>;cq-import --kind=facilities |
bash;cq-report contingent --by=sex,agen>;cq-report contingent --by=sex,agency|
END
}

@test "what an option is for is told in the language of the environment" {
    local shell
    # shellcheck disable=SC2016 # for the shells
    local -A ask=([fish]='source "$argv[1]/fish/vendor_completions.d/cq-refer.fish"; complete -C "cq-refer issue --prof"'
        [zsh]='_arguments() { print -rl -- "$@" }; service=cq-refer; words=(cq-refer issue --prof); CURRENT=3
            load() { . "$1/zsh/site-functions/_cq" }; load "$1" | grep profile')
    for shell in fish zsh; do
        command -v $shell >/dev/null || skip "$shell is not installed"
        told() {
            # shellcheck disable=SC2046 # zsh wants a name for itself
            env LC_ALL="$1" $shell -c "${ask[$shell]}" $([ $shell = fish ] || echo zsh) "$INSTALLED/share"
        }
        contains "$(told C.UTF-8)" "bed profile"
        contains "$(told kk_KZ.UTF-8)" "төсек бейіні"
        contains "$(told ru_RU.UTF-8)" "профиль койки"
    done
}
