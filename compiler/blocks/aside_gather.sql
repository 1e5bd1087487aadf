    SELECT array_agg(s.atttypid ORDER BY m.place) INTO seconds
    FROM unnest(tables, old_names, new_names, aside_names) WITH ORDINALITY AS m (relation, called, new, aside, place)
    LEFT JOIN pg_attribute AS s ON s.attrelid = m.relation AND s.attname = CASE WHEN m.called = m.new THEN m.aside ELSE m.new END;
    -- Under the name that the column will have, so that what is told of it speaks of that.
    FOR i IN 1 .. cardinality(tables) LOOP
        CONTINUE WHEN old_names[i] = new_names[i] OR cardinality(views) = 0 AND hung IS NULL;
        EXECUTE format('ALTER TABLE %s RENAME COLUMN %I TO %I', tables[i], new_names[i], aside_names[i]);
        EXECUTE format('ALTER TABLE %s RENAME COLUMN %I TO %I', tables[i], old_names[i], new_names[i]);
    END LOOP;
    WITH made AS (
        SELECT v.view::regclass AS name, v.place, c.* FROM unnest(views) WITH ORDINALITY AS v (view, place)
        JOIN pg_class AS c ON c.oid = v.view
    ), rules AS (
        SELECT r.oid, r.rulename AS name, r.ev_class::regclass AS home, r.ev_enabled AS enabled FROM pg_rewrite AS r
        WHERE r.ev_type <> '1' AND (r.oid = ANY (hung) OR r.ev_class = ANY (views))
    ), triggers AS (
        SELECT t.oid, t.tgname AS name, t.tgrelid::regclass AS home, t.tgenabled AS enabled FROM pg_trigger AS t
        WHERE NOT t.tgisinternal AND (t.oid = ANY (hung) OR t.tgrelid = ANY (views))
    ), policies AS (
        SELECT p.*, p.polrelid::regclass AS home FROM pg_policy AS p WHERE p.oid = ANY (hung)
    ), numbers_of AS (
        SELECT s.*, format('%I.%I', n.nspname, s.stxname) AS name FROM pg_statistic_ext AS s
        JOIN pg_namespace AS n ON n.oid = s.stxnamespace WHERE replaces AND s.oid = ANY (hung)
    ), columns AS (
        SELECT c.relation, new_names[c.place] AS name, seconds[c.place] AS new_type, a.* FROM unnest(tables, numbers)
            WITH ORDINALITY AS c (relation, number, place)
        JOIN pg_attribute AS a ON a.attrelid = c.relation AND a.attnum = c.number WHERE replaces
    ), statements (rank, place, gone, sql) AS (
        SELECT 10, -m.place, format('DROP VIEW %s', m.name), NULL FROM made AS m
        UNION ALL
        SELECT 10, m.place, NULL, concat('CREATE VIEW ', m.name,
            ' WITH (' || array_to_string(m.reloptions, ', ') || ')', ' AS ', pg_get_viewdef(m.oid)) FROM made AS m
        UNION ALL
        SELECT 20, m.place, NULL, format('ALTER VIEW %s OWNER TO %I', m.name, pg_get_userbyid(m.relowner)) FROM made AS m
        WHERE pg_get_userbyid(m.relowner) <> current_user
        UNION ALL
        SELECT 30, m.place, NULL, format('ALTER VIEW %s ALTER COLUMN %I SET DEFAULT %s', m.name, a.attname,
            pg_get_expr(e.adbin, e.adrelid))
        FROM made AS m JOIN pg_attrdef AS e ON e.adrelid = m.oid
        JOIN pg_attribute AS a ON a.attrelid = m.oid AND a.attnum = e.adnum
        UNION ALL
        SELECT 2, 0, format('DROP RULE %I ON %s', r.name, r.home), pg_get_ruledef(r.oid) FROM rules AS r
        UNION ALL
        SELECT 3, 0, format('DROP TRIGGER %I ON %s', t.name, t.home), pg_get_triggerdef(t.oid) FROM triggers AS t
        UNION ALL
        SELECT 4, 0, format('DROP POLICY %I ON %s', p.polname, p.home), concat(
            format('CREATE POLICY %I ON %s AS %s FOR %s TO %s', p.polname, p.home,
                CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
                CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE'
                    WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
                (SELECT string_agg(CASE WHEN o.role = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(o.role)) END, ', ')
                 FROM unnest(p.polroles) AS o (role))),
            ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
            ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')') FROM policies AS p
        UNION ALL
        SELECT 5, 0, format('DROP STATISTICS %s', s.name), pg_get_statisticsobjdef(s.oid) FROM numbers_of AS s
        UNION ALL
        SELECT 60, 0, NULL, format('ALTER STATISTICS %s OWNER TO %I', s.name, pg_get_userbyid(s.stxowner))
        FROM numbers_of AS s WHERE pg_get_userbyid(s.stxowner) <> current_user
        UNION ALL
        SELECT 61, 0, NULL, format('ALTER STATISTICS %s SET STATISTICS %s', s.name, to_jsonb(s) ->> 'stxstattarget')
        FROM numbers_of AS s WHERE (to_jsonb(s) ->> 'stxstattarget')::int4 >= 0
        UNION ALL
        SELECT 62, 0, NULL, format('ALTER TABLE %s %s %s %I', h.home, CASE h.enabled WHEN 'D' THEN 'DISABLE'
            WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, h.kind, h.name)
        FROM (SELECT 'RULE', r.* FROM rules AS r UNION ALL SELECT 'TRIGGER', t.* FROM triggers AS t)
            AS h (kind, oid, name, home, enabled)
        WHERE h.enabled <> 'O'
        UNION ALL
        SELECT 63, 0, NULL, format('ALTER TABLE %s ALTER COLUMN %I SET STATISTICS %s', c.relation, c.name, c.attstattarget)
        FROM columns AS c WHERE c.attstattarget >= 0
        UNION ALL
        SELECT 64, 0, NULL, format('ALTER TABLE %s ALTER COLUMN %I SET (%s)', c.relation, c.name,
            string_agg(o.option, ', ' ORDER BY o.option))
        FROM columns AS c, unnest(c.attoptions) AS o (option)
        WHERE left(o.option, 3) <> 'pg_' GROUP BY c.relation, c.name -- the server's own notes
        UNION ALL
        -- Where it is not the usual one of its type, and the other one's has the choice.
        SELECT 64, 1, NULL, format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE %s', c.relation, c.name,
            CASE c.attstorage WHEN 'p' THEN 'PLAIN' WHEN 'e' THEN 'EXTERNAL' WHEN 'm' THEN 'MAIN' ELSE 'EXTENDED' END)
        FROM columns AS c JOIN pg_type AS t ON t.oid = c.atttypid JOIN pg_type AS n ON n.oid = c.new_type
        WHERE c.attstorage <> t.typstorage AND n.typstorage <> 'p'
        UNION ALL
        SELECT 64, 2, NULL, format('ALTER TABLE %s ALTER COLUMN %I SET COMPRESSION %s', c.relation, c.name,
            CASE to_jsonb(c) ->> 'attcompression' WHEN 'p' THEN 'pglz' ELSE 'lz4' END)
        FROM columns AS c JOIN pg_type AS n ON n.oid = c.new_type
        WHERE to_jsonb(c) ->> 'attcompression' IN ('p', 'l') AND n.typstorage <> 'p'
        UNION ALL
        SELECT 65, 0, NULL, concat('COMMENT ON ', c.what, ' IS ', quote_literal(d.description)) FROM (
            SELECT concat('VIEW ', m.name), 'pg_class'::regclass::oid, m.oid, 0 FROM made AS m
            UNION ALL
            SELECT format('COLUMN %s.%I', a.relation, a.name), 'pg_class'::regclass, a.relation, a.number FROM (
                SELECT m.name, a.attname, a.attnum FROM made AS m JOIN pg_attribute AS a ON a.attrelid = m.oid AND a.attnum > 0
                UNION ALL SELECT c.relation, c.name, c.attnum FROM columns AS c) AS a (relation, name, number)
            UNION ALL
            SELECT DISTINCT format('CONSTRAINT %I ON %s', k.conname, c.relation), 'pg_constraint'::regclass, k.oid, 0
            FROM columns AS c JOIN pg_constraint AS k ON k.conrelid = c.relation AND k.contype = 'c' AND c.attnum = ANY (k.conkey)
            UNION ALL
            SELECT format('RULE %I ON %s', r.name, r.home), 'pg_rewrite'::regclass, r.oid, 0 FROM rules AS r
            UNION ALL
            SELECT format('TRIGGER %I ON %s', t.name, t.home), 'pg_trigger'::regclass, t.oid, 0 FROM triggers AS t
            UNION ALL
            SELECT format('POLICY %I ON %s', p.polname, p.home), 'pg_policy'::regclass, p.oid, 0 FROM policies AS p
            UNION ALL
            SELECT concat('STATISTICS ', s.name), 'pg_statistic_ext'::regclass, s.oid, 0 FROM numbers_of AS s)
            AS c (what, class, object, part)
        JOIN pg_description AS d ON d.classoid = c.class AND d.objoid = c.object AND d.objsubid = c.part
    )
    SELECT array_agg(s.gone ORDER BY s.rank, s.place, s.gone) FILTER (WHERE s.gone IS NOT NULL),
        COALESCE(jsonb_agg(s.sql ORDER BY CASE WHEN s.rank < 10 THEN s.rank + 40 ELSE s.rank END, s.place, s.sql)
            FILTER (WHERE s.sql IS NOT NULL), '[]')
    INTO goes, comes FROM statements AS s;
    -- Who may what, on the views and on the columns.
    SELECT COALESCE(jsonb_agg(jsonb_build_object('relation', o.name, 'of_view', o.of_view, 'usual', o.usual, 'given', COALESCE((
        SELECT jsonb_agg(jsonb_build_array(x.part, pg_get_userbyid(x.grantor),
            CASE WHEN x.grantee <> 0 THEN pg_get_userbyid(x.grantee) END, x.privilege_type, x.is_grantable)
            ORDER BY x.part NULLS FIRST, x.place)
        FROM (SELECT NULL::name AS part, x.* FROM pg_class AS c, aclexplode(COALESCE(c.relacl, acldefault('r', c.relowner)))
                  WITH ORDINALITY AS x (grantor, grantee, privilege_type, is_grantable, place)
              WHERE c.oid = o.name AND o.of_view
              UNION ALL
              SELECT COALESCE(p.called, a.attname), x.* FROM pg_attribute AS a
              LEFT JOIN unnest(tables, numbers, new_names) AS p (relation, number, called)
                  ON p.relation = a.attrelid AND p.number = a.attnum
              CROSS JOIN LATERAL aclexplode(a.attacl) WITH ORDINALITY AS x
              WHERE a.attrelid = o.name AND (o.of_view OR p.called IS NOT NULL)) AS x), '[]'))), '[]')
    INTO given FROM (
        SELECT c.oid::regclass, true, c.relacl IS NULL FROM pg_class AS c WHERE c.oid = ANY (views)
        UNION ALL
        SELECT DISTINCT c.relation, false, false FROM unnest(tables) AS c (relation) WHERE replaces) AS o (name, of_view, usual);
    FOR i IN 1 .. cardinality(tables) LOOP
        CONTINUE WHEN old_names[i] = new_names[i] OR cardinality(views) = 0 AND hung IS NULL;
        EXECUTE format('ALTER TABLE %s RENAME COLUMN %I TO %I', tables[i], new_names[i], old_names[i]);
        EXECUTE format('ALTER TABLE %s RENAME COLUMN %I TO %I', tables[i], aside_names[i], new_names[i]);
    END LOOP;
    FOREACH change IN ARRAY COALESCE(goes, '{}') LOOP
        EXECUTE change;
    END LOOP;
    -- Kept in a function until the columns have changed places: what a run has left there that was broken off in between
    -- comes back as well. Nobody else's is read.
    SELECT n.nspname INTO home FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace WHERE c.oid = tables[1];
    IF EXISTS (SELECT FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
               WHERE n.nspname = home AND p.proname = 'zzzz_bellows_aside' AND pg_get_userbyid(p.proowner) = current_user) THEN
        EXECUTE format('SELECT %I.zzzz_bellows_aside()', home) INTO change;
        EXECUTE format('DROP FUNCTION %I.zzzz_bellows_aside()', home);
        comes := (change::jsonb -> 0) || comes;
        given := (change::jsonb -> 1) || given;
    END IF;
    EXECUTE format('CREATE FUNCTION %I.zzzz_bellows_aside() RETURNS pg_catalog.text LANGUAGE sql AS %L', home,
        format('SELECT %L::pg_catalog.text', jsonb_build_array(comes, given)));
    PERFORM set_config(s.name, s.value, true) FROM unnest(settings, kept) AS s (name, value);
END
