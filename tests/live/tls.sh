#!/usr/bin/env bash
# shellcheck disable=SC2119,SC2016  # user_schema takes fields, not our arguments; SQL has dollar quotes
# TLS and libpq's options through the URL, against a server that speaks TLS on the loopback address.
#
# Run through: private_server --setting listen_addresses=127.0.0.1 --setting port=PORT -- tls.sh BELLOWS PORT
port=${2:?usage: tls.sh BELLOWS PORT}
export BELLOWS_TEST_URL=${BELLOWS_TEST_URL/:5432\//:$port/} # the socket is named after the port
# shellcheck source=tests/harness/cli.bash disable=SC2154
source "$(dirname "$0")/../harness/cli.bash"

if ! command -v openssl > /dev/null; then
    echo "SKIPPED: no openssl to make a certificate with"
    exit 77
fi

data=$(psql_ "$BELLOWS_TEST_URL" -c 'SHOW data_directory')
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 \
    -keyout "$root/server.key" -out "$root/server.crt" 2> /dev/null
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=other -keyout "$root/other.key" -out "$root/other.crt" 2> /dev/null
cp "$root/server.crt" "$root/server.key" "$data/"
chmod 600 "$data/server.key"
[ "$(id -u)" -ne 0 ] || chown --reference="$data" "$data/server.key" "$data/server.crt"
printf 'local all all trust\nhostssl all all 127.0.0.1/32 trust\n' > "$data/pg_hba.conf"
psql_ "$BELLOWS_TEST_URL" -c 'ALTER SYSTEM SET ssl = on' -c 'SELECT pg_reload_conf()' > /dev/null
sleep 1
tls() { echo "postgresql://postgres@127.0.0.1:$port/$database?$1"; }

case_begin "certificates are checked when the URL says so"
user_schema
expect 0 bellows migrate dev --name init --url "$(tls sslmode=require)"
query_gives "SELECT count(*) FROM _prisma_migrations" 1
expect 0 bellows migrate status --url "$(tls "sslmode=verify-full&sslrootcert=$root/server.crt")"
expect 1 bellows migrate status --url "$(tls "sslmode=verify-full&sslrootcert=$root/other.crt")"
says P1011
expect 0 bellows migrate status --url "$(tls "sslmode=require&sslaccept=strict&sslcert=$root/server.crt")"
expect 1 bellows migrate status --url "$(tls "sslmode=require&sslaccept=strict&sslcert=$root/other.crt")"
expect 0 bellows migrate status --url "$(tls "sslmode=require&sslaccept=accept_invalid_certs")"

case_begin "a relative certificate is beside what names it: the configuration, else the schema; on the command line, here"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
relative=$(tls "sslmode=verify-full&sslrootcert=ca.pem")
expect 1 env DATABASE_URL="$relative" "$bellows" migrate status
cp "$root/server.crt" prisma/ca.pem
expect 0 env DATABASE_URL="$relative" "$bellows" migrate status
expect 1 bellows migrate status --url "$relative"
mkdir -p elsewhere
expect 0 env DATABASE_URL="$relative" bash -c "cd elsewhere && '$bellows' migrate status --schema ../prisma/schema.prisma --migrations ../prisma/migrations"
printf 'export default { schema: "prisma/schema.prisma", datasource: { url: process.env.DATABASE_URL } }\n' > prisma.config.ts
expect 1 env DATABASE_URL="$relative" "$bellows" migrate status
mv prisma/ca.pem .
expect 0 env DATABASE_URL="$relative" "$bellows" migrate status
expect 0 bellows migrate status --url "$relative"

case_begin "no TLS, no entry: the server only takes hostssl here"
user_schema
expect 1 bellows migrate status --url "$(tls sslmode=disable)"

case_begin "libpq's other options reach the server"
user_schema
expect 0 bellows migrate dev --name init --url "$url"
printf 'SELECT 1 / (current_setting($$application_name$$) = $$from-url$$)::int / (current_setting($$work_mem$$) = $$5MB$$)::int;' > probe.sql
expect 0 bellows db execute --file probe.sql --url "$(tls "sslmode=require&application_name=from-url&options=-c%20work_mem%3D5MB")"
printf '[mine]\nhost=127.0.0.1\nport=%s\nuser=postgres\ndbname=%s\nsslmode=require\n' "$port" "$database" > service.conf
PGSERVICEFILE=$PWD/service.conf expect 0 bellows migrate status --url "postgresql:///?service=mine"

finish
