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
