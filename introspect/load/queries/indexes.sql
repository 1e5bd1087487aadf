-- Indexes of the tables read; those of primary keys and exclusion constraints left out.
-- columns, options, classes, collations: vectors, one entry per column; 0 in columns is an expression.
-- The inner query makes `indnullsnotdistinct` false on servers before 15: the name is looked up in
-- pg_index first and in `older` when the table has no such column.
-- $1: oid[], tables
SELECT
    i.indexrelid AS oid,
    i.indrelid AS table_oid,
    x.relname AS name,
    m.amname AS method,
    i.indisunique AS is_unique,
    i.indisvalid AS is_valid,
    i.indnkeyatts AS key_count,
    i.indkey AS columns,
    i.indoption AS options,
    i.indclass AS classes,
    i.indcollation AS collations,
    i.not_distinct AS nulls_not_distinct,
    CASE WHEN i.indpred IS NOT NULL THEN pg_get_expr(i.indpred, i.indrelid) END AS predicate,
    CASE WHEN i.indexprs IS NOT NULL THEN pg_get_indexdef(i.indexrelid) END AS definition
FROM (SELECT false AS indnullsnotdistinct) AS older
CROSS JOIN LATERAL (
    SELECT
        indexrelid, indrelid, indisunique, indisvalid, indnkeyatts, indkey, indoption, indclass, indcollation, indpred,
        indexprs, indisprimary, indisexclusion, indnullsnotdistinct AS not_distinct
    FROM pg_index
) AS i
JOIN unnest($1::oid[]) AS c (oid) ON c.oid = i.indrelid
JOIN pg_class AS x ON x.oid = i.indexrelid
JOIN pg_am AS m ON m.oid = x.relam
WHERE
    NOT i.indisprimary
    AND NOT i.indisexclusion
ORDER BY i.indrelid, x.relname
