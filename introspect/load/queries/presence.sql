-- Is there anything for opaque.sql and names.sql to find? Each line is the condition of one of their parts, or a
-- wider one. What columns.sql and sequences.sql tell is left out: privileges on columns, generated columns,
-- sequences that no column uses.
-- $1: text[], names of schemas
SELECT
    EXISTS (SELECT FROM pg_trigger AS t WHERE NOT t.tgisinternal)
    OR EXISTS (SELECT FROM pg_rewrite AS r WHERE r.rulename <> '_RETURN' AND r.oid >= 16384)
    OR EXISTS (SELECT FROM pg_policy)
    OR EXISTS (SELECT FROM pg_statistic_ext)
    OR EXISTS (
        SELECT FROM pg_description AS d
        WHERE d.objoid >= 16384 AND d.classoid <> 'pg_extension'::regclass
    )
    OR EXISTS (
        SELECT FROM pg_class AS c
        WHERE
            c.relnamespace = ANY (ARRAY(SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = ANY ($1::text[])))
            AND (
                c.relacl IS NOT NULL
                OR c.relrowsecurity
                OR c.relforcerowsecurity
                OR c.relkind = 'c'
                OR c.relkind IN ('v', 'm') AND c.oid NOT IN (
                    SELECT d.objid FROM pg_depend AS d
                    WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_class'::regclass AND d.deptype = 'e'
                )
            )
    )
    OR EXISTS (
        SELECT FROM pg_type AS t
        WHERE
            t.typnamespace = ANY (ARRAY(SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = ANY ($1::text[])))
            AND (t.typtype = 'd' OR t.typtype = 'e' AND t.typacl IS NOT NULL)
    )
    OR EXISTS (
        SELECT FROM pg_proc AS p
        WHERE
            p.pronamespace = ANY (ARRAY(SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = ANY ($1::text[])))
            AND p.oid NOT IN (
                SELECT d.objid FROM pg_depend AS d
                WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
            )
    ) AS has_opaque,
    EXISTS (
        SELECT FROM pg_class AS c
        WHERE
            c.relnamespace = ANY (ARRAY(SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = ANY ($1::text[])))
            AND (c.relispartition OR c.relkind IN ('f', 'm', 'v'))
    )
    OR EXISTS (
        SELECT FROM pg_type AS t
        WHERE
            t.typnamespace = ANY (ARRAY(SELECT n.oid FROM pg_namespace AS n WHERE n.nspname = ANY ($1::text[])))
            AND t.typtype IN ('b', 'r')
            AND t.typcategory <> 'A'
    ) AS has_names
