-- Objects the schema language cannot say, with definitions in the server's words. Constraints, expression
-- indexes and generated columns come with the tables. A part more wants its condition in presence.sql.
-- The first branch says text, where a name would cut all others at 63 bytes.
-- kind: see opaque_kinds.def.   table_oid: the table it belongs to, null when it stands alone.
-- column_number, type_oid, part: the column, the type, the index or constraint it is about.   relation: the table's name.
-- $1: text[], names of schemas
WITH member AS (
    SELECT d.classid, d.objid FROM pg_depend AS d
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
),

schema AS (
    SELECT n.oid, n.nspname FROM pg_namespace AS n
    WHERE n.nspname = ANY ($1::text[])
)

SELECT
    'trigger' AS kind,
    t.oid AS oid,
    n.nspname AS schema,
    t.tgname::text AS name,
    t.tgrelid AS table_oid,
    pg_get_triggerdef(t.oid) || CASE t.tgenabled WHEN 'O' THEN '' ELSE ' [' || t.tgenabled::text || ']' END AS definition,
    NULL::int AS column_number,
    NULL::oid AS type_oid,
    NULL AS part,
    c.relname AS relation
FROM pg_trigger AS t
JOIN pg_class AS c ON c.oid = t.tgrelid
JOIN schema AS n ON n.oid = c.relnamespace
-- A partition's copy of its parent's trigger is no object of its own.
WHERE CASE WHEN t.tgisinternal THEN false ELSE COALESCE((to_jsonb(t) ->> 'tgparentid')::oid, 0) = 0 END
UNION ALL
SELECT
    'function',
    p.oid,
    n.nspname,
    p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
    NULL,
    CASE
        WHEN p.prokind <> 'a' THEN pg_get_functiondef(p.oid)
        ELSE 'AGGREGATE ' || p.proname || '(' || pg_get_function_arguments(p.oid) || ')'
    END,
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_proc AS p
JOIN schema AS n ON n.oid = p.pronamespace
WHERE p.oid NOT IN (SELECT m.objid FROM member AS m WHERE m.classid = 'pg_proc'::regclass)
UNION ALL
SELECT
    CASE c.relkind WHEN 'v' THEN 'view' ELSE 'materialized view' END,
    c.oid,
    n.nspname,
    c.relname,
    NULL,
    pg_get_viewdef(c.oid),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_class AS c
JOIN schema AS n ON n.oid = c.relnamespace
WHERE
    c.relkind IN ('v', 'm')
    AND c.relpersistence <> 't'
    AND c.oid NOT IN (SELECT m.objid FROM member AS m WHERE m.classid = 'pg_class'::regclass)
UNION ALL
SELECT
    'rule',
    r.oid,
    n.nspname,
    r.rulename,
    r.ev_class,
    pg_get_ruledef(r.oid) || CASE r.ev_enabled WHEN 'O' THEN '' ELSE ' [' || r.ev_enabled::text || ']' END,
    NULL,
    NULL,
    NULL,
    c.relname
FROM pg_rewrite AS r
JOIN pg_class AS c ON c.oid = r.ev_class
JOIN schema AS n ON n.oid = c.relnamespace
WHERE r.rulename <> '_RETURN'
UNION ALL
SELECT
    'policy',
    p.oid,
    n.nspname,
    p.polname,
    p.polrelid,
    CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END
    || CASE p.polcmd
        WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' WHEN 'w' THEN ' FOR UPDATE'
        WHEN 'd' THEN ' FOR DELETE' ELSE ' FOR ALL'
    END
    || ' TO '
    || CASE WHEN 0 = ANY (p.polroles) THEN 'PUBLIC' ELSE (
        SELECT string_agg(quote_ident(a.rolname), ', ' ORDER BY a.rolname) FROM pg_roles AS a
        WHERE a.oid = ANY (p.polroles)
    ) END
    || COALESCE(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
    || COALESCE(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', ''),
    NULL,
    NULL,
    NULL,
    c.relname
FROM pg_policy AS p
JOIN pg_class AS c ON c.oid = p.polrelid
JOIN schema AS n ON n.oid = c.relnamespace
UNION ALL
SELECT
    'row security',
    c.oid,
    n.nspname,
    c.relname,
    c.oid,
    concat_ws(
        ', ', CASE WHEN c.relrowsecurity THEN 'ENABLE ROW LEVEL SECURITY' END, CASE WHEN c.relforcerowsecurity THEN 'FORCE' END
    ),
    NULL,
    NULL,
    NULL,
    c.relname
FROM pg_class AS c
JOIN schema AS n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND (c.relrowsecurity OR c.relforcerowsecurity)
UNION ALL
SELECT
    'domain',
    t.oid,
    n.nspname,
    t.typname,
    NULL,
    'AS ' || format_type(t.typbasetype, t.typtypmod)
    || CASE
        WHEN t.typcollation <> b.typcollation
            THEN (SELECT ' COLLATE ' || quote_ident(k.collname) FROM pg_collation AS k WHERE k.oid = t.typcollation)
        ELSE ''
    END
    || CASE WHEN t.typnotnull THEN ' NOT NULL' ELSE '' END
    || COALESCE(' DEFAULT ' || t.typdefault, '')
    || COALESCE((
        SELECT string_agg(' CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), '' ORDER BY k.conname)
        FROM pg_constraint AS k
        WHERE k.contypid = t.oid AND k.contype = 'c'
    ), ''),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_type AS t
JOIN schema AS n ON n.oid = t.typnamespace
JOIN pg_type AS b ON b.oid = t.typbasetype
WHERE
    t.typtype = 'd'
    AND t.oid NOT IN (SELECT m.objid FROM member AS m WHERE m.classid = 'pg_type'::regclass)
UNION ALL
SELECT
    'composite type',
    t.oid,
    n.nspname,
    t.typname,
    NULL,
    'AS (' || COALESCE((
        SELECT string_agg(
            quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod)
            || CASE
                WHEN a.attcollation <> b.typcollation
                    THEN (SELECT ' COLLATE ' || quote_ident(k.collname) FROM pg_collation AS k WHERE k.oid = a.attcollation)
                ELSE ''
            END, ', ' ORDER BY a.attnum
        )
        FROM pg_attribute AS a
        JOIN pg_type AS b ON b.oid = a.atttypid
        WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    ), '') || ')',
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_type AS t
JOIN schema AS n ON n.oid = t.typnamespace
JOIN pg_class AS c ON c.oid = t.typrelid AND c.relkind = 'c'
WHERE
    t.typtype = 'c'
    AND t.oid NOT IN (SELECT m.objid FROM member AS m WHERE m.classid = 'pg_type'::regclass)
UNION ALL
SELECT
    'sequence',
    c.oid,
    n.nspname,
    c.relname,
    NULL,
    'AS ' || format_type(s.seqtypid, NULL) || ' INCREMENT ' || s.seqincrement || ' MINVALUE ' || s.seqmin
    || ' MAXVALUE ' || s.seqmax || ' START ' || s.seqstart || ' CACHE ' || s.seqcache
    || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END,
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_sequence AS s
JOIN pg_class AS c ON c.oid = s.seqrelid
JOIN schema AS n ON n.oid = c.relnamespace
WHERE NOT EXISTS (
    SELECT FROM pg_depend AS d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype IN ('a', 'i', 'e')
)
UNION ALL
SELECT
    'statistics',
    s.oid,
    n.nspname,
    s.stxname,
    s.stxrelid,
    pg_get_statisticsobjdef(s.oid)
    || CASE WHEN (to_jsonb(s) ->> 'stxstattarget')::int >= 0 THEN ' STATISTICS ' || (to_jsonb(s) ->> 'stxstattarget') ELSE '' END,
    NULL,
    NULL,
    NULL,
    c.relname
FROM pg_statistic_ext AS s
JOIN schema AS n ON n.oid = s.stxnamespace
JOIN pg_class AS c ON c.oid = s.stxrelid
UNION ALL
SELECT
    'privilege',
    o.oid,
    o.schema,
    r.privilege_type || o.place || ' to ' || CASE WHEN r.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee)) END,
    o.table_oid,
    'GRANT ' || r.privilege_type || CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
    o.column_number,
    o.type_oid,
    NULL,
    o.relation
FROM (
    SELECT
        c.oid,
        n.nspname AS schema,
        CASE WHEN c.relkind IN ('r', 'p') THEN '' ELSE ' on ' || quote_ident(c.relname) END AS place,
        CASE WHEN c.relkind IN ('r', 'p') THEN c.oid END AS table_oid,
        NULL::int AS column_number,
        NULL::oid AS type_oid,
        c.relacl AS acl,
        c.relowner AS owner,
        CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END AS kind,
        CASE WHEN c.relkind IN ('r', 'p') THEN c.relname END AS relation
    FROM pg_class AS c
    JOIN schema AS n ON n.oid = c.relnamespace
    WHERE c.relacl IS NOT NULL AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT c.oid, n.nspname, ' (' || quote_ident(a.attname) || ')', c.oid, a.attnum, NULL, a.attacl, c.relowner, 'c', c.relname
    FROM pg_attribute AS a
    JOIN pg_class AS c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p')
    JOIN schema AS n ON n.oid = c.relnamespace
    WHERE a.attacl IS NOT NULL AND NOT a.attisdropped
    UNION ALL
    SELECT t.oid, n.nspname, ' on ' || quote_ident(t.typname), NULL, NULL, t.oid, t.typacl, t.typowner, 'T', NULL
    FROM pg_type AS t
    JOIN schema AS n ON n.oid = t.typnamespace
    WHERE t.typacl IS NOT NULL AND t.typtype IN ('e', 'd')
    UNION ALL
    SELECT p.oid, n.nspname, ' on ' || p.oid::regprocedure, NULL, NULL, NULL, p.proacl, p.proowner, 'f', NULL
    FROM pg_proc AS p
    JOIN schema AS n ON n.oid = p.pronamespace
    WHERE p.proacl IS NOT NULL AND p.oid NOT IN (SELECT m.objid FROM member AS m WHERE m.classid = 'pg_proc'::regclass)
) AS o, aclexplode(o.acl) AS r
WHERE
    r.grantee <> o.owner
    -- Everybody may call a function and use a type, whether somebody has said so or not.
    AND NOT EXISTS (
        SELECT FROM aclexplode(acldefault(o.kind, o.owner)) AS x
        WHERE x.grantee = r.grantee AND x.privilege_type = r.privilege_type AND x.is_grantable = r.is_grantable
    )
    -- What an extension grants on its own comes with it.
    AND NOT EXISTS (
        SELECT FROM pg_init_privs AS i, aclexplode(i.initprivs) AS x
        WHERE
            i.objoid = o.oid AND i.classoid IN ('pg_class'::regclass, 'pg_type'::regclass, 'pg_proc'::regclass)
            AND i.objsubid = COALESCE(o.column_number, 0)
            AND x.grantee = r.grantee AND x.privilege_type = r.privilege_type AND x.is_grantable = r.is_grantable
    )
UNION ALL
SELECT
    'comment',
    d.objoid,
    i.schema,
    CASE WHEN i.type IN ('table', 'table column') THEN '' ELSE i.type || ' ' END
    || COALESCE(quote_ident(a.attname), CASE WHEN d.objsubid = 0 THEN i.name END, i.identity),
    COALESCE(c.oid, x.indrelid, k.conrelid),
    d.description,
    a.attnum,
    t.oid,
    COALESCE(k.conname, (SELECT y.relname FROM pg_class AS y WHERE y.oid = x.indexrelid)),
    COALESCE(c.relname, (SELECT y.relname FROM pg_class AS y WHERE y.oid = COALESCE(x.indrelid, k.conrelid)))
FROM pg_description AS d
CROSS JOIN pg_identify_object(d.classoid, d.objoid, d.objsubid) AS i
LEFT JOIN pg_class AS c ON d.classoid = 'pg_class'::regclass AND c.oid = d.objoid AND c.relkind IN ('r', 'p')
LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.objsubid AND d.objsubid > 0
LEFT JOIN pg_index AS x ON d.classoid = 'pg_class'::regclass AND x.indexrelid = d.objoid
LEFT JOIN pg_constraint AS k ON d.classoid = 'pg_constraint'::regclass AND k.oid = d.objoid AND k.conrelid <> 0
LEFT JOIN pg_type AS t ON d.classoid = 'pg_type'::regclass AND t.oid = d.objoid
WHERE
    d.objoid >= 16384
    AND i.schema = ANY ($1::text[])
    AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = d.classoid AND m.objid = d.objoid)
