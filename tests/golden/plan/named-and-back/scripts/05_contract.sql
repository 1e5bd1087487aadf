-- bellows: plan=1228eabe2c7a6115 phase=contract script=5/6
-- bellows: tables="Item"
/*
  Warnings:

  - column `price` of the table `Item` changes from `Decimal(12,2)` to `Integer`; values that do not fit make it fail or are cut
  - column `level` of the table `Item` changes from `Level` to `Integer`; values that do not fit make it fail or are cut

*/
-- SetAside
-- Views, rules, policies and triggers over the columns go, whoever made them, ...
DO $bellows$
DECLARE
    tables CONSTANT pg_catalog.regclass[] := ARRAY['"Item"', '"Item"']::pg_catalog.regclass[];
    old_names CONSTANT pg_catalog.name[] := ARRAY['price', 'level']::pg_catalog.name[];
    new_names CONSTANT pg_catalog.name[] := ARRAY['cents', 'rank']::pg_catalog.name[];
    aside_names CONSTANT pg_catalog.name[] := ARRAY['cents__bellows', 'rank__bellows']::pg_catalog.name[];
    becomes CONSTANT pg_catalog.text[] := ARRAY['INTEGER', 'INTEGER']::pg_catalog.text[];
    types CONSTANT pg_catalog.regtype[] := ARRAY[]::pg_catalog.regtype[];
    replaces CONSTANT pg_catalog.bool := true;

    settings CONSTANT pg_catalog.text[] := ARRAY['search_path', 'datestyle', 'intervalstyle', 'extra_float_digits'];
    kept pg_catalog.text[];
    numbers pg_catalog.int4[];
    keys pg_catalog.oid[];
    classes pg_catalog.oid[];
    objects pg_catalog.oid[];
    parts pg_catalog.int4[];
    views pg_catalog.oid[];
    wave pg_catalog.oid[];
    hung pg_catalog.oid[];
    hindrance pg_catalog.text;
    hindrances pg_catalog.text;
    goes pg_catalog.text[];
    comes pg_catalog.jsonb;
    given pg_catalog.jsonb;
    change pg_catalog.text;
    home pg_catalog.name;
    home_path pg_catalog.text;
    seconds pg_catalog.oid[];
    tried pg_catalog.jsonb;
    attempt pg_catalog.jsonb;
    changed pg_catalog.bool;
BEGIN
    SELECT pg_catalog.array_agg(pg_catalog.current_setting(s.name) ORDER BY s.place) INTO kept
    FROM pg_catalog.unnest(settings) WITH ORDINALITY AS s (name, place);
    -- From here on names are the server's own, and it tells all others with their schemas.
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),
        pg_catalog.set_config('datestyle', 'ISO', true),
        pg_catalog.set_config('intervalstyle', 'postgres', true),
        pg_catalog.set_config('extra_float_digits', '3', true);
    SELECT array_agg(a.attnum ORDER BY c.place) INTO numbers
    FROM unnest(tables, old_names) WITH ORDINALITY AS c (relation, called, place)
    JOIN pg_attribute AS a ON a.attrelid = c.relation AND a.attname = c.called;
    IF cardinality(numbers) IS DISTINCT FROM cardinality(tables) THEN
        RAISE EXCEPTION 'one of the columns % is not there', old_names USING ERRCODE = 'undefined_column';
    END IF;
    SELECT array_agg(DISTINCT k.oid) INTO keys
    FROM unnest(tables, numbers) AS c (relation, number)
    JOIN pg_constraint AS k ON k.conrelid = c.relation AND c.number = ANY (k.conkey)
    WHERE k.contype IN ('p', 'u');
    -- What is asked for: the columns, the keys they are in, types that go; then, wave by wave, the views.
    SELECT array_agg(u.class), array_agg(u.object), array_agg(u.part) INTO classes, objects, parts FROM (
        SELECT 'pg_class'::regclass::oid, c.relation::oid, c.number FROM unnest(tables, numbers) AS c (relation, number)
        UNION ALL
        SELECT 'pg_constraint'::regclass, k, 0 FROM unnest(keys) AS k
        UNION ALL
        SELECT 'pg_type'::regclass, t, 0 FROM unnest(types) AS t) AS u (class, object, part);
    views := '{}';
    LOOP
        SELECT array_agg(DISTINCT c.oid) INTO wave
        FROM unnest(classes, objects, parts) AS u (class, object, part)
        JOIN pg_depend AS d ON d.refclassid = u.class AND d.refobjid = u.object AND u.part IN (0, d.refobjsubid)
        LEFT JOIN pg_rewrite AS r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid AND r.ev_type = '1'
        JOIN pg_class AS c ON c.relkind = 'v' AND c.oid <> d.refobjid
            AND c.oid = CASE WHEN d.classid = 'pg_class'::regclass THEN d.objid ELSE r.ev_class END
        WHERE d.deptype = 'n' AND (wave IS NULL OR u.class = 'pg_class'::regclass AND u.object = ANY (wave));
        EXIT WHEN wave IS NULL;
        -- A view comes behind all that it is made of.
        SELECT COALESCE(array_agg(v.view ORDER BY v.place), '{}') || wave INTO views
        FROM unnest(views) WITH ORDINALITY AS v (view, place) WHERE v.view <> ALL (wave);
        SELECT classes || array_agg('pg_class'::regclass::oid), objects || array_agg(w.view), parts || array_agg(0)
        INTO classes, objects, parts FROM unnest(wave) AS w (view) WHERE w.view <> ALL (objects);
    END LOOP;
    -- Changes nothing, but locks the views before their tables, those first that programs ask first.
    FOR change IN
        SELECT format('ALTER VIEW %s OWNER TO %I', v.view::regclass, pg_get_userbyid(c.relowner))
        FROM unnest(views) WITH ORDINALITY AS v (view, place) JOIN pg_class AS c ON c.oid = v.view
        WHERE pg_has_role(c.relowner, 'USAGE') ORDER BY v.place DESC
    LOOP
        EXECUTE change;
    END LOOP;
    -- Policies, rules and triggers of what goes or is asked; of the views all, of the tables those that ask it.
    SELECT array_agg(DISTINCT d.objid) INTO hung
    FROM unnest(classes, objects, parts) AS u (class, object, part)
    JOIN pg_depend AS d ON d.refclassid = u.class AND d.refobjid = u.object AND u.part IN (0, d.refobjsubid)
    WHERE d.classid = 'pg_policy'::regclass
       OR d.classid = 'pg_trigger'::regclass AND EXISTS (
           SELECT FROM pg_trigger AS t WHERE t.oid = d.objid AND NOT t.tgisinternal)
       OR d.classid = 'pg_statistic_ext'::regclass AND u.part <> 0
       OR d.classid = 'pg_rewrite'::regclass AND EXISTS (
           SELECT FROM pg_rewrite AS r WHERE r.oid = d.objid AND r.ev_type <> '1');
    -- What is of none of these kinds, or nobody can make anew as it is.
    SELECT string_agg(DISTINCT w.what, ', ' ORDER BY w.what),
        string_agg(DISTINCT concat(w.what, chr(9), w.name), chr(10) ORDER BY concat(w.what, chr(9), w.name))
    INTO hindrance, hindrances
    FROM (
        SELECT d.classid, d.objid, d.objsubid, ''
        FROM (SELECT * FROM unnest(classes, objects, parts) AS u (class, object, part)
              UNION ALL
              SELECT 'pg_type'::regclass, t.oid, 0 FROM unnest(views) AS v (view)
              JOIN pg_class AS c ON c.oid = v.view
              JOIN pg_type AS r ON r.oid = c.reltype
              JOIN pg_type AS t ON t.oid IN (r.oid, r.typarray)) AS u (class, object, part)
        JOIN pg_depend AS d ON d.refclassid = u.class AND d.refobjid = u.object AND u.part IN (0, d.refobjsubid)
        WHERE u.object <> ALL (types)
          -- Before PostgreSQL 14 a generated column would go without a word.
          AND (d.deptype = 'n' OR d.classid = 'pg_class'::regclass AND d.objid = u.object AND EXISTS (
              SELECT FROM pg_attribute AS g WHERE g.attrelid = d.objid AND g.attnum = d.objsubid AND g.attgenerated <> ''))
          AND d.classid <> 'pg_constraint'::regclass
          AND NOT (d.classid = 'pg_class'::regclass AND d.objid = ANY (views))
          AND NOT (d.classid = 'pg_attrdef'::regclass AND EXISTS (
              SELECT FROM pg_attrdef AS e WHERE e.oid = d.objid AND e.adrelid = ANY (views)))
          AND NOT (d.classid = 'pg_rewrite'::regclass AND EXISTS (
              SELECT FROM pg_rewrite AS r WHERE r.oid = d.objid AND r.ev_class = ANY (views)))
          AND d.objid <> ALL (COALESCE(hung, '{}'))
        UNION ALL
        SELECT 'pg_constraint'::regclass, k.oid, 0, ''
        FROM unnest(tables, numbers) AS c (relation, number)
        JOIN pg_constraint AS k ON k.conrelid = c.relation AND c.number = ANY (k.conkey)
        WHERE replaces AND k.contype IN ('c', 'x') AND right(k.conname, 9) <> '__bellows'
          -- Where as many checks stand ready over the other columns as over these, they take their places.
          AND (k.contype = 'x' OR (
              SELECT count(*) FILTER (WHERE p.columns = old.columns AND right(p.name, 9) <> '__bellows')
                  > count(*) FILTER (WHERE p.columns = new.columns AND right(p.name, 13) = '_new__bellows')
              FROM (SELECT o.conname AS name, ARRAY(SELECT u.n FROM unnest(o.conkey) AS u (n) ORDER BY 1) AS columns
                    FROM pg_constraint AS o WHERE o.conrelid = k.conrelid AND o.contype = 'c') AS p,
                  (SELECT ARRAY(SELECT u.n FROM unnest(k.conkey) AS u (n) ORDER BY 1) AS columns) AS old,
                  (SELECT ARRAY(SELECT COALESCE(s.attnum, u.n) FROM unnest(k.conkey) AS u (n)
                       LEFT JOIN unnest(tables, numbers, old_names, new_names, aside_names)
                           AS m (relation, number, called, new, aside) ON m.relation = k.conrelid AND m.number = u.n
                       LEFT JOIN pg_attribute AS s ON s.attrelid = m.relation
                           AND s.attname = CASE WHEN m.called = m.new THEN m.aside ELSE m.new END
                       ORDER BY 1) AS columns) AS new))
        UNION ALL
        -- What rests on a partition's column alone, or another heir's, whose type changes with this one's.
        SELECT d.classid, d.objid, d.objsubid, ''
        FROM unnest(tables, old_names) AS c (relation, called)
        CROSS JOIN LATERAL (
            WITH RECURSIVE family AS (
                SELECT i.inhrelid AS member FROM pg_inherits AS i WHERE i.inhparent = c.relation
                UNION
                SELECT i.inhrelid FROM family AS p JOIN pg_inherits AS i ON i.inhparent = p.member)
            SELECT f.member FROM family AS f) AS f
        JOIN pg_attribute AS a ON a.attrelid = f.member AND a.attname = c.called
        JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = f.member AND d.refobjsubid = a.attnum
        WHERE d.deptype = 'n' AND d.objid <> ALL (COALESCE(hung, '{}')) AND d.classid <> 'pg_constraint'::regclass
          AND NOT (d.classid = 'pg_rewrite'::regclass AND EXISTS (
              SELECT FROM pg_rewrite AS r WHERE r.oid = d.objid AND r.ev_class = ANY (views)))
        UNION ALL
        -- What else draws from an identity, which goes with its column.
        SELECT d.classid, d.objid, d.objsubid, ''
        FROM unnest(tables, numbers) AS c (relation, number)
        JOIN pg_depend AS i ON i.refclassid = 'pg_class'::regclass AND i.refobjid = c.relation AND i.refobjsubid = c.number
            AND i.classid = 'pg_class'::regclass AND i.deptype = 'i'
        JOIN pg_depend AS d ON d.refclassid = i.classid AND d.refobjid = i.objid AND d.deptype = 'n'
        WHERE replaces
        UNION ALL
        SELECT 'pg_class'::regclass, c.oid, 0, CASE WHEN c.relpersistence = 't' THEN ', which is a session''s,'
            WHEN NOT pg_has_role(c.relowner, 'USAGE') THEN format(', which belongs to %s,', pg_get_userbyid(c.relowner))
            ELSE ' with its rights' END
        FROM unnest(views) AS v (view) JOIN pg_class AS c ON c.oid = v.view
        WHERE c.relpersistence = 't' OR NOT pg_has_role(c.relowner, 'USAGE')
           OR EXISTS (SELECT FROM aclexplode(c.relacl) AS x WHERE NOT pg_has_role(x.grantor, 'MEMBER'))
           OR EXISTS (SELECT FROM pg_attribute AS a, aclexplode(a.attacl) AS x
                      WHERE a.attrelid = c.oid AND NOT pg_has_role(x.grantor, 'MEMBER'))
        UNION ALL
        SELECT 'pg_class'::regclass, a.attrelid, a.attnum, ' with its rights'
        FROM unnest(tables, numbers) AS c (relation, number)
        JOIN pg_attribute AS a ON a.attrelid = c.relation AND a.attnum = c.number
        CROSS JOIN LATERAL aclexplode(a.attacl) AS x
        WHERE replaces AND NOT pg_has_role(x.grantor, 'MEMBER')
        UNION ALL
        SELECT l.classoid, l.objoid, l.objsubid, ' with its security label' FROM pg_seclabel AS l
        WHERE l.classoid = 'pg_class'::regclass AND (l.objoid = ANY (views) OR replaces AND EXISTS (
            SELECT FROM unnest(tables, numbers) AS c (relation, number)
            WHERE l.objoid = c.relation AND l.objsubid = c.number))
        UNION ALL
        SELECT e.classid, e.objid, 0, ', which is an extension''s,' FROM pg_depend AS e
        WHERE e.deptype IN ('e', 'x') AND e.objid = ANY (views || hung)
          AND e.classid IN ('pg_class'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass,
                            'pg_rewrite'::regclass, 'pg_statistic_ext'::regclass)
        UNION ALL
        SELECT h.class, h.object, 0, format(' of %s', pg_get_userbyid(c.relowner)) FROM (
            SELECT 'pg_policy'::regclass, p.oid, p.polrelid FROM pg_policy AS p WHERE p.oid = ANY (hung)
            UNION SELECT 'pg_trigger'::regclass, t.oid, t.tgrelid FROM pg_trigger AS t WHERE t.oid = ANY (hung)
            UNION SELECT 'pg_rewrite'::regclass, r.oid, r.ev_class FROM pg_rewrite AS r WHERE r.oid = ANY (hung))
            AS h (class, object, relation)
        JOIN pg_class AS c ON c.oid = h.relation
        WHERE NOT pg_has_role(c.relowner, 'USAGE')) AS h (class, object, part, why)
    -- A materialized view is told by its own name, a publication's table by the publication's, a default by its table's.
    LEFT JOIN pg_rewrite AS r ON h.class = 'pg_rewrite'::regclass AND r.oid = h.object AND r.ev_type = '1'
    CROSS JOIN LATERAL (SELECT CASE WHEN r.oid IS NULL THEN h.class ELSE 'pg_class'::regclass END AS class,
        COALESCE(r.ev_class, h.object) AS object) AS o
    CROSS JOIN LATERAL pg_identify_object_as_address(o.class, o.object, h.part) AS a
    CROSS JOIN LATERAL (SELECT concat(pg_describe_object(o.class, o.object, h.part), h.why),
        CASE WHEN h.class = 'pg_publication_rel'::regclass THEN a.object_args[1]
            WHEN h.class = 'pg_attrdef'::regclass THEN a.object_names[2]
            ELSE a.object_names[cardinality(a.object_names)] END) AS w (what, name);
    IF hindrance IS NOT NULL THEN
        RAISE EXCEPTION 'what rests on the columns % of % cannot be made anew as it is: %', old_names, tables, hindrance
            USING ERRCODE = 'dependent_objects_still_exist', DETAIL = hindrances,
            HINT = 'Drop it before this script runs, and make it again behind it; or let its owner run the script.';
    END IF;
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
$bellows$;

-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "cents" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "rank" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_carried__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Item_cents" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_cents"();
DROP TRIGGER "zzzz_bellows_Item_rank" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_rank"();
ALTER TABLE "Item" RENAME COLUMN "cents" TO "cents__bellows";
ALTER TABLE "Item" RENAME COLUMN "price" TO "cents";
ALTER TABLE "Item" DROP COLUMN "cents";
ALTER TABLE "Item" RENAME COLUMN "rank" TO "rank__bellows";
ALTER TABLE "Item" RENAME COLUMN "level" TO "rank";
ALTER TABLE "Item" DROP COLUMN "rank";
ALTER TABLE "Item" RENAME COLUMN "cents__bellows" TO "cents";
ALTER TABLE "Item" RENAME COLUMN "rank__bellows" TO "rank";
ALTER TABLE "Item" ALTER COLUMN "rank" SET DEFAULT 1;
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Item"';
    function pg_catalog.oid;
BEGIN
    FOR function IN
        SELECT DISTINCT t.tgfoid
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid
        JOIN pg_catalog.pg_language AS l ON l.oid OPERATOR(pg_catalog.=) p.prolang
        WHERE t.tgrelid OPERATOR(pg_catalog.=) base AND NOT t.tgisinternal
          AND l.lanname OPERATOR(pg_catalog.=) 'plpgsql'
          AND pg_catalog.pg_has_role(p.proowner, 'USAGE')
    LOOP
        EXECUTE pg_catalog.pg_get_functiondef(function);
    END LOOP;
END
$bellows$;

-- Remake
-- ... and come back as they were.
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Item"';

    settings CONSTANT pg_catalog.text[] := ARRAY['search_path', 'datestyle', 'intervalstyle', 'extra_float_digits'];
    as_now CONSTANT pg_catalog.text := pg_catalog.current_setting('role');
    aside pg_catalog.jsonb;
    home pg_catalog.name;
    kept pg_catalog.text[];
    change pg_catalog.text;
    entry pg_catalog.jsonb;
    copy pg_catalog.regclass;
    usual pg_catalog.bool;
    part pg_catalog.record;
    missing pg_catalog.int4;
    last_missing pg_catalog.int4;
BEGIN
    SELECT pg_catalog.array_agg(pg_catalog.current_setting(s.name) ORDER BY s.place) INTO kept
    FROM pg_catalog.unnest(settings) WITH ORDINALITY AS s (name, place);
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),
        pg_catalog.set_config('datestyle', 'ISO', true),
        pg_catalog.set_config('intervalstyle', 'postgres', true),
        pg_catalog.set_config('extra_float_digits', '3', true);
    SELECT n.nspname INTO home FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.oid = base AND EXISTS (
        SELECT FROM pg_proc AS p WHERE p.pronamespace = n.oid AND p.proname = 'zzzz_bellows_aside'
            AND pg_get_userbyid(p.proowner) = current_user);
    IF home IS NULL THEN
        RAISE EXCEPTION 'what rested on columns of % is not set aside', base USING ERRCODE = 'undefined_function';
    END IF;
    EXECUTE format('SELECT %I.zzzz_bellows_aside()', home) INTO change;
    EXECUTE format('DROP FUNCTION %I.zzzz_bellows_aside()', home);
    aside := change;
    FOR change IN
        SELECT s.sql FROM jsonb_array_elements_text(aside -> 0) WITH ORDINALITY AS s (sql, place) ORDER BY s.place
    LOOP
        BEGIN
            EXECUTE change;
        EXCEPTION WHEN data_exception OR syntax_error_or_access_rule_violation THEN
            RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM,
                DETAIL = concat('It does not work over the new type: ', change),
                HINT = 'Drop it before this script runs, and make it for the new type behind it.';
        END;
    END LOOP;
    FOR entry IN SELECT e.value FROM jsonb_array_elements(aside -> 1) AS e LOOP
        copy := entry ->> 'relation';
        -- Nobody has said anything of the view itself, and no default privileges have.
        usual := (entry ->> 'usual')::bool AND (SELECT c.relacl IS NULL FROM pg_class AS c WHERE c.oid = copy);
        -- What default privileges have given a view nobody had.
        FOR change IN
            SELECT DISTINCT format('REVOKE ALL ON %s FROM %s CASCADE', copy,
                CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END)
            FROM pg_class AS c, aclexplode(COALESCE(c.relacl, acldefault('r', c.relowner))) AS x
            WHERE c.oid = copy AND (entry ->> 'of_view')::bool AND NOT usual
        LOOP
            EXECUTE change;
        END LOOP;
        missing := -1;
        WHILE missing <> 0 LOOP
            last_missing := missing;
            missing := 0;
            FOR part IN
                SELECT (g.value ->> 0)::name AS part, g.value ->> 1 AS grantor, g.value ->> 2 AS grantee,
                    g.value ->> 3 AS privilege, (g.value ->> 4)::bool AS grantable, c.relowner AS owner
                FROM pg_class AS c, jsonb_array_elements(entry -> 'given') WITH ORDINALITY AS g (value, place)
                WHERE c.oid = copy AND NOT (usual AND g.value ->> 0 IS NULL) AND NOT EXISTS (
                    SELECT FROM (
                        SELECT NULL::name, x.* FROM aclexplode(c.relacl) AS x
                        UNION ALL
                        SELECT a.attname, x.* FROM pg_attribute AS a, aclexplode(a.attacl) AS x WHERE a.attrelid = copy)
                        AS t (part, grantor, grantee, privilege, grantable)
                    WHERE g.value = jsonb_build_array(t.part, pg_get_userbyid(t.grantor),
                        CASE WHEN t.grantee <> 0 THEN pg_get_userbyid(t.grantee) END, t.privilege, t.grantable))
                ORDER BY g.place
            LOOP
                missing := missing + 1;
                CONTINUE WHEN part.grantor <> pg_get_userbyid(part.owner) AND NOT CASE
                    WHEN part.part IS NULL THEN has_table_privilege(part.grantor::name, copy, concat(part.privilege, ' WITH GRANT OPTION'))
                    ELSE has_column_privilege(part.grantor::name, copy, part.part::text, concat(part.privilege, ' WITH GRANT OPTION')) END;
                EXECUTE format('SET LOCAL ROLE %I', part.grantor);
                EXECUTE format('GRANT %s%s ON %s TO %s%s', part.privilege,
                    CASE WHEN part.part IS NULL THEN '' ELSE format(' (%I)', part.part) END, copy,
                    COALESCE(quote_ident(part.grantee), 'PUBLIC'), CASE WHEN part.grantable THEN ' WITH GRANT OPTION' ELSE '' END);
                EXECUTE format('SET LOCAL ROLE %I', as_now);
            END LOOP;
            IF missing <> 0 AND missing = last_missing THEN
                RAISE EXCEPTION '% cannot be given the rights it had', copy
                    USING HINT = 'Its grants are not to be had again: grant them anew, by its owner.';
            END IF;
        END LOOP;
    END LOOP;
    PERFORM set_config(s.name, s.value, true) FROM unnest(settings, kept) AS s (name, value);
END
$bellows$;
