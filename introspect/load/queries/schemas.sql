-- Which of the schemas asked for exist.
-- $1: text[], names of schemas
SELECT n.oid AS oid, n.nspname AS name
FROM pg_namespace AS n
WHERE n.nspname = ANY ($1::text[])
ORDER BY n.nspname
