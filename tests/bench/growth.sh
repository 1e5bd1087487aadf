#!/usr/bin/env bash
# Growth: shapes in which one part is n, 2n and 4n large, through validate, format and plan.
#
#     tests/bench/growth.sh BELLOWS TIMEIT [N]      (N: the largest, default 20000)
#
# The processor's milliseconds and the peak of memory in MiB for each size; `wide` marks what is over a second or 300 MiB at the
# largest. Needs no server.
set -euo pipefail
bellows=${1:?usage: growth.sh BELLOWS TIMEIT [N]}
timeit=${2:?usage: growth.sh BELLOWS TIMEIT [N]}
largest=${3:-20000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# shape NAME N: a schema.
shape() {
    awk -v name="$1" -v n="$2" '
    function each(text, i, line) { for (i = 0; i < n; i++) { line = text; gsub(/#/, i, line); printf "%s", line } }
    function list(i) { for (i = 0; i < n; i++) printf "%sf%d", i == 0 ? "" : ", ", i }
    BEGIN {
        printf "datasource db {\n  provider = \"postgresql\"\n"
        if (name == "schemas") { printf "  schemas = [\"public\""; each(", \"s#\""); print "]" }
        printf "}\n\nmodel A {\n  id Int @id"
        if (name == "unique") for (i = 0; i < 5 * n; i++) printf " @unique"
        print ""
        if (name == "fields" || name == "indexes" || name == "uniques") each("  f# Int?\n")
        if (name == "wide") each("  f# BigInt?\n")
        if (name == "indexes") each("  @@index([f#], map: \"i#\")\n")
        if (name == "uniques") each("  @@unique([f#], map: \"i#\")\n")
        if (name == "relations") each("  b# B[] @relation(\"r#\")\n")
        if (name == "renamed") each("  /// @renamedFrom(f#)\n  g# Int?\n")
        if (name == "owned") each("  f# Int @unique\n  b# B[] @relation(\"r#\")\n")
        if (name == "schemas") print "  @@schema(\"public\")"
        print "}\n"
        if (name == "id") { print "model C {"; each("  f# Int\n"); printf "  @@id(["; list(); print "])\n}" }
        if (name == "relations" || name == "keys") {
            print "model B {\n  id Int @id"
            each("  k# Int?\n" (name == "keys" ? "" : "  a# A? @relation(\"r#\", fields: [k#], references: [id])\n"))
            print "}"
        }
        if (name == "owned") {
            print "model B {\n  id Int @id"
            each("  k# Int?\n  a# A? @relation(\"r#\", fields: [k#], references: [f#])\n")
            print "}"
        }
        if (name == "counting") each("model M# {\n  id Int @id @default(autoincrement())\n}\n\n")
        if (name == "schemas") each("model M# {\n  id Int @id\n  @@schema(\"s#\")\n}\n\n")
        if (name == "models") each("model M# {\n  id Int @id\n}\n\n")
        if (name == "pairs" || name == "widepairs") {
            type = name == "pairs" ? "Int" : "BigInt"
            each("model P# {\n  id " type " @id\n  c C#[]\n}\n\n")
            each("model C# {\n  id Int @id\n  p " type "\n  r P# @relation(fields: [p], references: [id])\n}\n\n")
        }
        if (name == "values" || name == "others") {
            print "enum E {"; each(name == "values" ? "  V#\n" : "  W#\n"); print "}"
        }
        if (name == "mixed") {
            printf "model C {\n  f Int"
            each(" @unique @id @default(1) @map(\"y\") @db.Integer")
            print "\n}"
        }
    }'
}

# Faults in the schema, or another layout, are part of some shapes: exit codes 1 and 2 are no failure.
figures() { # COMMAND...
    local line
    # shellcheck disable=SC2016 # for the inner shell
    line=$("$timeit" 1 bash -c '"$@" || [ $? -le 2 ]' _ "$@" 2> /dev/null) || return 1
    [[ $line == *\"cpu\":* ]] || return 1
    line=${line##*\"cpu\": }
    tr -d "}" <<< "${line/, \"kib\":/}"
}
row() { # LABEL, then a command in which @ stands for the size
    local label=$1 size cpu kib line text=''
    shift
    for size in $((largest / 4)) $((largest / 2)) "$largest"; do
        line=$(figures "${@//@/$size}") || { echo "growth.sh: $label ends otherwise at $size, or timeit does" >&2; exit 1; }
        read -r cpu kib _ <<< "$line"
        text+=$(printf '%9.0f ms %4d MiB' "$cpu" $((kib / 1024)))
    done
    printf '%-34s %s%s\n' "$label" "$text" "$(awk -v c="$cpu" -v k="$kib" 'BEGIN { if (c > 1000 || k > 300 * 1024) print "  wide" }')"
}

for name in none unique id fields wide indexes uniques relations keys schemas models pairs widepairs values others mixed renamed owned counting; do
    for size in $((largest / 4)) $((largest / 2)) "$largest"; do shape "$name" "$size" > "$work/$name.$size.prisma"; done
done
printf '%-34s %18s %18s %18s\n' '' "n = $((largest / 4))" "$((largest / 2))" "$largest"
for name in unique mixed id indexes relations schemas models values; do
    row "validate: $name" "$bellows" validate --schema "$work/$name.@.prisma"
    row "format: $name" "$bellows" format --check --schema "$work/$name.@.prisma"
done
while read -r from to; do
    row "plan: $from to $to" "$bellows" plan --from "$work/$from.@.prisma" --to "$work/$to.@.prisma"
done <<< "none id
id none
fields none
indexes none
none indexes
indexes fields
fields indexes
indexes uniques
fields wide
pairs widepairs
keys relations
relations keys
fields renamed
none owned
models counting
none schemas
schemas none
none models
models none
none values
values others"
