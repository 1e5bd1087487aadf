#!/usr/bin/env bash
# What the program says about itself: the reference is the tables', the pages for `man` are proper, real shells complete by what is
# printed for them, every page that a message cites is in the program.
#
#     manual.sh [--accept] BELLOWS
#
# --accept writes docs/commands.md anew.
set -u
accept=
[ "${1:-}" = --accept ] && { accept=1; shift; }
bellows=$(realpath "${1:?usage: manual.sh [--accept] BELLOWS}")
cd "$(dirname "$0")/../.." || exit 1
terminal=$PWD/tests/harness/terminal.py
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
pass() { passed=$((passed + 1)); }
fail() { echo "FAIL $1"; failed=$((failed + 1)); }
skip() { echo "SKIPPED $1"; skipped=$((skipped + 1)); }
mkdir "$work/bin"
ln -s "$bellows" "$work/bin/bellows"
export PATH=$work/bin:$PATH

# --- the reference ---

bellows help --as markdown >"$work/commands.md" || fail "no reference"
if [ -n "$accept" ]; then
    cp "$work/commands.md" docs/commands.md
elif diff -u docs/commands.md "$work/commands.md"; then
    pass
else
    fail "docs/commands.md is not what the tables say: tests/golden/manual.sh --accept"
fi

mapfile -t commands < <(sed -n 's/^## bellows //p' "$work/commands.md")
[ ${#commands[@]} -ge 20 ] || fail "found only ${#commands[@]} commands"

# --- pages for man ---

check_man() { # NAME WORD...
    local name=$1
    shift
    bellows help "$@" --as man >"$work/$name.1" || { fail "no page $name"; return; }
    groff -man -Tutf8 -ww -z "$work/$name.1" 2>"$work/err" >/dev/null
    man -l "$work/$name.1" >"$work/text" 2>>"$work/err" </dev/null
    if [ -s "$work/err" ]; then
        cat "$work/err"
        fail "man page $name"
    elif grep -q 'EXIT STATUS' "$work/text" && { [ $# -eq 0 ] || grep -q -- '--help' "$work/text"; }; then
        pass
    else
        fail "man page $name says too little"
    fi
}
if command -v groff >/dev/null && command -v man >/dev/null; then
    export MANPAGER=cat MANWIDTH=80
    check_man bellows
    for command in "${commands[@]}"; do
        # shellcheck disable=SC2086 # one or two words
        check_man "bellows-${command// /-}" $command
    done
else
    skip "the pages for man: no man or no groff"
fi

# --- every word that is offered, and that help knows ---

for command in "${commands[@]}"; do
    # shellcheck disable=SC2086 # one or two words
    bellows help $command >"$work/text" || fail "bellows help $command"
    grep -q "^Usage: bellows $command" "$work/text" || fail "bellows help $command explains something else"
done
bellows help topics >"$work/topics" || fail "no topics"
while read -r topic rest; do
    bellows help "$topic" >"$work/text" || fail "bellows help $topic"
    cmp -s "docs/${topic#docs/}.md" "$work/text" || fail "bellows help $topic is not docs/$topic.md"
    # On a terminal only code may be wider.
    for width in 60 80 120; do
        COLUMNS=$width bellows help "$topic" | awk -v width=$width -v topic="$topic" '
            /^    / || /^ *[^ ]+$/ { next }
            { line = $0; gsub(/[\200-\277]/, "", line) }
            length(line) > width { print "FAIL " topic " at " width ": " $0; bad = 1 }
            END { exit bad }' || failed=$((failed + 1))
    done
    pass
done < <(sed -n 's/^  \([a-z].*\)/\1/p' "$work/topics")
bellows help add-unique >"$work/text" && cmp -s docs/hazards/add-unique.md "$work/text" || fail "the end of a topic is not enough"
bellows help frobnicate >/dev/null 2>"$work/err"
[ $? -eq 64 ] || fail "an unknown topic is no wrong usage"

# What messages cite.
grep -rhoE '`bellows help [a-z0-9/-]+`' --include='*.def' --include='*.c' base grammar compiler introspect runtime cli |
    tr -d '`' | sed 's/^bellows help //' | sort -u >"$work/cited"
[ -s "$work/cited" ] || fail "no message cites a page"
while read -r topic; do
    bellows help "$topic" >/dev/null || fail "a message cites \`bellows help $topic\`"
done <"$work/cited"
if grep -rnE '^[^*]*"[^"]*docs/[a-z/]+\.md' --include='*.def' --include='*.c' base grammar compiler introspect runtime cli; then
    fail "a message cites a file that a user of the binary has not"
fi

# --- shells ---

# offers SHELL WANTED TYPED: after a tab behind TYPED the line of SHELL, on a terminal, goes on with WANTED.
offers() {
    local how=("$1" --norc -i)
    [ "$1" = zsh ] && how=(zsh -f -o no_prompt_sp -i)
    local prompt='ready> '
    [ "$1" = bash ] && prompt='bash-[0-9.]+[#$] '
    local load="source <(bellows completion $1)"
    [ "$1" = zsh ] && load="autoload -Uz compinit; compinit -u -D; $load"
    PS1='ready> ' PROMPT='ready> ' "$terminal" "$prompt" "$load"'\n' "$prompt" "$3"'\t' "$2" '\x03' "$prompt" 'exit 0\n' \
        -- "${how[@]}" >"$work/out" 2>&1
    if grep -qF -- "$2" "$work/out" && ! grep -qF 'no output any more' "$work/out"; then
        pass
    else
        cat -v "$work/out"
        fail "$1 does not offer $2 after: $3"
    fi
}
for shell in bash zsh; do
    if ! command -v $shell >/dev/null || ! command -v python3 >/dev/null; then
        skip "completion in $shell: it or python3 is not installed"
        continue
    fi
    offers $shell migrate 'bellows migr'
    offers $shell deploy 'bellows migrate dep'
    offers $shell --create-only 'bellows migrate dev --cr'
    offers $shell --with-model 'bellows init --w'
    offers $shell fish 'bellows completion fi'
done
if command -v fish >/dev/null; then
    bellows completion fish >"$work/bellows.fish"
    while IFS='|' read -r typed wanted; do
        HOME=$work fish --no-config -c "source $work/bellows.fish; complete -C '$typed'" >"$work/out" 2>&1
        if cut -f1 "$work/out" | grep -qxF -- "$wanted"; then pass; else cat "$work/out"; fail "fish does not offer $wanted after: $typed"; fi
    done <<'END'
bellows migr|migrate
bellows migrate dep|deploy
bellows migrate dev --cr|--create-only
bellows init --w|--with-model
bellows completion fi|fish
END
else
    skip "completion in fish: it is not installed"
fi
bellows completion tcsh >/dev/null 2>&1
[ $? -eq 64 ] || fail "an unknown shell is no wrong usage"

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
