-- What a dump of the schema tells beyond the other queries: properties of tables, columns and indexes that are not the
-- default, relations that are not read as tables (partitions, foreign tables), and all kinds of objects that nothing but a
-- comparison asks for. One row a fact; columns as in opaque.sql. Asked for a whole comparison only.
-- relation: the table it is about, where that is not read.
-- Columns that only newer servers have are looked up by name in the row (to_jsonb), and are null on older ones.
-- The first branch says text, where a name would cut all others at 63 bytes.
-- Options that begin with pg_ are the server's own notes (pg_attver).
-- Whoever deploys is one symbol, whatever the role is called: the owner of the history, without one the current role.
-- $1: text[], names of schemas
WITH deployer AS (
    SELECT COALESCE((
        SELECT c.relowner FROM pg_class AS c
        JOIN pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relname = '_prisma_migrations' AND c.relkind IN ('r', 'p')
        ORDER BY n.nspname = ANY ($1::text[]) DESC, c.oid
        LIMIT 1
    ), (SELECT r.oid FROM pg_roles AS r WHERE r.rolname = current_user)) AS oid
),

member AS (
    SELECT d.classid, d.objid FROM pg_depend AS d
    WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
),

schema AS (
    SELECT n.oid, n.nspname, n.nspowner, n.nspacl FROM pg_namespace AS n
    WHERE n.nspname = ANY ($1::text[])
),

-- Relations of anybody but the tools and extensions; is_read: tables.sql gives it.
relation AS (
    SELECT
        c.*,
        n.nspname,
        c.relkind IN ('r', 'p') AND NOT c.relispartition AS is_read,
        c.relkind IN ('f', 'm') OR c.relispartition AS is_other
    FROM pg_class AS c
    JOIN schema AS n ON n.oid = c.relnamespace
    WHERE
        c.relpersistence <> 't'
        AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S', 'c')
        AND c.relname NOT IN ('_prisma_migrations', '_bellows_progress')
        AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
        AND NOT EXISTS (
            SELECT FROM pg_depend AS d
            JOIN pg_class AS t ON t.oid = d.refobjid
            WHERE
                c.relkind = 'S' AND d.classid = 'pg_class'::regclass AND d.objid = c.oid
                AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
                AND t.relname IN ('_prisma_migrations', '_bellows_progress')
        )
),

-- The index of a constraint bears its name.
indexed AS (
    SELECT i.*, x.relname, x.relkind, x.reloptions, x.reltablespace, c.nspname, c.relname AS table_name, c.is_read, k.oid AS constraint_oid
    FROM pg_index AS i
    JOIN relation AS c ON c.oid = i.indrelid
    JOIN pg_class AS x ON x.oid = i.indexrelid
    LEFT JOIN pg_constraint AS k ON k.conindid = i.indexrelid AND k.conrelid = i.indrelid AND k.contype IN ('p', 'u', 'x')
),

-- Whatever has an owner or privileges. kind: as acldefault knows it, null where nobody can be granted anything.
owned AS (
    SELECT
        'pg_class'::regclass AS classid,
        c.oid,
        c.nspname AS schema,
        c.relowner AS owner,
        c.relacl AS acl,
        CASE WHEN c.relkind = 'S' THEN 's'::"char" ELSE 'r'::"char" END AS kind
    FROM relation AS c WHERE c.relkind <> 'c'
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, n.nspname, t.typowner, t.typacl, 'T'
    FROM pg_type AS t
    JOIN schema AS n ON n.oid = t.typnamespace
    WHERE
        t.typtype IN ('b', 'd', 'e', 'r', 'c')
        AND NOT (t.typcategory = 'A' AND t.typelem <> 0 AND t.typarray = 0)
        AND (t.typrelid = 0 OR EXISTS (SELECT FROM pg_class AS c WHERE c.oid = t.typrelid AND c.relkind = 'c'))
    UNION ALL
    SELECT 'pg_proc'::regclass, p.oid, n.nspname, p.proowner, p.proacl, 'f'
    FROM pg_proc AS p
    JOIN schema AS n ON n.oid = p.pronamespace
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, n.nspname, n.nspowner, n.nspacl, 'n' FROM schema AS n
    UNION ALL
    SELECT 'pg_language'::regclass, l.oid, NULL, l.lanowner, l.lanacl, 'l' FROM pg_language AS l
    WHERE l.oid >= 16384
    UNION ALL
    SELECT 'pg_foreign_data_wrapper'::regclass, w.oid, NULL, w.fdwowner, w.fdwacl, 'F' FROM pg_foreign_data_wrapper AS w
    UNION ALL
    SELECT 'pg_foreign_server'::regclass, s.oid, NULL, s.srvowner, s.srvacl, 'S' FROM pg_foreign_server AS s
    UNION ALL
    SELECT 'pg_operator'::regclass, o.oid, n.nspname, o.oprowner, NULL, NULL
    FROM pg_operator AS o
    JOIN schema AS n ON n.oid = o.oprnamespace
    UNION ALL
    SELECT 'pg_opclass'::regclass, o.oid, n.nspname, o.opcowner, NULL, NULL
    FROM pg_opclass AS o
    JOIN schema AS n ON n.oid = o.opcnamespace
    UNION ALL
    SELECT 'pg_opfamily'::regclass, o.oid, n.nspname, o.opfowner, NULL, NULL
    FROM pg_opfamily AS o
    JOIN schema AS n ON n.oid = o.opfnamespace
    UNION ALL
    SELECT 'pg_collation'::regclass, o.oid, n.nspname, o.collowner, NULL, NULL
    FROM pg_collation AS o
    JOIN schema AS n ON n.oid = o.collnamespace
    UNION ALL
    SELECT 'pg_conversion'::regclass, o.oid, n.nspname, o.conowner, NULL, NULL
    FROM pg_conversion AS o
    JOIN schema AS n ON n.oid = o.connamespace
    UNION ALL
    SELECT 'pg_ts_dict'::regclass, o.oid, n.nspname, o.dictowner, NULL, NULL
    FROM pg_ts_dict AS o
    JOIN schema AS n ON n.oid = o.dictnamespace
    UNION ALL
    SELECT 'pg_ts_config'::regclass, o.oid, n.nspname, o.cfgowner, NULL, NULL
    FROM pg_ts_config AS o
    JOIN schema AS n ON n.oid = o.cfgnamespace
    UNION ALL
    SELECT 'pg_statistic_ext'::regclass, o.oid, n.nspname, o.stxowner, NULL, NULL
    FROM pg_statistic_ext AS o
    JOIN schema AS n ON n.oid = o.stxnamespace
    UNION ALL
    SELECT 'pg_event_trigger'::regclass, o.oid, NULL, o.evtowner, NULL, NULL FROM pg_event_trigger AS o
    UNION ALL
    SELECT 'pg_publication'::regclass, o.oid, NULL, o.pubowner, NULL, NULL FROM pg_publication AS o
),

-- Relations that came with the server, or with an extension into one of the schemas.
brought_relation AS (
    SELECT c.oid, c.relkind, c.relowner, c.relacl, s.oid IS NOT NULL AS is_listed FROM pg_class AS c
    LEFT JOIN schema AS s ON s.oid = c.relnamespace
    WHERE
        c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
        AND (
            c.relnamespace = 'pg_catalog'::regnamespace
            OR s.oid IS NOT NULL AND EXISTS (SELECT FROM member AS m WHERE m.classid = 'pg_class'::regclass AND m.objid = c.oid)
        )
),

-- What else came so can be granted, too. is_told: as below.
brought AS (
    SELECT o.classid, o.oid, 0 AS objsubid, o.owner, o.acl, o.kind, false AS is_told FROM owned AS o
    WHERE o.kind IS NOT NULL AND EXISTS (SELECT FROM member AS m WHERE m.classid = o.classid AND m.objid = o.oid)
    UNION ALL
    SELECT
        'pg_class'::regclass,
        c.oid,
        0,
        c.relowner,
        c.relacl,
        CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END,
        c.is_listed
    FROM brought_relation AS c
    UNION ALL
    SELECT 'pg_class'::regclass, a.attrelid, a.attnum, c.relowner, a.attacl, 'c', false
    FROM pg_attribute AS a
    JOIN brought_relation AS c ON c.oid = a.attrelid
    WHERE a.attacl IS NOT NULL OR (a.attrelid, a.attnum::int) IN (SELECT p.objoid, p.objsubid FROM pg_init_privs AS p)
    UNION ALL
    SELECT 'pg_proc'::regclass, f.oid, 0, f.proowner, f.proacl, 'f', false FROM pg_proc AS f
    WHERE f.pronamespace = 'pg_catalog'::regnamespace
    UNION ALL
    SELECT 'pg_type'::regclass, t.oid, 0, t.typowner, t.typacl, 'T', false FROM pg_type AS t
    WHERE t.typnamespace = 'pg_catalog'::regnamespace
    UNION ALL
    SELECT 'pg_namespace'::regclass, n.oid, 0, n.nspowner, n.nspacl, 'n', false FROM pg_namespace AS n
    WHERE n.oid = 'pg_catalog'::regnamespace
    UNION ALL
    SELECT 'pg_language'::regclass, l.oid, 0, l.lanowner, l.lanacl, 'l', false FROM pg_language AS l
    WHERE l.oid < 16384 AND l.lanispl
),

-- Whatever may be granted or taken away: what is now, and what it has without anybody's GRANT. is_told: what is granted on it
-- opaque.sql tells (tables, columns, views, sequences, functions, enums and domains; an extension's relations).
entitled AS (
    SELECT
        o.classid,
        o.oid,
        0 AS objsubid,
        o.schema,
        o.owner,
        o.acl AS now,
        -- A schema `public` that was dropped and made again is the same to everybody.
        COALESCE(p.initprivs, CASE WHEN o.classid = 'pg_namespace'::regclass AND o.schema = 'public' THEN
            acldefault(o.kind, o.owner) || format(
                CASE WHEN current_setting('server_version_num')::int < 150000 THEN '=UC/%I' ELSE '=U/%I' END,
                pg_get_userbyid(o.owner)
            )::aclitem
        END, acldefault(o.kind, o.owner)) AS once,
        o.kind IN ('r', 's', 'f', 'T') AS is_told
    FROM owned AS o
    LEFT JOIN pg_init_privs AS p ON p.classoid = o.classid AND p.objoid = o.oid AND p.objsubid = 0 AND p.privtype = 'i'
    WHERE
        o.acl IS NOT NULL
        AND o.kind IS NOT NULL
        AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = o.classid AND m.objid = o.oid)
    UNION ALL
    SELECT
        o.classid,
        o.oid,
        o.objsubid,
        NULL,
        o.owner,
        COALESCE(o.acl, acldefault(o.kind, o.owner)),
        COALESCE(p.initprivs, acldefault(o.kind, o.owner)),
        o.is_told
    FROM brought AS o
    LEFT JOIN pg_init_privs AS p ON p.classoid = o.classid AND p.objoid = o.oid AND p.objsubid = o.objsubid
    WHERE o.acl IS DISTINCT FROM p.initprivs
)

-- --- owners and privileges --------------------------------------------------------------------------------------------

SELECT
    'owner' AS kind,
    o.oid AS oid,
    o.schema AS schema,
    i.type || ' ' || i.identity AS name,
    NULL::oid AS table_oid,
    pg_get_userbyid(o.owner)::text AS definition,
    NULL::int AS column_number,
    NULL::oid AS type_oid,
    NULL AS part,
    NULL AS relation
FROM owned AS o
CROSS JOIN LATERAL pg_identify_object(o.classid, o.oid, 0) AS i
WHERE
    o.owner <> (SELECT d.oid FROM deployer AS d)
    -- The public schema that came with the database is its owner's, or the first superuser's.
    AND NOT (o.classid = 'pg_namespace'::regclass AND o.schema = 'public' AND (o.owner = 10 OR pg_get_userbyid(o.owner) = 'pg_database_owner'))
    AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = o.classid AND m.objid = o.oid)
UNION ALL
-- What is granted beside what opaque.sql tells, and what somebody has without a GRANT and was taken away.
SELECT
    'privilege',
    o.oid,
    o.schema,
    r.privilege_type || ' on ' || i.type || ' ' || i.identity || ' to '
    || CASE
        WHEN r.grantee = 0 THEN 'PUBLIC' WHEN r.grantee = o.owner THEN 'its owner' ELSE quote_ident(pg_get_userbyid(r.grantee))
    END,
    NULL,
    r.word || ' ' || r.privilege_type || CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
    NULL,
    NULL,
    NULL,
    NULL
FROM entitled AS o
CROSS JOIN LATERAL (
    SELECT 'GRANT' AS word, g.grantee, g.privilege_type, g.is_grantable
    FROM aclexplode(o.now) AS g
    WHERE
        NOT o.is_told
        AND g.grantee <> o.owner
        AND NOT EXISTS (
            SELECT FROM aclexplode(o.once) AS x
            WHERE x.grantee = g.grantee AND x.privilege_type = g.privilege_type AND x.is_grantable = g.is_grantable
        )
    UNION ALL
    SELECT 'REVOKE', x.grantee, x.privilege_type, false
    FROM aclexplode(o.once) AS x
    WHERE NOT EXISTS (
        SELECT FROM aclexplode(o.now) AS g
        WHERE
            g.privilege_type = x.privilege_type
            AND (g.grantee = x.grantee OR x.grantee IN (o.owner, 10) AND g.grantee = o.owner)
    )
) AS r
CROSS JOIN LATERAL pg_identify_object(o.classid, o.oid, o.objsubid) AS i
UNION ALL
-- Privileges on columns of views, foreign tables and partitions.
SELECT
    'privilege',
    c.oid,
    c.nspname,
    r.privilege_type || ' (' || quote_ident(a.attname) || ') on ' || quote_ident(c.relname) || ' to '
    || CASE WHEN r.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee)) END,
    NULL,
    'GRANT ' || r.privilege_type || CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
    NULL,
    NULL,
    NULL,
    NULL
FROM relation AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND NOT a.attisdropped
CROSS JOIN LATERAL aclexplode(a.attacl) AS r
WHERE NOT c.is_read AND a.attacl IS NOT NULL AND r.grantee <> c.relowner
UNION ALL
-- Privileges on foreign tables, partitions and range, composite and base types.
SELECT
    'privilege',
    o.oid,
    o.schema,
    r.privilege_type || ' on ' || i.type || ' ' || i.identity || ' to '
    || CASE WHEN r.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(r.grantee)) END,
    NULL,
    'GRANT ' || r.privilege_type || CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
    NULL,
    NULL,
    NULL,
    NULL
FROM owned AS o
CROSS JOIN LATERAL aclexplode(o.acl) AS r
CROSS JOIN LATERAL pg_identify_object(o.classid, o.oid, 0) AS i
WHERE
    r.grantee <> o.owner
    AND (
        o.classid = 'pg_class'::regclass AND EXISTS (SELECT FROM pg_class AS c WHERE c.oid = o.oid AND (c.relkind = 'f' OR c.relispartition))
        OR o.classid = 'pg_type'::regclass AND EXISTS (SELECT FROM pg_type AS t WHERE t.oid = o.oid AND t.typtype IN ('b', 'r', 'c'))
    )
    AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = o.classid AND m.objid = o.oid)
UNION ALL
SELECT
    'default privilege',
    a.oid,
    n.nspname,
    r.privilege_type || ' on '
    || CASE a.defaclobjtype
        WHEN 'r' THEN 'tables' WHEN 'S' THEN 'sequences' WHEN 'f' THEN 'functions' WHEN 'T' THEN 'types' WHEN 'n' THEN 'schemas'
        ELSE 'large objects'
    END
    || ' of '
    || CASE WHEN a.defaclrole = (SELECT d.oid FROM deployer AS d) THEN 'the deploying role' ELSE quote_ident(pg_get_userbyid(a.defaclrole)) END
    || ' to '
    || CASE
        WHEN r.grantee = 0 THEN 'PUBLIC' WHEN r.grantee = a.defaclrole THEN 'itself' ELSE quote_ident(pg_get_userbyid(r.grantee))
    END,
    NULL,
    r.word || CASE WHEN r.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END,
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_default_acl AS a
LEFT JOIN pg_namespace AS n ON n.oid = a.defaclnamespace
CROSS JOIN LATERAL (
    SELECT
        CASE
            WHEN a.defaclnamespace = 0 AND a.defaclobjtype IN ('r', 'S', 'f', 'T', 'n')
                THEN acldefault(CASE a.defaclobjtype WHEN 'S' THEN 's'::"char" ELSE a.defaclobjtype END, a.defaclrole)
        END AS usual
) AS u
CROSS JOIN LATERAL (
    SELECT 'GRANT' AS word, g.grantee, g.privilege_type, g.is_grantable
    FROM aclexplode(a.defaclacl) AS g
    WHERE NOT EXISTS (
        SELECT FROM aclexplode(u.usual) AS x
        WHERE x.grantee = g.grantee AND x.privilege_type = g.privilege_type AND x.is_grantable = g.is_grantable
    )
    UNION ALL
    SELECT 'REVOKE', x.grantee, x.privilege_type, false
    FROM aclexplode(u.usual) AS x
    WHERE NOT EXISTS (
        SELECT FROM aclexplode(a.defaclacl) AS g WHERE g.grantee = x.grantee AND g.privilege_type = x.privilege_type
    )
) AS r
WHERE a.defaclnamespace = 0 OR n.nspname = ANY ($1::text[])
UNION ALL
SELECT 'extension dependence', d.objid, i.schema, i.type || ' ' || i.identity, NULL, 'DEPENDS ON EXTENSION ' || quote_ident(e.extname), NULL, NULL, NULL, NULL
FROM pg_depend AS d
JOIN pg_extension AS e ON e.oid = d.refobjid
CROSS JOIN LATERAL pg_identify_object(d.classid, d.objid, d.objsubid) AS i
WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'x' AND (i.schema IS NULL OR i.schema = ANY ($1::text[]))

-- --- properties of relations ------------------------------------------------------------------------------------------

UNION ALL
SELECT 'persistence', c.oid, c.nspname, c.relname, CASE WHEN c.is_read THEN c.oid END, 'UNLOGGED', NULL, NULL, NULL, c.relname
FROM relation AS c
WHERE c.relpersistence = 'u'
UNION ALL
SELECT
    'storage parameter',
    c.oid,
    c.nspname,
    quote_ident(c.relname) || ' ' || c.prefix || split_part(o.text, '=', 1),
    c.table_oid,
    CASE
        WHEN lower(substr(o.text, strpos(o.text, '=') + 1)) IN ('on', 'yes', 'true') THEN 'true'
        WHEN lower(substr(o.text, strpos(o.text, '=') + 1)) IN ('off', 'no', 'false') THEN 'false'
        ELSE substr(o.text, strpos(o.text, '=') + 1)
    END,
    NULL,
    NULL,
    c.part,
    c.table_name
FROM (
    SELECT r.oid, r.nspname, r.relname, '' AS prefix, CASE WHEN r.is_read THEN r.oid END AS table_oid, NULL::name AS part, r.reloptions, r.relname AS table_name
    FROM relation AS r
    UNION ALL
    SELECT r.oid, r.nspname, r.relname, 'toast.', CASE WHEN r.is_read THEN r.oid END, NULL, t.reloptions, r.relname
    FROM relation AS r
    JOIN pg_class AS t ON t.oid = r.reltoastrelid
    UNION ALL
    SELECT i.indexrelid, i.nspname, i.relname, '', CASE WHEN i.is_read THEN i.indrelid END, i.relname, i.reloptions, i.table_name
    FROM indexed AS i
) AS c
CROSS JOIN LATERAL unnest(c.reloptions) AS o (text)
UNION ALL
SELECT
    'replica identity',
    c.oid,
    c.nspname,
    c.relname,
    CASE WHEN c.is_read THEN c.oid END,
    CASE c.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING' ELSE 'USING INDEX ' || COALESCE((
        SELECT quote_ident(i.relname) FROM indexed AS i WHERE i.indrelid = c.oid AND i.indisreplident
    ), 'of nothing') END,
    NULL,
    NULL,
    NULL,
    c.relname
FROM relation AS c
WHERE c.relkind IN ('r', 'p', 'm') AND c.relreplident <> 'd'
UNION ALL
SELECT 'cluster', i.indexrelid, i.nspname, i.table_name, CASE WHEN i.is_read THEN i.indrelid END, i.relname, NULL, NULL, i.relname, i.table_name
FROM indexed AS i
WHERE i.indisclustered
UNION ALL
SELECT 'access method', c.oid, c.nspname, c.relname, CASE WHEN c.is_read THEN c.oid END, m.amname, NULL, NULL, NULL, c.relname
FROM relation AS c
JOIN pg_am AS m ON m.oid = c.relam
WHERE c.relkind IN ('r', 'p', 'm') AND m.amname <> 'heap'
UNION ALL
SELECT 'tablespace', c.oid, c.nspname, c.relname, c.table_oid, s.spcname, NULL, NULL, c.part, c.table_name
FROM (
    SELECT r.oid, r.nspname, r.relname, r.reltablespace, CASE WHEN r.is_read THEN r.oid END AS table_oid, NULL::name AS part, r.relname AS table_name
    FROM relation AS r
    UNION ALL
    SELECT i.indexrelid, i.nspname, i.relname, i.reltablespace, CASE WHEN i.is_read THEN i.indrelid END, i.relname, i.table_name
    FROM indexed AS i
) AS c
JOIN pg_tablespace AS s ON s.oid = c.reltablespace
UNION ALL
SELECT
    'inheritance',
    c.oid,
    c.nspname,
    c.relname,
    CASE WHEN c.is_read THEN c.oid END,
    concat_ws(
        ' ',
        'INHERITS ' || (
            SELECT string_agg(h.inhparent::regclass::text, ', ' ORDER BY h.inhseqno) FROM pg_inherits AS h
            WHERE h.inhrelid = c.oid
        ),
        CASE WHEN c.reloftype <> 0 THEN 'OF ' || format_type(c.reloftype, NULL) END
    ),
    NULL,
    NULL,
    NULL,
    c.relname
FROM relation AS c
WHERE
    c.relkind IN ('r', 'f') AND NOT c.relispartition
    AND (c.reloftype <> 0 OR EXISTS (SELECT FROM pg_inherits AS h WHERE h.inhrelid = c.oid))
UNION ALL
SELECT 'partition key', c.oid, c.nspname, c.relname, CASE WHEN c.is_read THEN c.oid END, pg_get_partkeydef(c.oid), NULL, NULL, NULL, c.relname
FROM relation AS c
WHERE c.relkind = 'p'
UNION ALL
SELECT
    'partition',
    c.oid,
    c.nspname,
    c.relname,
    NULL,
    'OF ' || h.inhparent::regclass || ' ' || pg_get_expr(c.relpartbound, c.oid)
    || CASE WHEN (to_jsonb(h) ->> 'inhdetachpending')::bool THEN ' DETACH PENDING' ELSE '' END,
    NULL,
    NULL,
    NULL,
    NULL
FROM relation AS c
JOIN pg_inherits AS h ON h.inhrelid = c.oid
WHERE c.relispartition
UNION ALL
SELECT
    'foreign table',
    c.oid,
    c.nspname,
    c.relname,
    NULL,
    'SERVER ' || quote_ident(s.srvname) || COALESCE(' OPTIONS (' || array_to_string(f.ftoptions, ', ') || ')', ''),
    NULL,
    NULL,
    NULL,
    NULL
FROM relation AS c
JOIN pg_foreign_table AS f ON f.ftrelid = c.oid
JOIN pg_foreign_server AS s ON s.oid = f.ftserver
UNION ALL
SELECT 'population', c.oid, c.nspname, c.relname, NULL, 'WITH NO DATA', NULL, NULL, NULL, NULL
FROM relation AS c
WHERE c.relkind = 'm' AND NOT c.relispopulated

-- --- columns, constraints and indexes ---------------------------------------------------------------------------------

UNION ALL
SELECT
    'column',
    c.oid,
    c.nspname,
    quote_ident(c.relname) || '.' || quote_ident(a.attname),
    NULL,
    CASE
        WHEN c.relkind = 'v' THEN ''
        ELSE row_number() OVER (PARTITION BY a.attrelid ORDER BY a.attnum) || ' '
    END
    || format_type(a.atttypid, a.atttypmod)
    || CASE
        WHEN a.attcollation <> t.typcollation THEN (SELECT ' COLLATE ' || quote_ident(k.collname) FROM pg_collation AS k WHERE k.oid = a.attcollation)
        ELSE ''
    END
    || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    || CASE a.attidentity WHEN '' THEN '' WHEN 'a' THEN ' GENERATED ALWAYS AS IDENTITY' ELSE ' GENERATED BY DEFAULT AS IDENTITY' END
    || CASE a.attgenerated WHEN '' THEN ' DEFAULT ' WHEN 's' THEN ' STORED ' ELSE ' VIRTUAL ' END
    || COALESCE(pg_get_expr(d.adbin, d.adrelid), 'NULL'),
    NULL,
    NULL,
    NULL,
    c.relname
FROM relation AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type AS t ON t.oid = a.atttypid
LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.relispartition OR c.relkind = 'f' OR c.relkind = 'v' AND a.atthasdef
UNION ALL
SELECT
    'column setting',
    a.attrelid,
    c.nspname,
    quote_ident(c.relname) || '.' || quote_ident(a.attname),
    CASE WHEN c.is_read THEN c.oid END,
    v.text,
    CASE WHEN c.is_read THEN a.attnum END,
    NULL,
    c.part,
    c.table_name
FROM (
    SELECT r.oid, r.nspname, r.relname, r.relkind, r.relispartition, r.is_read, NULL::name AS part, r.relname AS table_name FROM relation AS r
    WHERE r.relkind IN ('r', 'p', 'm', 'f')
    UNION ALL
    SELECT i.indexrelid, i.nspname, i.relname, i.relkind, false, false, i.relname, i.table_name FROM indexed AS i
) AS c
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_type AS t ON t.oid = a.atttypid
CROSS JOIN LATERAL (
    SELECT concat_ws(
        ', ',
        CASE WHEN a.attstorage <> t.typstorage AND c.relkind NOT IN ('i', 'I') THEN
            'STORAGE ' || CASE a.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END
        END,
        CASE WHEN a.attnotnull AND t.typnotnull THEN 'NOT NULL beside its domain''s' END,
        'COMPRESSION ' || CASE to_jsonb(a) ->> 'attcompression' WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END,
        CASE WHEN a.attstattarget >= 0 THEN 'STATISTICS ' || a.attstattarget END,
        'SET (' || (SELECT string_agg(o.text, ', ' ORDER BY o.text) FROM unnest(a.attoptions) AS o (text) WHERE o.text !~ '^pg_') || ')',
        'OPTIONS (' || array_to_string(a.attfdwoptions, ', ') || ')',
        CASE WHEN a.attinhcount > 0 AND NOT c.relispartition THEN CASE WHEN a.attislocal THEN 'inherited and local' ELSE 'inherited' END END
    ) AS text
) AS v
WHERE v.text <> ''
UNION ALL
-- Of tables that are read only what is not told elsewhere: keys that carry, wait or overlap, foreign keys that match fully
-- or lead to what is not read, names and kinds of NOT NULL that are a server's own from 18.
SELECT
    'constraint',
    k.oid,
    c.nspname,
    k.conname,
    CASE WHEN c.is_read THEN c.oid END,
    pg_get_constraintdef(k.oid) || CASE WHEN k.conislocal AND k.coninhcount > 0 THEN ' [merged]' ELSE '' END,
    NULL,
    NULL,
    k.conname,
    c.relname
FROM relation AS c
JOIN pg_constraint AS k ON k.conrelid = c.oid
LEFT JOIN pg_index AS i ON i.indexrelid = k.conindid AND k.contype IN ('p', 'u')
WHERE
    CASE WHEN NOT c.is_read
        THEN k.contype IN ('c', 'x', 'p', 'u') OR k.contype = 'f' AND k.conparentid = 0
        ELSE
            k.contype IN ('p', 'u') AND (k.condeferrable OR i.indnatts <> i.indnkeyatts OR (to_jsonb(k) ->> 'conperiod')::bool)
            OR k.contype = 'f' AND k.conparentid = 0 AND (
                k.confmatchtype <> 's'
                OR to_jsonb(k) ->> 'confdelsetcols' IS NOT NULL
                OR (to_jsonb(k) ->> 'conperiod')::bool
                OR NOT COALESCE((to_jsonb(k) ->> 'conenforced')::bool, true)
                OR NOT EXISTS (SELECT FROM relation AS r WHERE r.oid = k.confrelid AND r.is_read)
            )
            OR k.contype = 'c' AND k.conislocal AND k.coninhcount > 0
    END
UNION ALL
SELECT
    'not null',
    k.oid,
    c.nspname,
    k.conname,
    CASE WHEN c.is_read THEN c.oid END,
    pg_get_constraintdef(k.oid),
    NULL,
    NULL,
    k.conname,
    c.relname
FROM relation AS c
JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'n'
JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
WHERE k.connoinherit OR NOT k.convalidated OR k.conname <> c.relname || '_' || a.attname || '_not_null'
UNION ALL
-- Whole, where the table is not read; else what is not told elsewhere.
SELECT
    CASE WHEN i.is_read THEN 'index setting' ELSE 'index' END,
    i.indexrelid,
    i.nspname,
    i.relname,
    CASE WHEN i.is_read THEN i.indrelid END,
    CASE WHEN i.constraint_oid IS NULL OR i.is_read THEN pg_get_indexdef(i.indexrelid) ELSE '' END
    || CASE WHEN i.indisvalid THEN '' ELSE ' [invalid]' END
    || COALESCE((SELECT ' ATTACHED TO ' || h.inhparent::regclass FROM pg_inherits AS h WHERE h.inhrelid = i.indexrelid), ''),
    NULL,
    NULL,
    i.relname,
    i.table_name
FROM indexed AS i
WHERE
    CASE WHEN i.is_read
        THEN
            NOT i.indisvalid AND (i.indisprimary OR i.indisexclusion OR i.indexprs IS NOT NULL)
            OR EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = i.indexrelid AND array_to_string(a.attoptions, ',') !~ '^pg_[^,]*$')
        ELSE
            i.constraint_oid IS NULL OR NOT i.indisvalid
            OR EXISTS (SELECT FROM pg_inherits AS h WHERE h.inhrelid = i.indexrelid)
    END
UNION ALL
SELECT
    'sequence setting',
    c.oid,
    c.nspname,
    c.relname,
    NULL,
    'AS ' || format_type(s.seqtypid, NULL) || ' INCREMENT ' || s.seqincrement || ' MINVALUE ' || s.seqmin
    || ' MAXVALUE ' || s.seqmax || ' START ' || s.seqstart || ' CACHE ' || s.seqcache
    || CASE WHEN s.seqcycle THEN ' CYCLE' ELSE '' END
    || COALESCE((
        SELECT CASE d.deptype WHEN 'a' THEN ' OWNED BY ' ELSE ' IDENTITY OF ' END || d.refobjid::regclass || '.' || quote_ident(a.attname)
        FROM pg_depend AS d
        JOIN pg_attribute AS a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
        WHERE
            d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
            AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    ), ''),
    NULL,
    NULL,
    NULL,
    NULL
FROM relation AS c
JOIN pg_sequence AS s ON s.seqrelid = c.oid

-- --- types, functions, operators --------------------------------------------------------------------------------------

UNION ALL
SELECT
    CASE t.typtype WHEN 'r' THEN 'range type' ELSE 'base type' END,
    t.oid,
    n.nspname,
    t.typname,
    NULL,
    CASE WHEN t.typtype = 'r' THEN (
        SELECT '(' || concat_ws(
            ', ', 'SUBTYPE = ' || format_type(r.rngsubtype, NULL), 'SUBTYPE_OPCLASS = ' || quote_ident(o.opcname),
            'COLLATION = ' || (SELECT quote_ident(k.collname) FROM pg_collation AS k WHERE k.oid = r.rngcollation),
            'CANONICAL = ' || NULLIF(r.rngcanonical::oid, 0)::regproc, 'SUBTYPE_DIFF = ' || NULLIF(r.rngsubdiff::oid, 0)::regproc,
            'MULTIRANGE_TYPE_NAME = ' || format_type(NULLIF((to_jsonb(r) ->> 'rngmultitypid')::oid, 0), NULL)
        ) || ')'
        FROM pg_range AS r
        JOIN pg_opclass AS o ON o.oid = r.rngsubopc
        WHERE r.rngtypid = t.oid
    ) ELSE concat_ws(
        ' ', t.typlen, t.typbyval, t.typcategory, t.typispreferred, t.typdelim, t.typinput, t.typoutput, t.typreceive, t.typsend,
        t.typmodin, t.typmodout, t.typanalyze, t.typalign, t.typstorage, t.typdefault, t.typcollation, t.typisdefined,
        format_type(NULLIF(t.typelem, 0), NULL)
    ) END,
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_type AS t
JOIN schema AS n ON n.oid = t.typnamespace
WHERE
    -- One that is only declared is a pseudo-type.
    (t.typtype IN ('b', 'r') OR t.typtype = 'p' AND NOT t.typisdefined)
    AND NOT (t.typcategory = 'A' AND t.typelem <> 0 AND t.typarray = 0)
    AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = 'pg_type'::regclass AND m.objid = t.oid)
UNION ALL
SELECT
    'aggregate',
    p.oid,
    n.nspname,
    p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
    NULL,
    '(' || concat_ws(
        ', ', 'SFUNC = ' || a.aggtransfn, 'STYPE = ' || format_type(a.aggtranstype, NULL), 'SSPACE = ' || NULLIF(a.aggtransspace, 0),
        'FINALFUNC = ' || NULLIF(a.aggfinalfn::oid, 0)::regproc, CASE WHEN a.aggfinalextra THEN 'FINALFUNC_EXTRA' END,
        'FINALFUNC_MODIFY = ' || CASE a.aggfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END,
        'COMBINEFUNC = ' || NULLIF(a.aggcombinefn::oid, 0)::regproc, 'SERIALFUNC = ' || NULLIF(a.aggserialfn::oid, 0)::regproc,
        'DESERIALFUNC = ' || NULLIF(a.aggdeserialfn::oid, 0)::regproc, 'INITCOND = ' || quote_literal(a.agginitval),
        'MSFUNC = ' || NULLIF(a.aggmtransfn::oid, 0)::regproc, 'MINVFUNC = ' || NULLIF(a.aggminvtransfn::oid, 0)::regproc,
        'MSTYPE = ' || format_type(NULLIF(a.aggmtranstype, 0), NULL), 'MSSPACE = ' || NULLIF(a.aggmtransspace, 0),
        'MFINALFUNC = ' || NULLIF(a.aggmfinalfn::oid, 0)::regproc, CASE WHEN a.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END,
        CASE WHEN a.aggmtransfn::oid <> 0 THEN
            'MFINALFUNC_MODIFY = '
            || CASE a.aggmfinalmodify WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END
        END,
        'MINITCOND = ' || quote_literal(a.aggminitval),
        'SORTOP = OPERATOR(' || (
            SELECT quote_ident(y.nspname) || '.' || x.oprname FROM pg_operator AS x
            JOIN pg_namespace AS y ON y.oid = x.oprnamespace
            WHERE x.oid = a.aggsortop
        ) || ')',
        'PARALLEL = ' || CASE p.proparallel WHEN 's' THEN 'SAFE' WHEN 'r' THEN 'RESTRICTED' ELSE 'UNSAFE' END,
        CASE WHEN a.aggkind = 'h' THEN 'HYPOTHETICAL' END
    ) || ')',
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_proc AS p
JOIN schema AS n ON n.oid = p.pronamespace
JOIN pg_aggregate AS a ON a.aggfnoid = p.oid
WHERE NOT EXISTS (SELECT FROM member AS m WHERE m.classid = 'pg_proc'::regclass AND m.objid = p.oid)
UNION ALL
SELECT
    'operator',
    o.oid,
    n.nspname,
    o.oid::regoperator::text,
    NULL,
    '(' || concat_ws(
        ', ', 'FUNCTION = ' || o.oprcode, 'LEFTARG = ' || format_type(NULLIF(o.oprleft, 0), NULL),
        'RIGHTARG = ' || format_type(NULLIF(o.oprright, 0), NULL),
        (
            SELECT string_agg(
                CASE WHEN x.oid = o.oprcom THEN 'COMMUTATOR' ELSE 'NEGATOR' END || ' = OPERATOR(' || quote_ident(y.nspname) || '.' || x.oprname || ')',
                ', ' ORDER BY x.oid = o.oprcom
            )
            FROM pg_operator AS x
            JOIN pg_namespace AS y ON y.oid = x.oprnamespace
            WHERE x.oid IN (o.oprcom, o.oprnegate)
        ),
        'RESTRICT = ' || NULLIF(o.oprrest::oid, 0)::regproc, 'JOIN = ' || NULLIF(o.oprjoin::oid, 0)::regproc,
        CASE WHEN o.oprcanhash THEN 'HASHES' END, CASE WHEN o.oprcanmerge THEN 'MERGES' END
    ) || ')',
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_operator AS o
JOIN schema AS n ON n.oid = o.oprnamespace
WHERE
    o.oprcode <> 0
    AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = 'pg_operator'::regclass AND m.objid = o.oid)
UNION ALL
SELECT
    'operator class',
    o.oid,
    n.nspname,
    o.opcname || ' USING ' || m.amname,
    NULL,
    concat_ws(
        ' ', CASE WHEN o.opcdefault THEN 'DEFAULT' END, 'FOR TYPE ' || format_type(o.opcintype, NULL),
        'FAMILY ' || (SELECT f.opfname FROM pg_opfamily AS f WHERE f.oid = o.opcfamily),
        'STORAGE ' || format_type(NULLIF(o.opckeytype, 0), NULL)
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_opclass AS o
JOIN schema AS n ON n.oid = o.opcnamespace
JOIN pg_am AS m ON m.oid = o.opcmethod
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_opclass'::regclass AND e.objid = o.oid)
UNION ALL
SELECT
    'operator family',
    f.oid,
    n.nspname,
    f.opfname || ' USING ' || m.amname,
    NULL,
    COALESCE((
        SELECT string_agg(
            concat_ws(
                ' ', 'OPERATOR', a.amopstrategy, a.amopopr::regoperator,
                (SELECT 'FOR ORDER BY ' || s.opfname FROM pg_opfamily AS s WHERE s.oid = NULLIF(a.amopsortfamily, 0))
            ), ', ' ORDER BY a.amopstrategy, a.amopopr::regoperator::text
        )
        FROM pg_amop AS a WHERE a.amopfamily = f.oid
    ), '')
    || COALESCE((
        SELECT string_agg(
            concat_ws(' ', '; FUNCTION', a.amprocnum, format_type(a.amproclefttype, NULL), format_type(a.amprocrighttype, NULL), a.amproc::regprocedure), ''
            ORDER BY a.amprocnum, format_type(a.amproclefttype, NULL), format_type(a.amprocrighttype, NULL)
        )
        FROM pg_amproc AS a WHERE a.amprocfamily = f.oid
    ), ''),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_opfamily AS f
JOIN schema AS n ON n.oid = f.opfnamespace
JOIN pg_am AS m ON m.oid = f.opfmethod
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_opfamily'::regclass AND e.objid = f.oid)
UNION ALL
SELECT
    'cast',
    k.oid,
    NULL,
    '(' || format_type(k.castsource, NULL) || ' AS ' || format_type(k.casttarget, NULL) || ')',
    NULL,
    concat_ws(
        ' ', CASE k.castmethod WHEN 'b' THEN 'WITHOUT FUNCTION' WHEN 'i' THEN 'WITH INOUT' ELSE 'WITH FUNCTION ' || k.castfunc::regprocedure END,
        CASE k.castcontext WHEN 'a' THEN 'AS ASSIGNMENT' WHEN 'i' THEN 'AS IMPLICIT' END
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_cast AS k
WHERE
    k.oid >= 16384
    -- A range type brings the casts to its multirange along.
    AND NOT EXISTS (
        SELECT FROM pg_depend AS d
        WHERE d.classid = 'pg_cast'::regclass AND d.objid = k.oid AND d.deptype IN ('i', 'e')
    )
UNION ALL
SELECT
    'transform',
    t.oid,
    NULL,
    'FOR ' || format_type(t.trftype, NULL) || ' LANGUAGE ' || quote_ident(l.lanname),
    NULL,
    concat_ws(' ', t.trffromsql, t.trftosql),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_transform AS t
JOIN pg_language AS l ON l.oid = t.trflang
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_transform'::regclass AND e.objid = t.oid)
UNION ALL
SELECT
    'language',
    l.oid,
    NULL,
    l.lanname,
    NULL,
    concat_ws(
        ' ', CASE WHEN l.lanpltrusted THEN 'TRUSTED' END, NULLIF(l.lanplcallfoid, 0)::regproc, NULLIF(l.laninline, 0)::regproc,
        NULLIF(l.lanvalidator, 0)::regproc
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_language AS l
WHERE
    l.oid >= 16384
    AND NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_language'::regclass AND e.objid = l.oid)
UNION ALL
SELECT 'index method', a.oid, NULL, a.amname, NULL, concat_ws(' ', a.amtype, a.amhandler), NULL, NULL, NULL, NULL
FROM pg_am AS a
WHERE
    a.oid >= 16384
    AND NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_am'::regclass AND e.objid = a.oid)
UNION ALL
SELECT
    'collation',
    k.oid,
    n.nspname,
    k.collname,
    NULL,
    '(' || concat_ws(
        ', ', 'PROVIDER = ' || CASE k.collprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' ELSE 'builtin' END,
        CASE WHEN k.collprovider <> 'c' THEN
            'LOCALE = ' || quote_literal(COALESCE(to_jsonb(k) ->> 'colllocale', to_jsonb(k) ->> 'colliculocale', k.collcollate::text))
        END,
        CASE WHEN k.collprovider = 'c' THEN 'LC_COLLATE = ' || quote_literal(k.collcollate) END,
        CASE WHEN k.collprovider = 'c' THEN 'LC_CTYPE = ' || quote_literal(k.collctype) END,
        CASE WHEN NOT k.collisdeterministic THEN 'DETERMINISTIC = false' END, 'RULES = ' || quote_literal(to_jsonb(k) ->> 'collicurules')
    ) || ')',
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_collation AS k
JOIN schema AS n ON n.oid = k.collnamespace
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_collation'::regclass AND e.objid = k.oid)
UNION ALL
SELECT
    'conversion',
    k.oid,
    n.nspname,
    k.conname,
    NULL,
    concat_ws(
        ' ', CASE WHEN k.condefault THEN 'DEFAULT' END, pg_encoding_to_char(k.conforencoding), pg_encoding_to_char(k.contoencoding),
        k.conproc
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_conversion AS k
JOIN schema AS n ON n.oid = k.connamespace
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_conversion'::regclass AND e.objid = k.oid)
UNION ALL
SELECT
    'text search parser',
    p.oid,
    n.nspname,
    p.prsname,
    NULL,
    concat_ws(' ', p.prsstart, p.prstoken, p.prsend, p.prsheadline, p.prslextype),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_ts_parser AS p
JOIN schema AS n ON n.oid = p.prsnamespace
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_ts_parser'::regclass AND e.objid = p.oid)
UNION ALL
SELECT 'text search template', t.oid, n.nspname, t.tmplname, NULL, concat_ws(' ', t.tmplinit, t.tmpllexize), NULL, NULL, NULL, NULL
FROM pg_ts_template AS t
JOIN schema AS n ON n.oid = t.tmplnamespace
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_ts_template'::regclass AND e.objid = t.oid)
UNION ALL
SELECT
    'text search dictionary',
    d.oid,
    n.nspname,
    d.dictname,
    NULL,
    '(' || concat_ws(
        ', ', 'TEMPLATE = ' || (SELECT quote_ident(t.tmplname) FROM pg_ts_template AS t WHERE t.oid = d.dicttemplate), d.dictinitoption
    ) || ')',
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_ts_dict AS d
JOIN schema AS n ON n.oid = d.dictnamespace
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_ts_dict'::regclass AND e.objid = d.oid)
UNION ALL
SELECT
    'text search configuration',
    c.oid,
    n.nspname,
    c.cfgname,
    NULL,
    '(PARSER = ' || (SELECT quote_ident(p.prsname) FROM pg_ts_parser AS p WHERE p.oid = c.cfgparser) || ')' || COALESCE((
        SELECT string_agg('; ADD MAPPING FOR ' || quote_ident(t.alias) || ' WITH ' || m.dictionaries, '' ORDER BY t.tokid)
        FROM ts_token_type(c.cfgparser) AS t
        JOIN (
            SELECT x.maptokentype, string_agg(x.mapdict::regdictionary::text, ', ' ORDER BY x.mapseqno) AS dictionaries
            FROM pg_ts_config_map AS x
            WHERE x.mapcfg = c.oid
            GROUP BY x.maptokentype
        ) AS m ON m.maptokentype = t.tokid
    ), ''),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_ts_config AS c
JOIN schema AS n ON n.oid = c.cfgnamespace
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_ts_config'::regclass AND e.objid = c.oid)

-- --- what belongs to no schema ----------------------------------------------------------------------------------------

UNION ALL
SELECT
    'foreign data wrapper',
    w.oid,
    NULL,
    w.fdwname,
    NULL,
    concat_ws(
        ' ', 'HANDLER ' || NULLIF(w.fdwhandler, 0)::regproc, 'VALIDATOR ' || NULLIF(w.fdwvalidator, 0)::regproc,
        'OPTIONS (' || array_to_string(w.fdwoptions, ', ') || ')'
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_foreign_data_wrapper AS w
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_foreign_data_wrapper'::regclass AND e.objid = w.oid)
UNION ALL
SELECT
    'server',
    s.oid,
    NULL,
    s.srvname,
    NULL,
    concat_ws(
        ' ', 'TYPE ' || quote_literal(s.srvtype), 'VERSION ' || quote_literal(s.srvversion),
        (SELECT 'WRAPPER ' || quote_ident(w.fdwname) FROM pg_foreign_data_wrapper AS w WHERE w.oid = s.srvfdw),
        'OPTIONS (' || array_to_string(s.srvoptions, ', ') || ')'
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_foreign_server AS s
WHERE NOT EXISTS (SELECT FROM member AS e WHERE e.classid = 'pg_foreign_server'::regclass AND e.objid = s.oid)
UNION ALL
-- Its options hold passwords: only whether they are the same is asked.
SELECT
    'user mapping',
    u.umid,
    NULL,
    'for '
    || CASE
        WHEN u.umuser = 0 THEN 'PUBLIC' WHEN u.umuser = (SELECT d.oid FROM deployer AS d) THEN 'the deploying role'
        ELSE quote_ident(u.usename)
    END
    || ' on ' || quote_ident(u.srvname),
    NULL,
    md5(COALESCE(array_to_string(u.umoptions, ', '), '')),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_user_mappings AS u
UNION ALL
SELECT
    'event trigger',
    e.oid,
    NULL,
    e.evtname,
    NULL,
    concat_ws(
        ' ', 'ON', e.evtevent, 'WHEN TAG IN (' || (SELECT string_agg(quote_literal(x.tag), ', ' ORDER BY x.tag) FROM unnest(e.evttags) AS x (tag)) || ')',
        'EXECUTE FUNCTION', e.evtfoid::regproc || '()', '[' || NULLIF(e.evtenabled::text, 'O') || ']'
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_event_trigger AS e
WHERE NOT EXISTS (SELECT FROM member AS m WHERE m.classid = 'pg_event_trigger'::regclass AND m.objid = e.oid)
UNION ALL
SELECT
    'publication',
    p.oid,
    NULL,
    p.pubname,
    NULL,
    concat_ws(
        ' ', CASE WHEN p.puballtables THEN 'FOR ALL TABLES' END, CASE WHEN p.pubinsert THEN 'insert' END,
        CASE WHEN p.pubupdate THEN 'update' END, CASE WHEN p.pubdelete THEN 'delete' END, CASE WHEN p.pubtruncate THEN 'truncate' END,
        CASE WHEN (to_jsonb(p) ->> 'pubviaroot')::bool THEN 'publish_via_partition_root' END,
        'generated columns ' || NULLIF(to_jsonb(p) ->> 'pubgencols', 'n')
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_publication AS p
UNION ALL
SELECT
    'publication table',
    r.oid,
    n.nspname,
    quote_ident(p.pubname) || ' of ' || quote_ident(c.relname),
    NULL,
    concat_ws(
        ' ',
        CASE WHEN to_jsonb(r) ->> 'prattrs' IS NOT NULL THEN
            '(' || (
                SELECT string_agg(quote_ident(x.name), ', ' ORDER BY x.place)
                FROM jsonb_array_elements_text(to_jsonb(t) -> 'attnames') WITH ORDINALITY AS x (name, place)
            ) || ')'
        END,
        'WHERE (' || (to_jsonb(t) ->> 'rowfilter') || ')'
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_publication_rel AS r
JOIN pg_publication AS p ON p.oid = r.prpubid
JOIN pg_class AS c ON c.oid = r.prrelid
JOIN schema AS n ON n.oid = c.relnamespace
LEFT JOIN pg_publication_tables AS t ON t.pubname = p.pubname AND t.schemaname = n.nspname AND t.tablename = c.relname
UNION ALL
SELECT
    'security label',
    l.objoid,
    i.schema,
    l.provider || ' on ' || i.type || ' ' || i.identity,
    NULL,
    l.label,
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_seclabel AS l
CROSS JOIN LATERAL pg_identify_object(l.classoid, l.objoid, l.objsubid) AS i
WHERE
    (i.schema IS NULL OR i.schema = ANY ($1::text[]))
    AND NOT EXISTS (SELECT FROM member AS e WHERE e.classid = l.classoid AND e.objid = l.objoid)
UNION ALL
-- Comments on what belongs to no schema itself: triggers, rules and policies by their tables, and extensions, casts,
-- publications and the like.
SELECT
    'comment',
    d.objoid,
    c.nspname,
    i.type || ' ' || i.identity,
    CASE WHEN c.is_read THEN c.oid END,
    d.description,
    NULL,
    NULL,
    NULL,
    c.relname
FROM pg_description AS d
CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) AS i
LEFT JOIN pg_trigger AS t ON d.classoid = 'pg_trigger'::regclass AND t.oid = d.objoid
LEFT JOIN pg_rewrite AS w ON d.classoid = 'pg_rewrite'::regclass AND w.oid = d.objoid
LEFT JOIN pg_policy AS p ON d.classoid = 'pg_policy'::regclass AND p.oid = d.objoid
LEFT JOIN relation AS c ON c.oid = COALESCE(t.tgrelid, w.ev_class, p.polrelid)
WHERE
    d.objoid >= 16384 -- before the rest is looked at
    AND d.classoid NOT IN ('pg_extension'::regclass, 'pg_namespace'::regclass)
    AND i.schema IS NULL
    AND (COALESCE(t.tgrelid, w.ev_class, p.polrelid) IS NULL OR c.oid IS NOT NULL)
    AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = d.classoid AND m.objid = d.objoid)
UNION ALL
-- The schema that came with the database has a comment: only another one is told, and that there is none.
SELECT 'comment', n.oid, n.nspname, 'schema ' || quote_ident(n.nspname), NULL, COALESCE(c.text, ''), NULL, NULL, NULL, NULL
FROM schema AS n
LEFT JOIN LATERAL (
    SELECT d.description AS text FROM pg_description AS d
    WHERE d.objoid = n.oid AND d.classoid = 'pg_namespace'::regclass AND d.objsubid = 0
) AS c ON true
WHERE
    CASE WHEN n.nspname = 'public' THEN c.text IS DISTINCT FROM 'standard public schema' ELSE c.text IS NOT NULL END
    AND (n.oid < 16384 OR c.text IS NOT NULL)
    AND NOT EXISTS (SELECT FROM member AS m WHERE m.classid = 'pg_namespace'::regclass AND m.objid = n.oid)
UNION ALL
-- An extension brings its own comment: only another one is told, and that there is none.
SELECT 'comment', e.oid, NULL, 'extension ' || quote_ident(e.extname), NULL, COALESCE(c.text, ''), NULL, NULL, NULL, NULL
FROM pg_extension AS e
LEFT JOIN LATERAL (
    SELECT d.description AS text FROM pg_description AS d
    WHERE d.objoid = e.oid AND d.classoid = 'pg_extension'::regclass AND d.objsubid = 0
) AS c ON true
WHERE
    e.oid >= 16384
    AND c.text IS DISTINCT FROM (SELECT a.comment FROM pg_available_extensions AS a WHERE a.name = e.extname)
