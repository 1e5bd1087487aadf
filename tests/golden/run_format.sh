#!/usr/bin/env bash
# The formatter: layouts, kept beside what they become; and what the command does with files.
#
#     run_format.sh [--accept] BELLOWS
#
# format/<case>.prisma becomes <case>.out, and that becomes itself. --accept rewrites what is kept: review
# the difference like code. The reference's own answers are compared by tests/conformance/format.mjs.
set -u
accept=
[ "${1:-}" = --accept ] && { accept=1; shift; }
bellows=$(realpath "${1:?usage: run_format.sh [--accept] BELLOWS}")
here=$(cd "$(dirname "$0")" && pwd)/format
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export NO_COLOR=1
failed=0
count=0
cd "$work" || exit 1

fail() { echo "FAIL $case: $1"; failed=1; }

# --- layouts ---

for schema in "$here"/*.prisma; do
    case=$(basename "$schema" .prisma)
    count=$((count + 1))
    "$bellows" format - < "$schema" > out 2> err || { cat err; fail "exit code $?"; continue; }
    "$bellows" format - < out > again 2> err || { cat err; fail "formatted, it is refused"; }
    cmp out again || fail "formatting again changes it"
    if [ -n "$accept" ]; then
        cp out "${schema%.prisma}.out"
    else
        diff -u "${schema%.prisma}.out" out || fail "layout"
    fi
done

# --- the command ---

begin() { case=$1; count=$((count + 1)); rm -rf files; mkdir files; cd files || exit 1; }
end() { cd "$work" || exit 1; }
# expect CODE ARGS...: runs; standard output in $out, standard error in $err
expect() {
    local want=$1
    shift
    out=$("$bellows" "$@" 2> "$work/err")
    code=$?
    err=$(cat "$work/err")
    [ $code -eq "$want" ] || { echo "$out$err"; fail "exit code $code, not $want: $*"; }
}
is() { [ "$1" = "$2" ] || fail "\`$1\`, not \`$2\`"; }

good=$'model A {\n  id Int @id\n}\n'
bad=$'model B {\nid Int @id}\n'
odd=$'model B {\nid Int @id\n}'
laid=$'model B {\n  id Int @id\n}'

timeless() { sed -E 's/ in [0-9]+ms 🚀$//' <<< "$out"; }

begin "in place: mode and links are kept, nothing else is touched"
mkdir prisma
printf '%s' "$odd" > prisma/schema.prisma
chmod 640 prisma/schema.prisma
ln -s prisma/schema.prisma link.prisma
expect 0 format --schema link.prisma
is "$(timeless)" "Formatted link.prisma"
is "$(cat prisma/schema.prisma)" "$laid"
is "$(stat -c %a prisma/schema.prisma)" 640
[ -L link.prisma ] || fail "the link is gone"
is "$(ls -A prisma)" schema.prisma
touch -d @1000000000 prisma/schema.prisma
node=$(stat -c %i prisma/schema.prisma)
expect 0 format
is "$(timeless)" "Formatted prisma/schema.prisma"
is "$(stat -c '%i %Y' prisma/schema.prisma)" "$node 1000000000"
end

begin "--check names the files, writes nothing, exits with 2"
mkdir schema
printf '%s' "$good" > schema/a.prisma
printf '%s' "$odd" > schema/b.prisma
printf '%s' "${odd/B/C}" > schema/c.prisma
expect 2 format --check --schema schema
is "$out" $'schema/b.prisma\nschema/c.prisma'
is "$(cat schema/b.prisma)" "$odd"
expect 0 format --schema schema
is "$(timeless)" "Formatted schema"
expect 0 format --check --schema schema
is "$out" ""
is "$err" "All files are formatted correctly!"
end

begin "a file that does not parse: an error with its place, no file touched, exit code 1"
mkdir schema
printf '%s' "$odd" > schema/a.prisma
printf '%s' "$bad" > schema/b.prisma
expect 1 format schema
case $err in *schema/b.prisma:1:*) ;; *) fail "no place: $err" ;; esac
is "$(cat schema/a.prisma)" "$odd"
expect 1 format --check schema
end

begin "standard input to standard output"
out=$(printf '%s' "$odd" | "$bellows" format -)
is "$out" "$laid"
printf '%s' "$odd" | "$bellows" format --check - > "$work/out"
is $? 2
is "$(cat "$work/out")" -
printf '%s' "$bad" | "$bellows" format - > "$work/out" 2> /dev/null
is $? 1
is "$(cat "$work/out")" ""
end

begin "files by name"
printf '%s' "$odd" > a.prisma
printf '%s' "${odd/B/C}" > b.prisma
expect 0 format a.prisma b.prisma
is "$(timeless)" $'Formatted a.prisma\nFormatted b.prisma'
expect 1 format missing.prisma
expect 64 format --chek
end

if [ "$(id -u)" -ne 0 ]; then
    begin "a file that may not be written"
    printf '%s' "$odd" > a.prisma
    chmod 444 a.prisma
    expect 1 format a.prisma
    is "$(cat a.prisma)" "$odd"
    end
fi

echo "$count cases"
exit $failed
