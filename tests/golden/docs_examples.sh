#!/usr/bin/env bash
# The examples of the documents are schemas, and say what bellows makes of them.
#
#     docs_examples.sh BELLOWS
#
# Looked at: docs/*.md and README.md, every block fenced as
#   prisma                    valid, without a warning
#   prisma error E0210        refused, with diagnostics of that code and no other
#   prisma fragment           no whole schema: fields alone are put into a model, a model without an id gets one.
#                             `error` may follow
# A block without a datasource gets one in front. A block fenced as sql right after an example starts with the
# line `-- makes` and is the script from nothing to that schema, to the byte, without its CreateSchema steps;
# a line that starts with eight blanks belongs to the line above.
set -u
bellows=$(realpath "${1:?usage: docs_examples.sh BELLOWS}")
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

pass() { passed=$((passed + 1)); }
fail() { echo "FAIL $1"; failed=$((failed + 1)); }

# Writes N.prisma and N.sql below `out`, and a line `N PLACE CODE` for each example (`-` for none), or
# `bad PLACE WHAT` for a block that cannot be one.
extract() {
    awk -v out="$work" '
        function bad(what) { print "bad", place, what }
        function put(file, text) { printf "%s", text > file; close(file) }
        # Fields alone become a model; a model without an id gets one.
        function whole(text,    n, i, line, in_model, has_id, done) {
            if (text !~ /(^|\n)(model|view|enum|type|datasource|generator) /) text = "model Fragment {\n" text "}\n"
            n = split(text, line, "\n")
            for (i = 1; i < n; i++) {
                if (line[i] ~ /^model /) { in_model = 1; has_id = 0 }
                if (line[i] ~ /@id([^A-Za-z]|$)/) has_id = 1
                if (line[i] ~ /^}/ && in_model) {
                    if (!has_id) done = done "  idOfFragment Int @id\n"
                    in_model = 0
                }
                done = done line[i] "\n"
            }
            return done
        }
        function end_prisma() {
            if (fragment) text = whole(text)
            if (text !~ /(^|\n)datasource /) text = "datasource db {\n  provider = \"postgresql\"\n}\n\n" text
            count++
            put(out "/" count ".prisma", text)
            print count, place, code
            follows = 1
        }
        function end_sql() {
            if (text !~ /^-- makes\n/) { if (follows) bad("the first line is not `-- makes`"); return }
            if (!follows) { bad("`-- makes` follows no example"); return }
            sub(/^-- makes\n/, "", text)
            gsub(/\n        +/, " ", text)
            put(out "/" count ".sql", text)
        }
        function start_prisma(    i) {
            fragment = 0
            code = "-"
            i = 2
            if ($i == "fragment") { fragment = 1; i++ }
            if ($i == "error" && $(i + 1) ~ /^[EP][0-9]+$/) { code = $(i + 1); i += 2 }
            if (i <= NF) bad("`" $0 "`: unknown words")
        }
        FNR == 1 { if (kind != "") bad("the block is not closed"); kind = ""; follows = 0 }
        kind == "" && /^ *```/ {
            place = FILENAME ":" FNR
            sub(/^ *```/, "")
            kind = $1 == "" ? "plain" : $1
            text = ""
            if (kind == "prisma") start_prisma()
            next
        }
        kind != "" && /^ *``` *$/ {
            if (kind == "prisma") end_prisma()
            else { if (kind == "sql") end_sql(); follows = 0 }
            kind = ""
            next
        }
        kind != "" { text = text $0 "\n"; next }
        /[^ ]/ { follows = 0 }
        END { if (kind != "") bad("the block is not closed") }
    ' "$@"
}

# The codes of all diagnostics, each once, on one line.
codes() { awk -F'[][]' '/^(error|warning)\[/ && !seen[$2]++ { printf "%s%s", sep, $2; sep = " " }' "$1"; }

# check N PLACE CODE
check() {
    local said status
    timeout 60 "$bellows" validate --schema "$work/$1.prisma" >"$work/out" 2>&1 </dev/null
    status=$?
    said=$(codes "$work/out")
    if [ "$3" = - ] && [ "$status" -eq 0 ] && [ -z "$said" ]; then
        pass
    elif [ "$3" != - ] && [ "$status" -eq 1 ] && [ "$said" = "$3" ]; then
        pass
    else
        cat "$work/out"
        fail "$2: expected ${3/#-/nothing} and got ${said:-nothing}, exit code $status"
    fi
}

# One step is a comment with its name and what follows; blank lines at the end do not count.
without_schemas() {
    awk '/^-- [A-Z][A-Za-z]+$/ { skip = $2 == "CreateSchema" }
         skip { next }
         /^$/ { blank = blank "\n"; next }
         { printf "%s%s\n", blank, $0; blank = "" }' "$1"
}

# check_sql N PLACE
check_sql() {
    if ! timeout 60 "$bellows" migrate diff --from-empty --to-schema "$work/$1.prisma" --script \
        >"$work/out" 2>"$work/err" </dev/null; then
        cat "$work/err"
        fail "$2: no script"
    elif diff -u --label "$2" --label bellows "$work/$1.sql" <(without_schemas "$work/out"); then
        pass
    else
        fail "$2: another script"
    fi
}

# Away from projects and their settings; the pages are read first.
extract docs/*.md README.md >"$work/examples"
cd "$work" || exit 1
while read -r n place code; do
    if [ "$n" = bad ]; then
        fail "$place: $code"
        continue
    fi
    check "$n" "$place" "$code"
    [ ! -e "$n.sql" ] || check_sql "$n" "$place"
done <examples

[ $((passed + failed)) -gt 0 ] || fail "no examples found"
echo "$passed passed, $failed failed, 0 skipped"
[ "$failed" -eq 0 ]
