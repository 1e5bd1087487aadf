-- Columns of the tables read; those of one table together, in their order.
-- type_text: only where a modifier may matter.   collation_name: only where it is not the type's own.
-- The inner ORDER BY is the order of an index, so that nothing is sorted.
-- $1: oid[], tables
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
    a.attacl IS NOT NULL AS has_privileges,
    a.attcollation AS collation_oid,
    CASE WHEN a.attcollation NOT IN (0, 100) THEN (
        SELECT k.collname FROM pg_collation AS k
        JOIN pg_type AS t ON t.oid = a.atttypid AND t.typcollation <> a.attcollation
        WHERE k.oid = a.attcollation
    ) END AS collation_name
FROM unnest($1::oid[]) AS c (oid)
CROSS JOIN LATERAL (
    SELECT i.* FROM pg_attribute AS i
    WHERE i.attrelid = c.oid AND i.attnum > 0 AND NOT i.attisdropped
    ORDER BY i.attnum
) AS a
