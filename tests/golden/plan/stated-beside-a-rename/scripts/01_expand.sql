-- bellows: plan=78ce5125f82b640c phase=expand script=1/3
-- CompatibilityView
-- "Item" becomes a view over "Item__bellows", and shows what is renamed there under both names:
-- "price" is called "total"
-- "rate" is called "factor"
DO $bellows$
DECLARE
    face CONSTANT pg_catalog.regclass := '"Item"';
    table_schema CONSTANT pg_catalog.name := NULL;
    table_name CONSTANT pg_catalog.name := 'Item__bellows';
    old_names CONSTANT pg_catalog.name[] := ARRAY['price', 'rate']::pg_catalog.name[];
    new_names CONSTANT pg_catalog.name[] := ARRAY['total', 'factor']::pg_catalog.name[];
    shows_both CONSTANT pg_catalog.bool := true;

    base pg_catalog.regclass := face;
    base_home pg_catalog.name;
    base_called pg_catalog.name;
    new_home pg_catalog.name;
    new_called pg_catalog.name;
    moves pg_catalog.bool;
    home pg_catalog.name;
    called pg_catalog.name;
    front pg_catalog.regclass;
    stands pg_catalog.bool;
    stays pg_catalog.bool := true;
    place pg_catalog.int4;
    shown pg_catalog.name[];
    known pg_catalog.name[];
    asked pg_catalog.name[];
    meant pg_catalog.name[];
    remade pg_catalog.text[];
    change pg_catalog.text;
    entry RECORD;
    as_now CONSTANT pg_catalog.text := pg_catalog.current_setting('role');
    model pg_catalog.regclass;
    copy pg_catalog.regclass;
    model_names pg_catalog.name[];
    copy_names pg_catalog.name[];
    owner pg_catalog.oid;
    parts pg_catalog.name[];
    grantors pg_catalog.oid[];
    grantees pg_catalog.oid[];
    privileges pg_catalog.text[];
    grantables pg_catalog.bool[];
    missing pg_catalog.int4;
    last_missing pg_catalog.int4;
BEGIN
    SELECT n.nspname, c.relname, c.relkind OPERATOR(pg_catalog.=) 'v' INTO home, called, stands
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    WHERE c.oid OPERATOR(pg_catalog.=) face;
    IF stands THEN
        -- Changes nothing, but locks the view before its table, as programs do.
        EXECUTE (SELECT pg_catalog.format('ALTER VIEW %s OWNER TO %I', face, pg_catalog.pg_get_userbyid(c.relowner))
                 FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) face);
        -- The server keeps with each column of a view which column of which table it shows.
        SELECT pg_catalog.array_agg(f.attname ORDER BY f.attnum),
            pg_catalog.array_agg(b.attname ORDER BY f.attnum),
            CASE WHEN pg_catalog.min(b.attrelid) OPERATOR(pg_catalog.=) pg_catalog.max(b.attrelid)
                THEN pg_catalog.min(b.attrelid) END
        INTO shown, known, base
        FROM pg_catalog.pg_rewrite AS r
        CROSS JOIN LATERAL pg_catalog.regexp_matches(r.ev_action::pg_catalog.text,
            ':resorigtbl ([0-9]+) :resorigcol ([0-9]+) :resjunk false', 'g')
            WITH ORDINALITY AS item (origin, number)
        JOIN pg_catalog.pg_attribute AS f ON f.attrelid OPERATOR(pg_catalog.=) r.ev_class
            AND f.attnum OPERATOR(pg_catalog.=) item.number
        JOIN pg_catalog.pg_attribute AS b
            ON b.attrelid OPERATOR(pg_catalog.=) item.origin[1]::pg_catalog.oid
            AND b.attnum OPERATOR(pg_catalog.=) item.origin[2]::pg_catalog.int2
        WHERE r.ev_class OPERATOR(pg_catalog.=) face AND r.ev_type OPERATOR(pg_catalog.=) '1';
        IF base IS NULL OR NOT EXISTS (
            SELECT FROM pg_catalog.pg_class AS v, pg_catalog.pg_class AS t
            WHERE v.oid OPERATOR(pg_catalog.=) face AND t.oid OPERATOR(pg_catalog.=) base
              AND v.relnatts OPERATOR(pg_catalog.=) pg_catalog.cardinality(shown)
              AND t.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p']::pg_catalog."char"[])) THEN
            RAISE EXCEPTION 'the view % does not show one table', face;
        END IF;
    ELSE
        SELECT pg_catalog.array_agg(a.attname ORDER BY a.attnum),
            pg_catalog.array_agg(a.attname ORDER BY a.attnum) INTO shown, known
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid OPERATOR(pg_catalog.=) face AND a.attnum OPERATOR(pg_catalog.>) 0
          AND NOT a.attisdropped;
    END IF;
    asked := shown;
    meant := known;
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
    moves := NOT stands OR NOT shows_both;
    new_home := COALESCE(table_schema, home);
    new_called := table_name;
    SELECT n.nspname, c.relname INTO base_home, base_called FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    WHERE c.oid OPERATOR(pg_catalog.=) base;
    IF moves AND base_home OPERATOR(pg_catalog.<>) new_home THEN
        IF EXISTS (SELECT FROM pg_catalog.pg_class AS c
                   JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                   WHERE n.nspname OPERATOR(pg_catalog.=) new_home
                     AND c.relname OPERATOR(pg_catalog.=) base_called) THEN
            EXECUTE pg_catalog.format('ALTER TABLE %s RENAME TO %I', base, new_called);
            base_called := new_called;
        END IF;
        EXECUTE pg_catalog.format('ALTER TABLE %s SET SCHEMA %I', base, new_home);
    END IF;
    IF moves AND base_called OPERATOR(pg_catalog.<>) new_called THEN
        EXECUTE pg_catalog.format('ALTER TABLE %s RENAME TO %I', base, new_called);
    END IF;
    FOR i IN 1 .. pg_catalog.cardinality(old_names) LOOP
        place := pg_catalog.array_position(shown, new_names[i]);
        IF shows_both AND known[place] OPERATOR(pg_catalog.<>) old_names[i] THEN
            RAISE EXCEPTION 'the view % shows another column as %', face, new_names[i]
                USING HINT = 'The program of another plan knows it so: contract that plan first.';
        END IF;
        EXECUTE pg_catalog.format('ALTER TABLE %s RENAME COLUMN %I TO %I', base, old_names[i], new_names[i]);
        known := pg_catalog.array_replace(known, old_names[i], new_names[i]);
        meant := pg_catalog.array_replace(meant, old_names[i], new_names[i]);
        IF shows_both AND place IS NULL THEN
            shown := pg_catalog.array_append(shown, new_names[i]);
            known := pg_catalog.array_append(known, new_names[i]);
        END IF;
    END LOOP;
    IF stays THEN
        EXECUTE pg_catalog.format('CREATE OR REPLACE VIEW %I.%I AS SELECT %s FROM %s', home, called,
            (SELECT pg_catalog.string_agg(CASE WHEN shown[i] OPERATOR(pg_catalog.=) known[i]
                    THEN pg_catalog.quote_ident(known[i]::pg_catalog.text)
                    ELSE pg_catalog.format('%I AS %I', known[i], shown[i]) END, ', ' ORDER BY i)
             FROM pg_catalog.generate_subscripts(shown, 1) AS i), base);
        front := pg_catalog.format('%I.%I', home, called);
    END IF;
    FOR change IN
        SELECT pg_catalog.format('ALTER VIEW %s SET (security_invoker = true)', front)
        FROM pg_catalog.pg_class AS c
        WHERE c.oid OPERATOR(pg_catalog.=) base AND c.relrowsecurity AND stays
        UNION ALL
        SELECT pg_catalog.format('COMMENT ON VIEW %s IS %L', front, d.description)
        FROM pg_catalog.pg_description AS d
        WHERE d.classoid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.objoid OPERATOR(pg_catalog.=) base AND d.objsubid OPERATOR(pg_catalog.=) 0 AND stays
        UNION ALL
        SELECT pg_catalog.format('COMMENT ON COLUMN %s.%I IS %L', front, shown[i], d.description)
        FROM pg_catalog.generate_subscripts(shown, 1) AS i
        JOIN pg_catalog.pg_attribute AS b ON b.attname OPERATOR(pg_catalog.=) known[i]
        JOIN pg_catalog.pg_description AS d ON d.objoid OPERATOR(pg_catalog.=) b.attrelid
          AND d.objsubid OPERATOR(pg_catalog.=) b.attnum
          AND d.classoid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
        WHERE b.attrelid OPERATOR(pg_catalog.=) base AND stays
    LOOP
        EXECUTE change;
    END LOOP;
    -- What was given and taken under the name of a view was meant for its table; then the view gets it.
    FOR pass IN CASE WHEN stands THEN 1 ELSE 2 END .. CASE WHEN stays THEN 2 ELSE 1 END LOOP
        model := CASE WHEN pass OPERATOR(pg_catalog.=) 1 THEN face ELSE base END;
        copy := CASE WHEN pass OPERATOR(pg_catalog.=) 1 THEN base ELSE front END;
        model_names := CASE WHEN pass OPERATOR(pg_catalog.=) 1 THEN asked ELSE known END;
        copy_names := CASE WHEN pass OPERATOR(pg_catalog.=) 1 THEN meant ELSE shown END;
        SELECT c.relowner INTO owner FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) model;
        FOR change IN
            SELECT pg_catalog.format('ALTER TABLE %s OWNER TO %I', copy, pg_catalog.pg_get_userbyid(owner))
            FROM pg_catalog.pg_class AS c
            WHERE c.oid OPERATOR(pg_catalog.=) copy AND c.relowner OPERATOR(pg_catalog.<>) owner
        LOOP
            EXECUTE change;
        END LOOP;
        WITH given AS (
            SELECT NULL::pg_catalog.name AS part, x.grantor, x.grantee, x.privilege_type, x.is_grantable
            FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(
                COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner))) AS x
            WHERE c.oid OPERATOR(pg_catalog.=) copy
            UNION
            SELECT a.attname, x.grantor, x.grantee, x.privilege_type, x.is_grantable
            FROM pg_catalog.pg_attribute AS a
            CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS x
            WHERE a.attrelid OPERATOR(pg_catalog.=) copy
              AND a.attname OPERATOR(pg_catalog.=) ANY (copy_names)
        ), held AS ( -- of a column that the view shows twice: under how many of its names
            SELECT copy_names[i] AS part, x.grantor, x.grantee, x.privilege_type, x.is_grantable,
                pg_catalog.count(*) AS names
            FROM pg_catalog.generate_subscripts(model_names, 1) AS i
            JOIN pg_catalog.pg_attribute AS a ON a.attname OPERATOR(pg_catalog.=) model_names[i]
            CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS x
            WHERE a.attrelid OPERATOR(pg_catalog.=) model
            GROUP BY 1, 2, 3, 4, 5
        ), wanted AS ( -- what was taken under one name is taken, what was given under one is given
            SELECT NULL::pg_catalog.name AS part, x.grantor, x.grantee, x.privilege_type, x.is_grantable
            FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(
                COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner))) AS x
            WHERE c.oid OPERATOR(pg_catalog.=) model
            UNION
            SELECT h.part, h.grantor, h.grantee, h.privilege_type, h.is_grantable FROM held AS h
            WHERE h.names OPERATOR(pg_catalog.=) pg_catalog.cardinality(
                pg_catalog.array_positions(copy_names, h.part))
            UNION
            (SELECT h.part, h.grantor, h.grantee, h.privilege_type, h.is_grantable FROM held AS h
             EXCEPT TABLE given)
        )
        SELECT pg_catalog.array_agg(w.part), pg_catalog.array_agg(w.grantor), pg_catalog.array_agg(w.grantee),
            pg_catalog.array_agg(w.privilege_type), pg_catalog.array_agg(w.is_grantable)
        INTO parts, grantors, grantees, privileges, grantables FROM wanted AS w;
        missing := -1;
        WHILE missing OPERATOR(pg_catalog.<>) 0 LOOP
            last_missing := missing;
            missing := 0;
            FOR entry IN
                WITH given AS (
                    SELECT NULL::pg_catalog.name AS part, x.grantor, x.grantee, x.privilege_type, x.is_grantable
                    FROM pg_catalog.pg_class AS c, pg_catalog.aclexplode(
                        COALESCE(c.relacl, pg_catalog.acldefault('r', c.relowner))) AS x
                    WHERE c.oid OPERATOR(pg_catalog.=) copy
                    UNION
                    SELECT a.attname, x.grantor, x.grantee, x.privilege_type, x.is_grantable
                    FROM pg_catalog.pg_attribute AS a
                    CROSS JOIN LATERAL pg_catalog.aclexplode(a.attacl) AS x
                    WHERE a.attrelid OPERATOR(pg_catalog.=) copy
                      AND a.attname OPERATOR(pg_catalog.=) ANY (copy_names)
                ), wanted AS (
                    SELECT parts[i], grantors[i], grantees[i], privileges[i], grantables[i]
                    FROM pg_catalog.generate_subscripts(grantors, 1) AS i
                )
                SELECT true AS goes, g.* FROM (TABLE given EXCEPT TABLE wanted) AS g
                UNION ALL
                SELECT false, w.* FROM (TABLE wanted EXCEPT TABLE given) AS w
                ORDER BY 1 DESC
            LOOP
                missing := missing OPERATOR(pg_catalog.+) 1;
                CONTINUE WHEN entry.grantor OPERATOR(pg_catalog.<>) owner AND NOT CASE
                    WHEN entry.part IS NULL THEN pg_catalog.has_table_privilege(entry.grantor, copy,
                        pg_catalog.concat(entry.privilege_type, ' WITH GRANT OPTION'))
                    ELSE pg_catalog.has_column_privilege(entry.grantor, copy, entry.part::pg_catalog.text,
                        pg_catalog.concat(entry.privilege_type, ' WITH GRANT OPTION')) END;
                IF entry.grantor OPERATOR(pg_catalog.<>) owner THEN
                    EXECUTE pg_catalog.format('SET LOCAL ROLE %I', pg_catalog.pg_get_userbyid(entry.grantor));
                END IF;
                change := CASE WHEN entry.goes THEN 'REVOKE %s%s ON %s FROM %s CASCADE' ELSE 'GRANT %s%s ON %s TO %s%s' END;
                EXECUTE pg_catalog.format(change, entry.privilege_type,
                    CASE WHEN entry.part IS NULL THEN '' ELSE pg_catalog.format(' (%I)', entry.part) END,
                    copy, CASE WHEN entry.grantee OPERATOR(pg_catalog.=) 0 THEN 'PUBLIC'
                        ELSE pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(entry.grantee)) END,
                    CASE WHEN entry.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END);
                IF entry.grantor OPERATOR(pg_catalog.<>) owner THEN
                    EXECUTE pg_catalog.format('SET LOCAL ROLE %I', as_now);
                END IF;
            END LOOP;
            IF missing OPERATOR(pg_catalog.<>) 0 AND missing OPERATOR(pg_catalog.=) last_missing THEN
                RAISE EXCEPTION '% cannot be given the rights of %', copy, model
                    USING HINT = 'Its grants are not to be had again: grant them anew, by its owner.';
            END IF;
        END LOOP;
    END LOOP;
    IF stays AND EXISTS (SELECT FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) base
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
