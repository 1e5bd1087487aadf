-- What foreign keys reference and tables.sql did not give.
-- $1: oid[], tables
SELECT r.oid AS oid, n.nspname AS schema, r.relname AS name
FROM pg_class AS r
JOIN pg_namespace AS n ON n.oid = r.relnamespace
WHERE r.oid = ANY ($1::oid[])
