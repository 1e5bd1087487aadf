#!/usr/bin/env bash
# What generators receive and how they are run.
source "$(dirname "$0")/../harness/cli.bash"

case_begin "dmmf prints the schema as generators receive it"
user_schema "" "@@map(\"users\")"
expect 0 bellows dmmf
says '"dbName": "users"'
says '"createOne": "createOneUser"'
expect 0 bellows dmmf --output out.json
expect 0 grep -c '"datamodel"' out.json

case_begin "dmmf of a broken schema says what is wrong and prints nothing"
user_schema "oops Missing"
expect 1 bellows dmmf
says "E0"
says_not "datamodel"

finish
