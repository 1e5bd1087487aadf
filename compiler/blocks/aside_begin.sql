
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
