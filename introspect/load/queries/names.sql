-- Names of relations and types that nothing else is read of: partitions, indexes over them and over materialized views,
-- foreign tables, what extensions bring, ranges.
-- table_oid: the table it goes with.
-- $1: text[], names of schemas
WITH member AS (
    SELECT d.classid, d.objid FROM pg_depend AS d
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
),

schema AS (
    SELECT n.oid, n.nspname FROM pg_namespace AS n
    WHERE n.nspname = ANY ($1::text[])
),

relation AS (
    SELECT
        c.oid,
        c.relnamespace,
        c.relname,
        c.reltype,
        CASE
            WHEN EXISTS (SELECT FROM member AS m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid) THEN 'relation of an extension'
            WHEN c.relispartition THEN 'partition'
            WHEN c.relkind = 'f' THEN 'foreign table'
            WHEN c.relkind = 'm' THEN 'materialized view'
        END AS kind,
        c.relispartition
    FROM pg_class AS c
    WHERE c.relkind IN ('r', 'p', 'f', 'm', 'v') AND c.relpersistence <> 't'
)

SELECT
    n.nspname AS schema,
    r.relname AS name,
    r.kind AS kind,
    CASE WHEN r.relispartition THEN pg_partition_root(r.oid)::oid END AS table_oid,
    true AS is_relation,
    true AS is_type
FROM relation AS r
JOIN schema AS n ON n.oid = r.relnamespace
WHERE r.kind <> 'materialized view'
UNION ALL
SELECT
    n.nspname,
    c.relname,
    'index of a ' || r.kind,
    CASE WHEN r.relispartition THEN pg_partition_root(r.oid)::oid END,
    true,
    false
FROM pg_index AS i
JOIN relation AS r ON r.oid = i.indrelid
JOIN pg_class AS c ON c.oid = i.indexrelid
JOIN schema AS n ON n.oid = c.relnamespace
WHERE r.kind IS NOT NULL
UNION ALL
SELECT
    n.nspname,
    t.typname,
    CASE t.typtype WHEN 'r' THEN 'range type' ELSE 'type' END,
    NULL,
    false,
    true
FROM pg_type AS t
JOIN schema AS n ON n.oid = t.typnamespace
WHERE t.typtype IN ('b', 'r', 'm') AND t.typcategory <> 'A'
ORDER BY 1, 2, 5
