-- What a database holds, in the server's own words, one line an object and sorted: for comparing two databases of one server,
-- whatever its version. Left out: the order of columns, names of PostgreSQL 18's NOT NULL constraints, the history table.
WITH mine AS (
    SELECT n.oid, quote_ident(n.nspname) AS name FROM pg_namespace AS n
    WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
),

relation AS (
    SELECT c.*, n.name || '.' || quote_ident(c.relname) AS name
    FROM pg_class AS c JOIN mine AS n ON n.oid = c.relnamespace
    WHERE c.relname NOT IN ('_prisma_migrations', '_prisma_migrations_pkey')
),

thing AS (
SELECT concat_ws(' ', 'schema', n.name) AS line FROM mine AS n
UNION ALL
SELECT concat_ws(
    ' ', 'relation', c.name, c.relkind, c.relpersistence, array_to_string(c.reloptions, ','), c.relacl::text,
    CASE WHEN c.relrowsecurity THEN 'row security' END, CASE WHEN c.relforcerowsecurity THEN 'forced' END,
    CASE WHEN c.relkind IN ('v', 'm') THEN pg_get_viewdef(c.oid) END, obj_description(c.oid, 'pg_class')
)
FROM relation AS c WHERE c.relkind NOT IN ('t', 'i', 'I')
UNION ALL
SELECT concat_ws(
    ' ', 'column', c.name || '.' || quote_ident(a.attname), format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN 'NOT NULL' END, NULLIF(a.attidentity::text, ''), NULLIF(a.attgenerated::text, ''),
    pg_get_expr(d.adbin, d.adrelid), a.attacl::text, col_description(c.oid, a.attnum)
)
FROM relation AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef AS d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'c')
UNION ALL
SELECT concat_ws(
    ' ', 'sequence', c.name, s.seqtypid::regtype, s.seqstart, s.seqincrement, s.seqmin, s.seqmax, s.seqcycle,
    'of', o.refobjid::regclass, (SELECT a.attname FROM pg_attribute AS a
                                 WHERE a.attrelid = o.refobjid AND a.attnum = o.refobjsubid)
)
FROM relation AS c
JOIN pg_sequence AS s ON s.seqrelid = c.oid
LEFT JOIN pg_depend AS o ON o.objid = c.oid AND o.classid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')
UNION ALL
SELECT concat_ws(
    ' ', 'constraint', COALESCE(c.name, k.contypid::regtype::text), quote_ident(k.conname), pg_get_constraintdef(k.oid),
    CASE WHEN NOT k.convalidated THEN 'not validated' END, obj_description(k.oid, 'pg_constraint')
)
FROM pg_constraint AS k
JOIN mine AS n ON n.oid = k.connamespace
LEFT JOIN relation AS c ON c.oid = k.conrelid
WHERE k.contype <> 'n' AND (k.conrelid = 0 OR c.oid IS NOT NULL)
UNION ALL
SELECT concat_ws(
    ' ', 'index', c.name, pg_get_indexdef(i.indexrelid), CASE WHEN NOT i.indisvalid THEN 'invalid' END,
    CASE WHEN i.indisclustered THEN 'clustered' END, obj_description(c.oid, 'pg_class')
)
FROM relation AS c JOIN pg_index AS i ON i.indexrelid = c.oid
UNION ALL
SELECT concat_ws(
    ' ', 'type', n.name || '.' || quote_ident(t.typname), t.typtype, t.typbasetype::regtype, t.typdefault,
    (
        SELECT string_agg(quote_literal(e.enumlabel), ',' ORDER BY e.enumsortorder) FROM pg_enum AS e
        WHERE e.enumtypid = t.oid
    ), t.typacl::text, obj_description(t.oid, 'pg_type')
)
FROM pg_type AS t JOIN mine AS n ON n.oid = t.typnamespace
WHERE t.typtype IN ('e', 'd', 'r')
UNION ALL
SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(s.oid), obj_description(s.oid, 'pg_statistic_ext'))
FROM pg_statistic_ext AS s JOIN mine AS n ON n.oid = s.stxnamespace
UNION ALL
SELECT concat_ws(
    ' ', 'trigger', c.name, pg_get_triggerdef(t.oid), t.tgenabled, obj_description(t.oid, 'pg_trigger')
)
FROM relation AS c JOIN pg_trigger AS t ON t.tgrelid = c.oid AND NOT t.tgisinternal
UNION ALL
SELECT concat_ws(' ', 'rule', c.name, pg_get_ruledef(r.oid), r.ev_enabled)
FROM relation AS c JOIN pg_rewrite AS r ON r.ev_class = c.oid AND r.rulename <> '_RETURN'
UNION ALL
SELECT concat_ws(
    ' ', 'policy', c.name, quote_ident(p.polname), p.polcmd, p.polpermissive, p.polroles::regrole[]::text,
    pg_get_expr(p.polqual, c.oid), 'check', pg_get_expr(p.polwithcheck, c.oid)
)
FROM relation AS c JOIN pg_policy AS p ON p.polrelid = c.oid
UNION ALL
SELECT concat_ws(
    ' ', 'function', p.oid::regprocedure, CASE WHEN p.prokind IN ('f', 'p') THEN pg_get_functiondef(p.oid) END, p.proacl::text
)
FROM pg_proc AS p JOIN mine AS n ON n.oid = p.pronamespace
WHERE NOT EXISTS (SELECT FROM pg_depend AS d WHERE d.objid = p.oid AND d.deptype = 'e')
)

SELECT line FROM thing ORDER BY line COLLATE "C";
