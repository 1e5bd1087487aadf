-- Columns of the views read, as columns.sql and defaults.sql have those of tables.
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
    false AS has_privileges,
    d.oid AS oid,
    pg_get_expr(d.adbin, d.adrelid) AS expression,
    a.attcollation AS collation_oid,
    NULL AS collation_name
FROM pg_class AS c
JOIN pg_namespace AS n ON n.oid = c.relnamespace
JOIN pg_attribute AS a ON a.attrelid = c.oid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.atthasdef
WHERE
    c.relkind = 'v'
    AND n.nspname = ANY ($1::text[])
    AND a.attnum > 0
    AND NOT a.attisdropped
ORDER BY a.attrelid, a.attnum
