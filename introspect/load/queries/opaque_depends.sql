-- What opaque objects depend on: tables, columns (column_number > 0), types, primary keys (is_key: of
-- that table). A view's dependencies hang on its rewrite rule; who uses a table's row type uses the table.
-- Right after a replay the server does not know how large its catalogs have become and takes every dependency for the
-- only one. So all is joined along indexes, and OFFSET 0 has the dependencies of each object looked up (300 tables:
-- 0.1 seconds instead of 30).
WITH object AS (
    SELECT
        'pg_rewrite'::regclass AS classid,
        r.oid AS objid,
        CASE
            WHEN r.rulename <> '_RETURN' THEN 'rule' WHEN c.relkind = 'v' THEN 'view' ELSE 'materialized view'
        END AS kind,
        CASE WHEN r.rulename = '_RETURN' THEN r.ev_class ELSE r.oid END AS oid
    FROM pg_rewrite AS r
    JOIN pg_class AS c ON c.oid = r.ev_class
    WHERE r.oid >= 16384
    UNION ALL
    SELECT 'pg_trigger'::regclass, t.oid, 'trigger', t.oid FROM pg_trigger AS t
    WHERE NOT t.tgisinternal
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, 'function', p.oid FROM pg_proc AS p
    WHERE p.oid >= 16384
    UNION ALL
    SELECT 'pg_policy'::regclass, p.oid, 'policy', p.oid FROM pg_policy AS p
    UNION ALL
    SELECT 'pg_constraint'::regclass, k.oid, CASE k.contype WHEN 'c' THEN 'check' ELSE 'exclusion' END, k.oid
    FROM pg_constraint AS k
    WHERE k.contype IN ('c', 'x') AND k.conrelid <> 0
    UNION ALL
    -- What an exclusion constraint's expressions use hangs on its index.
    SELECT 'pg_class'::regclass, k.conindid, 'exclusion', k.oid FROM pg_constraint AS k
    WHERE k.contype = 'x'
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 'domain', t.oid FROM pg_type AS t
    WHERE t.typtype = 'd' AND t.oid >= 16384
    UNION ALL
    SELECT 'pg_class'::regclass, c.oid, 'composite type', c.reltype FROM pg_class AS c
    WHERE c.relkind = 'c'
    UNION ALL
    SELECT
        'pg_class'::regclass,
        i.indexrelid,
        CASE WHEN i.indexprs IS NULL THEN 'partial index' ELSE 'expression index' END,
        i.indexrelid
    FROM pg_index AS i
    WHERE (i.indexprs IS NOT NULL OR i.indpred IS NOT NULL) AND i.indexrelid >= 16384
    UNION ALL
    SELECT 'pg_attrdef'::regclass, a.oid, 'generated column', a.oid
    FROM pg_attrdef AS a
    JOIN pg_attribute AS g ON g.attrelid = a.adrelid AND g.attnum = a.adnum AND g.attgenerated <> ''
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, s.oid, 'statistics', s.oid FROM pg_statistic_ext AS s
)

SELECT
    o.kind AS kind,
    o.oid AS oid,
    d.refclassid = 'pg_type'::regclass AND r.oid IS NULL AS is_type,
    d.refclassid = 'pg_constraint'::regclass AS is_key,
    COALESCE(r.oid, k.conrelid, d.refobjid) AS referenced_oid,
    d.refobjsubid AS column_number
FROM object AS o
CROSS JOIN LATERAL (SELECT * FROM pg_depend AS x WHERE x.classid = o.classid AND x.objid = o.objid OFFSET 0) AS d
LEFT JOIN pg_type AS t ON d.refclassid = 'pg_type'::regclass AND t.oid = d.refobjid
LEFT JOIN pg_class AS r ON r.oid = t.typrelid AND r.relkind IN ('r', 'p')
LEFT JOIN pg_constraint AS k ON d.refclassid = 'pg_constraint'::regclass AND k.oid = d.refobjid AND k.contype = 'p'
WHERE
    (d.refclassid IN ('pg_class'::regclass, 'pg_type'::regclass) OR k.oid IS NOT NULL)
    AND d.refobjid >= 16384
    AND d.deptype IN ('n', 'a', 'i')
    AND d.refobjid <> o.oid
UNION ALL
-- Before 14 it is the generated column itself that depends, not its expression.
SELECT 'generated column', a.oid, FALSE, FALSE, d.refobjid, d.refobjsubid
FROM pg_attrdef AS a
JOIN pg_attribute AS g ON g.attrelid = a.adrelid AND g.attnum = a.adnum AND g.attgenerated <> ''
JOIN pg_depend AS d
    ON d.classid = 'pg_class'::regclass AND d.objid = a.adrelid AND d.objsubid = a.adnum
    AND d.refclassid = 'pg_class'::regclass AND d.refobjid = a.adrelid AND d.refobjsubid > 0
ORDER BY 1, 2, 5, 6
