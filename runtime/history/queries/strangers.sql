-- Whose code would run by the history ($1: the schema, $2 and $3: its tables), first of all what runs already when it is read: strangers.c.
-- Read: what a view says, what heirs are (foreign tables), what policies ask, how a column's type is cast, and what the server computes ahead
-- of a query of a partition's bounds and the expressions of indexes, statistics and generated columns. Written: the rest.
-- Trusted is a role that may become ours, and the owner of the database. Of the functions they own a stranger may call those without
-- arguments, and immutable ones: others may run any text that they are given (query_to_xml, domain_in, crosstab).
-- What is the server's own is in no row of pg_depend, and is looked for in the expressions.
-- What a foreign key's action sets off runs as whoever changed the row it refers to, up to PostgreSQL 17.
-- On a table that is no stranger's, whoever was granted as much may put triggers, and foreign keys that refer to it.
WITH every AS (
    SELECT c.oid, c.relname, c.relkind, c.relispartition, r.rolname, base.datdba,
        NOT pg_catalog.pg_has_role(c.relowner, SESSION_USER, 'MEMBER') AND c.relowner OPERATOR(pg_catalog.<>) base.datdba AS of_stranger,
        -- Which of them has made a trigger the catalog does not say.
        EXISTS (SELECT FROM pg_catalog.aclexplode(c.relacl) AS x WHERE x.privilege_type OPERATOR(pg_catalog.=) 'TRIGGER'
            AND x.grantee OPERATOR(pg_catalog.<>) base.datdba
            AND (x.grantee OPERATOR(pg_catalog.=) 0::pg_catalog.oid OR NOT pg_catalog.pg_has_role(x.grantee, SESSION_USER, 'MEMBER'))) AS is_lent
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_roles AS r ON r.oid OPERATOR(pg_catalog.=) c.relowner
    JOIN pg_catalog.pg_database AS base ON base.datname OPERATOR(pg_catalog.=) pg_catalog.current_database()
    WHERE c.oid OPERATOR(pg_catalog.=) ANY (ARRAY[
            pg_catalog.to_regclass(pg_catalog.format('%I.%I', $1::pg_catalog.text, $2::pg_catalog.text))::pg_catalog.oid,
            pg_catalog.to_regclass(pg_catalog.format('%I.%I', $1::pg_catalog.text, $3::pg_catalog.text))::pg_catalog.oid])
), held AS (
    SELECT every.* FROM every WHERE every.of_stranger
), part AS (
    SELECT held.oid AS held, 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid AS class, held.oid AS object,
        'a column' AS what, false AS writes, NULL::pg_catalog.text AS tree FROM held
    UNION ALL
    SELECT held.oid, 'pg_catalog.pg_class'::pg_catalog.regclass::pg_catalog.oid, i.indexrelid, 'an index', false, NULL
    FROM held JOIN pg_catalog.pg_index AS i ON i.indrelid OPERATOR(pg_catalog.=) held.oid
    UNION ALL
    SELECT held.oid, 'pg_catalog.pg_statistic_ext'::pg_catalog.regclass::pg_catalog.oid, s.oid, 'a statistics object', false, NULL
    FROM held JOIN pg_catalog.pg_statistic_ext AS s ON s.stxrelid OPERATOR(pg_catalog.=) held.oid
    UNION ALL
    SELECT held.oid, 'pg_catalog.pg_attrdef'::pg_catalog.regclass::pg_catalog.oid, a.oid,
        CASE WHEN col.attgenerated OPERATOR(pg_catalog.=) '' THEN 'a default' ELSE 'a generated column' END,
        col.attgenerated OPERATOR(pg_catalog.<>) 'v', a.adbin::pg_catalog.text
    FROM held JOIN pg_catalog.pg_attrdef AS a ON a.adrelid OPERATOR(pg_catalog.=) held.oid
    JOIN pg_catalog.pg_attribute AS col ON col.attrelid OPERATOR(pg_catalog.=) a.adrelid AND col.attnum OPERATOR(pg_catalog.=) a.adnum
    UNION ALL
    -- With constraint_exclusion a check is computed ahead of a query, too.
    SELECT held.oid, 'pg_catalog.pg_constraint'::pg_catalog.regclass::pg_catalog.oid, k.oid, 'a constraint', false, k.conbin::pg_catalog.text
    FROM held JOIN pg_catalog.pg_constraint AS k ON k.conrelid OPERATOR(pg_catalog.=) held.oid
    UNION ALL
    SELECT held.oid, 'pg_catalog.pg_trigger'::pg_catalog.regclass::pg_catalog.oid, t.oid, 'a trigger', true, t.tgqual::pg_catalog.text
    FROM every AS held JOIN pg_catalog.pg_trigger AS t ON t.tgrelid OPERATOR(pg_catalog.=) held.oid
    WHERE NOT t.tgisinternal AND t.tgenabled OPERATOR(pg_catalog.<>) 'D'
), code AS (
    -- Before PostgreSQL 14 it is the column that rests on what a stored one is computed by.
    SELECT part.held, CASE WHEN own.stored THEN 'a generated column' ELSE part.what END AS what, part.writes OR own.stored AS writes,
        d.refclassid AS class, d.refobjid AS object, o.owner, o.bounded
    FROM part
    JOIN pg_catalog.pg_depend AS d ON d.classid OPERATOR(pg_catalog.=) part.class AND d.objid OPERATOR(pg_catalog.=) part.object
    CROSS JOIN LATERAL (SELECT part.object OPERATOR(pg_catalog.=) part.held
        AND d.refclassid OPERATOR(pg_catalog.<>) 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid AS stored) AS own
    CROSS JOIN LATERAL (
        SELECT p.proowner AS owner, p.pronargs OPERATOR(pg_catalog.=) 0 OR p.provolatile OPERATOR(pg_catalog.=) 'i' AS bounded
        FROM pg_catalog.pg_proc AS p
        WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid
            AND p.oid OPERATOR(pg_catalog.=) d.refobjid
        UNION ALL
        SELECT q.oprowner, true FROM pg_catalog.pg_operator AS q
        WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid
            AND q.oid OPERATOR(pg_catalog.=) d.refobjid
        UNION ALL
        SELECT p.proowner, p.provolatile OPERATOR(pg_catalog.=) 'i' FROM pg_catalog.pg_operator AS q
        JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) q.oprcode::pg_catalog.oid
        WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_operator'::pg_catalog.regclass::pg_catalog.oid
            AND q.oid OPERATOR(pg_catalog.=) d.refobjid
        UNION ALL
        SELECT t.typowner, true FROM pg_catalog.pg_type AS t
        WHERE d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_type'::pg_catalog.regclass::pg_catalog.oid
            AND t.oid OPERATOR(pg_catalog.=) d.refobjid) AS o
), fault AS (
    SELECT held.oid AS held, 'it is no plain table' AS why, NULL::pg_catalog.text AS owned, false AS writes
    FROM held WHERE held.relkind OPERATOR(pg_catalog.<>) 'r'
    UNION ALL
    -- What keeps it from a foreign row is computed by the key of what it is a part of, and of what that is one of.
    SELECT held.oid, 'it is a partition', NULL, false FROM held WHERE held.relispartition
    UNION ALL
    SELECT held.oid, 'it has row security', NULL, false FROM held WHERE pg_catalog.row_security_active(held.oid)
    UNION ALL
    SELECT held.oid, 'others inherit from it', NULL, false FROM held
    WHERE EXISTS (SELECT FROM pg_catalog.pg_inherits AS i WHERE i.inhparent OPERATOR(pg_catalog.=) held.oid)
    UNION ALL
    SELECT held.oid, 'it has a rule', NULL, true FROM held
    WHERE EXISTS (SELECT FROM pg_catalog.pg_rewrite AS w WHERE w.ev_class OPERATOR(pg_catalog.=) held.oid
        AND w.ev_enabled OPERATOR(pg_catalog.<>) 'D')
    UNION ALL
    SELECT held.oid, 'a foreign key refers to it', NULL, true FROM every AS held
    JOIN pg_catalog.pg_constraint AS k ON k.confrelid OPERATOR(pg_catalog.=) held.oid
    JOIN pg_catalog.pg_class AS refers ON refers.oid OPERATOR(pg_catalog.=) k.conrelid
    WHERE NOT pg_catalog.pg_has_role(refers.relowner, SESSION_USER, 'MEMBER')
        AND refers.relowner OPERATOR(pg_catalog.<>) held.datdba
    UNION ALL
    -- An extension's trigger function may make SQL of its arguments (refint does).
    SELECT held.oid, 'a trigger gives arguments to a function of an extension', NULL, true FROM every AS held
    JOIN pg_catalog.pg_trigger AS t ON t.tgrelid OPERATOR(pg_catalog.=) held.oid
    JOIN pg_catalog.pg_depend AS d ON d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass::pg_catalog.oid
        AND d.objid OPERATOR(pg_catalog.=) t.tgfoid AND d.deptype OPERATOR(pg_catalog.=) 'e'
    WHERE NOT t.tgisinternal AND t.tgenabled OPERATOR(pg_catalog.<>) 'D' AND t.tgnargs OPERATOR(pg_catalog.>) 0
        AND (held.of_stranger OR held.is_lent)
    UNION ALL
    SELECT code.held, pg_catalog.format('%s of it runs or is what the role `%s` has made', code.what, pg_catalog.pg_get_userbyid(code.owner)),
        (SELECT pg_catalog.format('ALTER %s %s OWNER TO ...', pg_catalog.upper(i.type), i.identity)
            FROM pg_catalog.pg_identify_object(code.class, code.object, 0) AS i), code.writes
    FROM code JOIN every AS held ON held.oid OPERATOR(pg_catalog.=) code.held
    WHERE NOT pg_catalog.pg_has_role(code.owner, SESSION_USER, 'MEMBER') AND code.owner OPERATOR(pg_catalog.<>) held.datdba
    UNION ALL
    SELECT code.held, pg_catalog.format('%s of it does more than compute', code.what), NULL, true
    FROM code JOIN held ON held.oid OPERATOR(pg_catalog.=) code.held WHERE NOT code.bounded
    UNION ALL
    SELECT part.held, pg_catalog.format('%s of it does more than compute', part.what), NULL, true
    FROM part JOIN held ON held.oid OPERATOR(pg_catalog.=) part.held
    CROSS JOIN LATERAL pg_catalog.regexp_matches(part.tree, ':funcid ([0-9]+)', 'g') AS f (number)
    JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) f.number[1]::pg_catalog.oid
    WHERE p.oid OPERATOR(pg_catalog.<) 16384::pg_catalog.oid AND p.provolatile OPERATOR(pg_catalog.<>) 'i'
        AND p.proname OPERATOR(pg_catalog.<>) ALL (ARRAY['now', 'transaction_timestamp', 'statement_timestamp', 'clock_timestamp',
            'timeofday', 'gen_random_uuid', 'uuidv4', 'uuidv7', 'random', 'nextval', 'txid_current', 'pg_current_xact_id',
            'pg_backend_pid', 'inet_client_addr', 'inet_client_port', 'current_setting', 'current_database', 'current_schema',
            'date', 'timestamp', 'timestamptz', 'to_char', 'date_trunc', 'date_part', 'extract']::pg_catalog.name[])
)
SELECT held.rolname AS role, held.relname AS relation, fault.why, fault.owned, fault.writes, held.of_stranger
FROM fault JOIN every AS held ON held.oid OPERATOR(pg_catalog.=) fault.held
ORDER BY fault.writes, held.relname, fault.owned IS NULL, fault.why, fault.owned
LIMIT 1
