-- Installed extensions, the language that is always there left out.
-- $1: not used
SELECT e.oid AS oid, e.extname AS name, n.nspname AS schema, e.extversion AS version, e.extrelocatable AS relocatable
FROM pg_extension AS e
JOIN pg_namespace AS n ON n.oid = e.extnamespace
WHERE e.extname <> 'plpgsql'
ORDER BY e.extname
