    -- What can be made anew may not work over the other type: tried on empty copies, all of which is taken back. What works
    -- over copies of the tables as they are, and not with the new types, will not.
    IF (cardinality(views) > 0 OR hung IS NOT NULL) AND NOT EXISTS (SELECT FROM unnest(becomes) AS t (name) WHERE to_regtype(t.name) IS NULL) THEN
        SELECT string_agg(DISTINCT quote_ident(n.nspname), ', ' ORDER BY quote_ident(n.nspname)) INTO home_path
        FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = ANY (tables) OR c.oid = ANY (views);
        SELECT jsonb_agg(jsonb_build_array(o.class, o.object, pg_describe_object(o.class, o.object, 0),
            a.object_names[cardinality(a.object_names)])) INTO tried
        FROM (SELECT 'pg_class'::regclass::oid, v FROM unnest(views) AS v
              UNION ALL SELECT 'pg_policy'::regclass, p.oid FROM pg_policy AS p WHERE p.oid = ANY (hung) AND p.polrelid = ANY (tables)
              UNION ALL SELECT 'pg_trigger'::regclass, t.oid FROM pg_trigger AS t WHERE t.oid = ANY (hung) AND t.tgrelid = ANY (tables)
              UNION ALL SELECT 'pg_rewrite'::regclass, r.oid FROM pg_rewrite AS r WHERE r.oid = ANY (hung) AND r.ev_class = ANY (tables)) AS o (class, object)
        CROSS JOIN LATERAL pg_identify_object_as_address(o.class, o.object, 0) AS a;
        -- Told as it is where the copies would be found instead: without their schemas, where no other has the name.
        PERFORM set_config('search_path', concat(home_path, ', pg_temp'), true);
        SELECT jsonb_agg(jsonb_build_array(s.of_type, s.sql) ORDER BY s.rank, s.sql) INTO comes FROM (
            SELECT DISTINCT 1, false, format('CREATE TEMPORARY TABLE %I (LIKE %s)', c.relname, c.oid::regclass)
            FROM pg_class AS c WHERE c.oid = ANY (tables) AND pg_table_is_visible(c.oid)
            UNION ALL
            SELECT 2, true, format('ALTER TABLE pg_temp.%I ALTER COLUMN %I TYPE %s USING NULL', c.relname, t.called, t.type)
            FROM unnest(tables, old_names, becomes) AS t (relation, called, type) JOIN pg_class AS c ON c.oid = t.relation
            WHERE pg_table_is_visible(c.oid)
            UNION ALL
            SELECT DISTINCT 3, false, format('ALTER TABLE pg_temp.%I ADD %s', c.relname, pg_get_constraintdef(k.oid))
            FROM pg_class AS c JOIN pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p'
            WHERE c.oid = ANY (tables) AND pg_table_is_visible(c.oid)) AS s (rank, of_type, sql);
        SELECT jsonb_agg(t.value || jsonb_build_array(CASE (t.value ->> 0)::oid
            WHEN 'pg_class'::regclass THEN (
                SELECT format('CREATE TEMPORARY VIEW %I AS %s', c.relname, pg_get_viewdef(c.oid)) FROM pg_class AS c
                WHERE c.oid = (t.value ->> 1)::oid AND pg_table_is_visible(c.oid))
            WHEN 'pg_policy'::regclass THEN (
                SELECT format('CREATE POLICY %I ON pg_temp.%I AS PERMISSIVE FOR %s TO PUBLIC', p.polname, c.relname,
                    CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END)
                    || COALESCE(' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
                    || COALESCE(' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '')
                FROM pg_policy AS p JOIN pg_class AS c ON c.oid = p.polrelid
                WHERE p.oid = (t.value ->> 1)::oid AND pg_table_is_visible(c.oid))
            WHEN 'pg_trigger'::regclass THEN (
                SELECT pg_get_triggerdef(g.oid, true) FROM pg_trigger AS g
                WHERE g.oid = (t.value ->> 1)::oid AND pg_table_is_visible(g.tgrelid))
            WHEN 'pg_rewrite'::regclass THEN (
                SELECT pg_get_ruledef(r.oid, true) FROM pg_rewrite AS r
                WHERE r.oid = (t.value ->> 1)::oid AND pg_table_is_visible(r.ev_class)) END) ORDER BY t.place) INTO tried
        FROM jsonb_array_elements(tried) WITH ORDINALITY AS t (value, place);
        PERFORM set_config('search_path', concat('pg_temp, ', home_path), true);
        FOREACH changed IN ARRAY ARRAY[false, true] LOOP
            hindrances := NULL;
            BEGIN
                FOR change IN SELECT s.value ->> 1 FROM jsonb_array_elements(comes) WITH ORDINALITY AS s (value, place)
                    WHERE changed OR NOT (s.value ->> 0)::bool ORDER BY s.place LOOP
                    EXECUTE change;
                END LOOP;
                FOR attempt IN SELECT t.value FROM jsonb_array_elements(tried) WITH ORDINALITY AS t (value, place) ORDER BY t.place LOOP
                    CONTINUE WHEN attempt ->> 4 IS NULL;
                    BEGIN
                        EXECUTE attempt ->> 4;
                    EXCEPTION WHEN OTHERS THEN
                        IF changed THEN
                            hindrances := concat_ws(chr(10), hindrances, concat(attempt ->> 2,
                                ', which does not work over the new type (', SQLERRM, '),', chr(9), attempt ->> 3));
                        ELSE
                            SELECT jsonb_agg(t.value) INTO tried FROM jsonb_array_elements(tried) AS t WHERE t.value <> attempt;
                        END IF;
                    END;
                END LOOP;
                RAISE EXCEPTION 'taken back' USING ERRCODE = 'P0BEL';
            EXCEPTION
                WHEN SQLSTATE 'P0BEL' THEN NULL;
                -- Where nothing can be tried, nothing is known to fail.
                WHEN OTHERS THEN tried := NULL; hindrances := NULL;
            END;
            EXIT WHEN tried IS NULL;
        END LOOP;
        PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
        IF hindrances IS NOT NULL THEN
            RAISE EXCEPTION 'what rests on the columns % of % does not work over their new types', old_names, tables
                USING ERRCODE = 'dependent_objects_still_exist', DETAIL = hindrances;
        END IF;
    END IF;
END
