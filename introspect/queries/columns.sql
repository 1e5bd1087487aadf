-- Columns of the tables read, with their defaults as PostgreSQL prints them.
-- Only the expression of a generated column can name columns; the others are printed faster without
-- their table.
-- type_text: only where a modifier may matter.   collation_name: only where it is not the type's own.
-- $1: text[], names of schemas
SELECT
    a.attrelid AS table_oid,
    a.attnum AS number,
    a.attname AS name,
    a.atttypid AS type_oid,
    a.atttypmod AS modifier,
    CASE WHEN a.atttypmod >= 0 THEN format_type(a.atttypid, a.atttypmod) END AS type_text,
    a.attnotnull AS not_null,
    a.attidentity AS identity,
    a.attgenerated AS generated,
    CASE WHEN a.atthasdef THEN (
        SELECT pg_get_expr(d.adbin, CASE WHEN a.attgenerated = '' THEN 0 ELSE d.adrelid END)
        FROM pg_attrdef AS d
        WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum
    ) END AS default_text,
    a.attcollation AS collation_oid,
    CASE WHEN a.attcollation NOT IN (0, 100) THEN (
        SELECT k.collname FROM pg_collation AS k
        JOIN pg_type AS t ON t.oid = a.atttypid AND t.typcollation <> a.attcollation
        WHERE k.oid = a.attcollation
    ) END AS collation_name
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid
WHERE
    c.relkind IN ('r', 'p')
    AND NOT c.relispartition
    AND n.nspname = ANY ($1::text[])
    AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
