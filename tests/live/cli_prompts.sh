#!/usr/bin/env bash
# cli_prompts.sh BELLOWS - questions on a terminal: what is an answer and what is none.
#
# At each question Ctrl-C, SIGTERM and the end of the input write and apply nothing, with libedit and without it.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"
terminal=$(realpath "$(dirname "$0")/../harness/terminal.py")
command -v python3 > /dev/null || { echo "SKIPPED no python3, which plays the terminal"; exit 77; }

migrations() { find prisma/migrations -name migration.sql 2> /dev/null | wc -l; }
left() { psql_ "$url" -c "SELECT count(*) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relname = 'A' AND attnum > 0 AND NOT attisdropped" -c 'SELECT count(*) FROM "A"'; }

a_schema() {
    printf 'datasource db {\n  provider = "postgresql"\n}\n\nmodel A {\n  id Int @id\n%s\n}\n' "$1" | schema
}

# A database with a row, and a schema that asks the question. flag: what answers it beforehand.
declare -A pattern flag
questions=(name rename consent absorb reset push gates config)
pattern[name]='Name of' pattern[rename]='renamed' pattern[consent]='Data will be lost' pattern[absorb]='Data will be lost'
pattern[reset]='All data in' pattern[push]='Data will be lost' pattern[gates]='Which of these' pattern[config]='cannot be read without'
flag[name]='--name x' flag[rename]='--rename A.b=c --name x' flag[consent]='--accept-data-loss' flag[absorb]='--accept-data-loss' flag[reset]='--force'
flag[push]='--accept-data-loss' flag[gates]='--contract two' flag[config]='--config-node'
prepare() {
    case_begin "$1: $2"
    a_schema '  b String?'
    expect 0 bellows migrate dev --name base --skip-generate --url "$url"
    psql_ "$url" -c "INSERT INTO \"A\" VALUES (1, 'x')"
    command=(migrate dev --skip-generate --url "$url")
    case $1 in
        name) a_schema $'  b String?\n  c Int?' ;;
        rename) a_schema '  c String?' ;;
        consent) a_schema ''; command+=(--name x) ;;
        absorb) # the column was made by hand, and another that the schema does not have
            psql_ "$url" -c 'ALTER TABLE "A" ADD c int, ADD d int' -c 'UPDATE "A" SET d = 1'
            a_schema $'  b String?\n  c Int?'; command+=(--name x) ;;
        reset) command=(migrate reset --skip-generate --url "$url") ;;
        push) a_schema ''; command=(db push --skip-generate --url "$url") ;;
        gates) # two plans wait: written elsewhere, since `migrate dev` runs what waits
            a_schema '  c String?'
            expect 0 bellows migrate dev --create-only --name one --rename A.b=c --skip-generate --url "$url&schema=other"
            a_schema $'  c String?\n}\n\nmodel B {\n  id Int @id'
            expect 0 bellows migrate dev --create-only --name table --skip-generate --url "$url&schema=other"
            a_schema $'  c String?\n}\n\nmodel D {\n  id Int @id'
            expect 0 bellows migrate dev --create-only --name two --rename B=D --skip-generate --url "$url&schema=other"
            expect 0 bellows migrate deploy --url "$url"
            answered=(migrate deploy --url "$url")
            command=("${answered[@]}" --contract) ;;
        config) # a schema of version 7, and a program that says where it is
            printf 'export default { schema: where() }\n' > prisma.config.ts
            command=(migrate status --url "$url") ;;
    esac
    [ "$1" = gates ] || answered=("${command[@]}")
    before="$(migrations) $(left)"
}
unchanged() { [ "$before" = "$(migrations) $(left)" ] || fail "something was done: $before became $(migrations) $(left)"; }

for question in "${questions[@]}"; do
    prepare "$question" "Ctrl-C"
    expect 130 "$terminal" "${pattern[$question]}" '\x03' -- "$bellows" "${command[@]}"
    unchanged
    expect 130 "$terminal" --without-editor "${pattern[$question]}" '\x03' -- "$bellows" "${command[@]}"
    unchanged
    expect 143 "$terminal" "${pattern[$question]}" signal:TERM -- "$bellows" "${command[@]}"
    unchanged
    expect 3 "$terminal" "${pattern[$question]}" '\x04' -- "$bellows" "${command[@]}"
    says "the input ended where an answer was wanted"
    unchanged
    expect 3 "$terminal" --without-editor "${pattern[$question]}" '\x04' -- "$bellows" "${command[@]}"
    unchanged
    expect 130 "$terminal" "${pattern[$question]}" 'half\x03' -- "$bellows" "${command[@]}"
    unchanged
    asked=$out
    # shellcheck disable=SC2086 # words
    "$terminal" "${pattern[$question]}" '\x03' -- "$bellows" "${answered[@]}" ${flag[$question]} > said 2>&1
    code=$? out=$(cat said)
    case $code/$question in 0/* | 1/config) ;; *) fail "exit code $code with ${flag[$question]}" ;; esac
    grep -q "${pattern[$question]}" <<< "$asked" || fail "what is asked is not seen"
    [ "$question" = config ] || says_not "${pattern[$question]}"
    says_not "[y/N]"
done

# Whatever else is typed is no consent. A name is one, of what letters it has.
long=$(printf 'x%.0s' {1..5000})
for garbage in 'yx\n' 'y\x1b[A\x1b[200~\xff\xfe\xc3 no\x1b]0;t\x07; DROP TABLE "A"\n' "\\x16\\x1b$long\\xe2\\x80\\xae\\n"; do
    kinds=(consent reset gates)
    [ "$garbage" != 'yx\n' ] || kinds+=(push config)
    for question in "${kinds[@]}"; do
        prepare "$question" "garbage, ${#garbage} bytes"
        [ "$question" = reset ] || editor=--without-editor
        # shellcheck disable=SC2086 # none, or one
        "$terminal" ${editor-} "${pattern[$question]}" "$garbage" -- "$bellows" "${command[@]}" > said 2>&1
        code=$? out=$(cat said)
        case $code in 1 | 3 | 64 | 130) ;; *) fail "exit code $code" ;; esac
        case $out in *Sanitizer* | *'runtime error:'* | *'no output any more'*) fail "it does not end well" ;; esac
        unchanged
        unset editor
    done
done
case_begin "garbage, as a name"
a_schema '  b Int?'
expect 0 "$terminal" 'Name of' '\x1b[A\xff../\x1b]0;t\x07a\xe2\x80\xae b\n' -- "$bellows" migrate dev --skip-generate --url "$url"
[ "$(find prisma/migrations -mindepth 1 -maxdepth 1 -type d -name '[0-9]*' | grep -c '/[0-9]*\(_[a-z0-9_]*\)\?$')" = 1 ] || { out=$(ls prisma/migrations); fail "another name"; }

# Prompts are rows of a table (cli/console/prompts.def), which the reference prints.
case_begin "every question is tried here, and has the flag that is tried"
rows=0
while IFS='|' read -r _ question _ option _; do
    option=$(sed 's/^ `\(--[a-z-]*\).*/\1/' <<< "$option")
    rows=$((rows + 1)) tried=
    for name in "${questions[@]}"; do
        [[ $question == *"${pattern[$name]}"* && ${flag[$name]} == "$option"* ]] && tried=1
    done
    [ -n "$tried" ] || fail "nothing asks \"$question\" here, or it is not answered by $option"
done < <("$bellows" help --as markdown | sed -n '/^## Questions/,/^## bellows/s/^\(| .*|\)$/\1/p' | tail -n +3)
[ "$rows" -ge 6 ] || fail "only $rows questions are known"

prepare gates "nobody is asked with --no-interactive"
"$terminal" "${pattern[gates]}" '\x03' -- "$bellows" "${command[@]}" --no-interactive > said 2>&1
code=$? out=$(cat said)
says "error[E0537]"
says_not "${pattern[gates]}"
[ "$code" = 3 ] || fail "exit code $code"

case_begin "who cannot answer by a flag is not asked"
a_schema '  b String?'
expect 0 bellows migrate dev --name base --skip-generate --url "$url"
a_schema '  c String?'
expect 2 "$terminal" 'renamed' '\x03' -- "$bellows" check --url "$url"
says_not "renamed?"

# A backfill of some batches is pending.
prepare_fill() {
    case_begin "$1"
    a_schema '  b Int?'
    expect 0 bellows migrate dev --name base --skip-generate --url "$url"
    psql_ "$url" -c 'INSERT INTO "A" SELECT g, g FROM generate_series(1, 30000) AS g' -c 'ANALYZE "A"'
    a_schema $'  b Int?\n  /// @backfill("id" * 2)\n  c Int'
    expect 0 bellows migrate dev --create-only --name fill --skip-generate --url "$url"
}
bars() { grep -cE '\[[#.]+\] +[0-9]+ %' <<< "$out"; }
prepare_fill "a bar stands on a terminal while a backfill runs"
expect 0 "$terminal" never '' -- "$bellows" migrate deploy --url "$url"
[ "$(bars)" -gt 0 ] || fail "no bar was drawn"
[[ $out == *" of about 30000 rows, "*" rows/s, "*" s left"* ]] || fail "rows, rate and time left are not told"
says "_fill_2_backfill: 30000 rows"
for where in no-interactive json pipe; do
    prepare_fill "no bar: $where"
    if [ $where = pipe ]; then
        expect 0 bellows migrate deploy --url "$url"
        [[ $out != *$'\033'* && $out != *$'\r'* ]] || fail "a pipe is drawn on"
        says "_fill_2_backfill: 30000 rows"
    else
        expect 0 "$terminal" never '' -- "$bellows" migrate deploy --url "$url" --$where
    fi
    [ "$(bars)" = 0 ] || fail "a bar was drawn"
done

case_begin "an answer is edited, with letters of more than a byte"
a_schema ''
expect 0 "$terminal" 'Name of' 'wrong\x15Fu\xc3\x9fbaall\x02\x02\x08\x05 s\x08tor\n' -- "$bellows" migrate dev --skip-generate --url "$url"
[ -n "$(find prisma/migrations -maxdepth 1 -name '*_fussball_tor')" ] || { out=$(ls prisma/migrations); fail "the line was not edited"; }

case_begin "an empty answer is an answer; without an editor the terminal edits"
a_schema ''
expect 0 "$terminal" 'Name of' '\n' -- "$bellows" migrate dev --skip-generate --url "$url"
a_schema '  b Int?'
expect 0 "$terminal" --without-editor 'Name of' 'onx\x7fe\n' -- "$bellows" migrate dev --skip-generate --url "$url"
[ -n "$(find prisma/migrations -maxdepth 1 -name '*_one')" ] || { out=$(ls prisma/migrations); fail "no migration of that name"; }
a_schema '  c Int?'
expect 0 "$terminal" 'renamed' 'y\n' 'Name of' 'two\n' -- "$bellows" migrate dev --skip-generate --url "$url"
expect 0 "$terminal" 'All data' 'y\n' -- "$bellows" migrate reset --skip-generate --url "$url"
expect 130 "$terminal" 'All data' 'n\n' -- "$bellows" migrate reset --skip-generate --url "$url"

case_begin "a question wider than the terminal is broken between words, and asked in its last line"
a_schema '  b String?'
expect 0 bellows migrate dev --name base --skip-generate --url "$url"
for editor in '' --without-editor; do
    # shellcheck disable=SC2086 # one word, or none
    expect 130 "$terminal" --columns 40 $editor '.y/N.' 'n\n' -- "$bellows" migrate reset --skip-generate --url "$url"
    asked=$(sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g; s/\r//g' <<< "$out" | grep -F '[y/N]' | tail -n 1)
    [[ ${#asked} -le 40 && $asked == *'[y/N]'* && $asked != *'All data'* ]] || fail "the question is not broken: $asked"
done

case_begin "nothing is asked where the page goes into a file"
a_schema '  b String?'
expect 0 bellows migrate dev --name base --skip-generate --url "$url"
a_schema '  c String?'
# shellcheck disable=SC2016
expect 0 "$terminal" 'renamed' '\x03' -- sh -c '"$0" plan --url "$1" > page' "$bellows" "$url"
says_not "renamed?"
expect 0 "$terminal" 'renamed' '\x03' -- "$bellows" plan --url "$url" -o page
says_not "renamed?"
grep -q rename page || { out=$(cat page); fail "the page does not say how to state a rename"; }

case_begin "the page fits the terminal, coloured and not, and nobody who stops reading is told of it"
a_schema $'  b String?\n  a_rather_long_name_of_a_column_that_takes_more_than_a_narrow_terminal_has Int?'
expect 0 bellows migrate dev --name base --skip-generate --url "$url"
a_schema $'  c String?\n  a_rather_long_name_of_a_column_that_takes_more_than_a_narrow_terminal_has String @unique'
# Of what the page says, without colours: the question's answer is given, and a name that is wider than the terminal stays whole.
widest() {
    expect 0 "$terminal" --columns "$1" 'renamed' 'y\n' -- "${@:2}"
    python3 -c 'import re, sys
page = re.sub("\x1b\\[[0-9;]*m", "", sys.stdin.read().replace("\r", ""))
print(max(len(line) for line in page[page.index("\nplan ") + 1:].split("\n") if not re.fullmatch(" *\"[a-z_]+\",?", line)))' <<< "$out"
}
for columns in 60 80 120; do
    for colour in NO_COLOR FORCE_COLOR; do
        got=$(widest "$columns" env "$colour=1" "$bellows" plan --url "$url")
        [ "$got" -le "$columns" ] || fail "a line of $got columns on a terminal of $columns, $colour"
    done
done
expect 0 bash -o pipefail -c '"$0" plan --rename A.b=c | true' "$bellows"
[ -z "$out" ] || fail "a broken pipe is told"
expect 1 sh -c '"$0" plan --rename A.b=c > /dev/full' "$bellows"
says "standard output"
expect 0 env FORCE_COLOR=1 "$bellows" plan --rename A.b=c -o page
grep -q "$(printf '\033')" page && fail "colours in a file"

finish
