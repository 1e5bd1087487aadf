#!/usr/bin/env bash
# The private server through its commands: started, found again, stopped with its data kept, removed.
# shellcheck source=tests/harness/cli.bash
source "$(dirname "$0")/../harness/cli.bash"

case_begin "start, status, url, stop, start again, remove"
user_schema '  name String'
expect 1 bellows server status
says "Never started"
expect 1 bellows server url
says "server start"
expect 0 bellows server stop
says "Not running"
expect 0 bellows server start
says "PostgreSQL"
expect 0 bellows server status
says "Running"
server=$("$bellows" server url)
case $server in postgresql://postgres@localhost*) ;; *) fail "no URL: $server" ;; esac
# A command without a database given works on it.
expect 0 bellows db push
maintenance=${server/dev?host/postgres?host}
psql_ "$maintenance" -c 'CREATE TABLE kept AS SELECT 42 AS n' || fail "no table"
expect 0 bellows server stop
says "stays in"
expect 1 bellows server status
says "Not running; its data is in"
expect 0 bellows server start
[ "$(psql_ "$maintenance" -c 'SELECT n FROM kept')" = 42 ] || fail "the data was not kept"
expect 0 bellows server stop --remove
says "removed"
expect 1 bellows server status
says "Never started"
[ ! -e .bellows/postgres ] || fail "its folder is still there"

finish
