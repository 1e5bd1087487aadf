-- Constraints of the tables read. definition: only of those that stay as the server has them.
-- $1: oid[], tables
SELECT
    k.oid AS oid,
    k.conname AS name,
    k.contype AS kind,
    k.conrelid AS table_oid,
    k.conindid AS index_oid,
    k.conkey AS columns,
    k.confrelid AS referenced_oid,
    k.confkey AS referenced_columns,
    k.confdeltype AS on_delete,
    k.confupdtype AS on_update,
    k.condeferrable AS deferrable,
    k.condeferred AS initially_deferred,
    k.convalidated AS valid,
    CASE WHEN k.contype IN ('c', 'x') THEN pg_get_constraintdef(k.oid) END AS definition
FROM unnest($1::oid[]) AS c (oid)
JOIN pg_constraint AS k ON k.conrelid = c.oid
WHERE
    k.contype IN ('p', 'u', 'f', 'c', 'x')
    AND (k.contype <> 'f' OR k.conparentid = 0)
ORDER BY k.conrelid, k.conname
