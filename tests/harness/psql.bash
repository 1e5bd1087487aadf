# psql.bash - psql without Debian's wrapper, a Perl script that looks for the program behind it each time. Sourced.
for psql_found in /usr/lib/postgresql/*/bin/psql; do
    if [ -x "$psql_found" ]; then psql_program=$psql_found; fi
done
if [ -n "${psql_program-}" ]; then
    psql() { "$psql_program" "$@"; }
fi
