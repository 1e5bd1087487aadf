-- bellows: plan=d3b3dad81a8ebe7e phase=tighten script=7/9
-- bellows: tables="Part","Part__bellows"
-- CompatibilityView
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Part"';
BEGIN
    IF EXISTS (SELECT FROM pg_catalog.pg_publication_tables AS t
               JOIN pg_catalog.pg_class AS c ON c.relname OPERATOR(pg_catalog.=) t.tablename
               JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                   AND n.nspname OPERATOR(pg_catalog.=) t.schemaname
               WHERE c.oid OPERATOR(pg_catalog.=) base) THEN
        RAISE EXCEPTION 'a published table cannot be renamed behind a view'
            USING HINT = 'Subscribers find tables by name: take it out of its publication first.';
    END IF;
    IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.<) 150000
       AND (SELECT c.relrowsecurity FROM pg_catalog.pg_class AS c
            WHERE c.oid OPERATOR(pg_catalog.=) base) THEN
        RAISE EXCEPTION 'a table with row security cannot be renamed behind a view before PostgreSQL 15';
    END IF;
END
$bellows$;
ALTER TABLE "Part" RENAME TO "Part__bellows";
ALTER TABLE "Part__bellows" RENAME COLUMN "name" TO "title";
CREATE VIEW "Part" AS SELECT
    "id",
    "title" AS "name",
    "title",
    "size",
    "twice",
    "loud"
FROM "Part__bellows";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Part__bellows"';
    face CONSTANT pg_catalog.regclass := '"Part"';
    shown CONSTANT pg_catalog.name[] := ARRAY['name']::pg_catalog.name[];
    known CONSTANT pg_catalog.name[] := ARRAY['title']::pg_catalog.name[];
    as_now CONSTANT pg_catalog.text := pg_catalog.current_setting('role');
    missing pg_catalog.int4 := -1;
    last_missing pg_catalog.int4;
    owner pg_catalog.oid;
    command pg_catalog.text;
    entry RECORD;
BEGIN
    SELECT c.relowner INTO owner FROM pg_catalog.pg_class AS c
    WHERE c.oid OPERATOR(pg_catalog.=) base;
    FOR command IN
        SELECT pg_catalog.format('ALTER VIEW %s OWNER TO %I', face, pg_catalog.pg_get_userbyid(owner))
        FROM pg_catalog.pg_class AS c
        WHERE c.oid OPERATOR(pg_catalog.=) face AND c.relowner OPERATOR(pg_catalog.<>) owner
        UNION ALL
        SELECT pg_catalog.format('ALTER VIEW %s SET (security_invoker = true)', face)
        FROM pg_catalog.pg_class AS c
        WHERE c.oid OPERATOR(pg_catalog.=) base AND c.relrowsecurity
        UNION ALL
        SELECT pg_catalog.format('COMMENT ON VIEW %s IS %L', face, d.description)
        FROM pg_catalog.pg_description AS d
        WHERE d.classoid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.objoid OPERATOR(pg_catalog.=) base AND d.objsubid OPERATOR(pg_catalog.=) 0
    LOOP
        EXECUTE command;
    END LOOP;
    FOR command IN
        SELECT DISTINCT pg_catalog.format('REVOKE ALL ON %s FROM %s', face, CASE
            WHEN x.grantee OPERATOR(pg_catalog.=) 0 THEN 'PUBLIC'
            ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(x.grantee)) END)
        FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(
            COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner))) AS x
        WHERE c.oid OPERATOR(pg_catalog.=) face
    LOOP
        EXECUTE command;
    END LOOP;
    FOR command IN
        SELECT pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L', face, f.attname,
            pg_catalog.col_description(b.attrelid, b.attnum))
        FROM pg_catalog.pg_attribute AS f JOIN pg_catalog.pg_attribute AS b
            ON b.attname OPERATOR(pg_catalog.=)
                COALESCE(known[pg_catalog.array_position(shown, f.attname)], f.attname)
        WHERE f.attrelid OPERATOR(pg_catalog.=) face AND f.attnum OPERATOR(pg_catalog.>) 0
          AND b.attrelid OPERATOR(pg_catalog.=) base AND b.attnum OPERATOR(pg_catalog.>) 0
          AND pg_catalog.col_description(b.attrelid, b.attnum) IS NOT NULL
    LOOP
        EXECUTE command;
    END LOOP;
    WHILE missing OPERATOR(pg_catalog.<>) 0 LOOP
        last_missing := missing;
        missing := 0;
        FOR entry IN
            (SELECT NULL::pg_catalog.name AS part, x.grantor, x.grantee, x.privilege_type, x.is_grantable
             FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(
                 COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner))) AS x
             WHERE c.oid OPERATOR(pg_catalog.=) base
             UNION ALL
             SELECT f.attname, x.grantor, x.grantee, x.privilege_type, x.is_grantable
             FROM pg_catalog.pg_attribute AS f JOIN pg_catalog.pg_attribute AS b
                 ON b.attname OPERATOR(pg_catalog.=)
                     COALESCE(known[pg_catalog.array_position(shown, f.attname)], f.attname)
             CROSS JOIN LATERAL pg_catalog.aclexplode(b.attacl) AS x
             WHERE f.attrelid OPERATOR(pg_catalog.=) face AND f.attnum OPERATOR(pg_catalog.>) 0
               AND b.attrelid OPERATOR(pg_catalog.=) base AND b.attnum OPERATOR(pg_catalog.>) 0)
            EXCEPT
            (SELECT NULL::pg_catalog.name, x.grantor, x.grantee, x.privilege_type, x.is_grantable
             FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(c.relacl) AS x
             WHERE c.oid OPERATOR(pg_catalog.=) face
             UNION ALL
             SELECT f.attname, x.grantor, x.grantee, x.privilege_type, x.is_grantable
             FROM pg_catalog.pg_attribute AS f
             CROSS JOIN LATERAL pg_catalog.aclexplode(f.attacl) AS x
             WHERE f.attrelid OPERATOR(pg_catalog.=) face)
        LOOP
            missing := missing OPERATOR(pg_catalog.+) 1;
            CONTINUE WHEN entry.grantor OPERATOR(pg_catalog.<>) owner AND NOT CASE
                WHEN entry.part IS NULL THEN pg_catalog.has_table_privilege(entry.grantor, face,
                    pg_catalog.concat(entry.privilege_type, ' WITH GRANT OPTION'))
                ELSE pg_catalog.has_column_privilege(entry.grantor, face, entry.part::pg_catalog.text,
                    pg_catalog.concat(entry.privilege_type, ' WITH GRANT OPTION')) END;
            IF entry.grantor OPERATOR(pg_catalog.<>) owner THEN
                EXECUTE pg_catalog.format('SET LOCAL ROLE %I', pg_catalog.pg_get_userbyid(entry.grantor));
            END IF;
            EXECUTE pg_catalog.format('GRANT %s%s ON %s TO %s%s', entry.privilege_type,
                CASE WHEN entry.part IS NULL THEN '' ELSE pg_catalog.format(' (%I)', entry.part) END,
                face, CASE WHEN entry.grantee OPERATOR(pg_catalog.=) 0 THEN 'PUBLIC'
                    ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(entry.grantee)) END,
                CASE WHEN entry.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);
            IF entry.grantor OPERATOR(pg_catalog.<>) owner THEN
                EXECUTE pg_catalog.format('SET LOCAL ROLE %I', as_now);
            END IF;
        END LOOP;
        IF missing OPERATOR(pg_catalog.<>) 0 AND missing OPERATOR(pg_catalog.=) last_missing THEN
            RAISE EXCEPTION 'the view cannot be given the rights of its table'
                USING HINT = 'Its grants are not to be had again: grant them anew, by its owner.';
        END IF;
    END LOOP;
    IF EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) base
               AND CASE WHEN c.relrowsecurity
                   THEN EXISTS (SELECT FROM pg_catalog.pg_attribute AS a
                                WHERE a.attrelid OPERATOR(pg_catalog.=) base AND a.attacl IS NOT NULL)
                   ELSE NOT (pg_catalog.has_table_privilege(c.relowner, base, 'SELECT')
                             AND pg_catalog.has_table_privilege(c.relowner, base, 'INSERT')
                             AND pg_catalog.has_table_privilege(c.relowner, base, 'UPDATE')
                             AND pg_catalog.has_table_privilege(c.relowner, base, 'DELETE')) END) THEN
        RAISE EXCEPTION 'a view cannot stand for a table with these rights'
            USING HINT = 'It has row security and grants on columns, or its owner has no rights on it: rename it in one step (--direct).';
    END IF;
END
$bellows$;

-- FillTrigger
CREATE OR REPLACE FUNCTION "zzzz_bellows_Part_loud"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT pg_catalog.upper(title) INTO NEW."loud" FROM (SELECT NEW.*) AS "Part";
    RETURN NEW;
END
$bellows$;
