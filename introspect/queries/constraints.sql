-- Constraints of the tables read. definition: only of those that stay as the server has them.
-- foreign_table: only when the table referenced is not in a schema that is read.
-- $1: text[], names of schemas
SELECT
    k.oid AS oid,
    k.conname AS name,
    k.contype AS kind,
    k.conrelid AS table_oid,
    k.conindid AS index_oid,
    CASE WHEN k.contype = 'f' THEN x.relname END AS rests_on,
    k.conkey AS columns,
    k.confrelid AS referenced_oid,
    k.confkey AS referenced_columns,
    k.confdeltype AS on_delete,
    k.confupdtype AS on_update,
    k.condeferrable AS deferrable,
    k.condeferred AS initially_deferred,
    k.convalidated AS valid,
    CASE WHEN k.contype IN ('c', 'x') THEN pg_get_constraintdef(k.oid) END AS definition,
    CASE WHEN k.contype = 'f' AND rn.nspname <> ALL ($1::text[]) THEN rn.nspname || '.' || r.relname END AS foreign_table
FROM pg_constraint AS k
JOIN pg_class AS c ON c.oid = k.conrelid
JOIN pg_namespace AS n ON n.oid = c.relnamespace
LEFT JOIN pg_class AS x ON x.oid = k.conindid
LEFT JOIN pg_class AS r ON r.oid = k.confrelid
LEFT JOIN pg_namespace AS rn ON rn.oid = r.relnamespace
WHERE
    k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND n.nspname = ANY ($1::text[])
    AND NOT c.relispartition
    AND (k.contype <> 'f' OR k.conparentid = 0)
ORDER BY k.conrelid, k.conname
