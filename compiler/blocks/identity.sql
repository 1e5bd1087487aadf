    kept CONSTANT pg_catalog.text := pg_catalog.current_setting('search_path');
    called pg_catalog.text;
    said pg_catalog.text;
    given pg_catalog.text[];
    was pg_catalog.record;
    drawn pg_catalog.record;
    change pg_catalog.text;
BEGIN
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    SELECT a.attidentity AS identity, s.*, n.limit AS most, m.limit AS old_most INTO was
    FROM pg_attribute AS a
    JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = a.attrelid AND d.refobjsubid = a.attnum
        AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
    JOIN pg_sequence AS s ON s.seqrelid = d.objid
    JOIN pg_attribute AS b ON b.attrelid = a.attrelid AND b.attname = new_name
    JOIN (VALUES ('int2'::regtype::oid, 32767::int8), ('int4'::regtype, 2147483647), ('int8'::regtype, 9223372036854775807))
        AS n (type, "limit") ON n.type = b.atttypid
    JOIN (VALUES ('int2'::regtype::oid, 32767::int8), ('int4'::regtype, 2147483647), ('int8'::regtype, 9223372036854775807))
        AS m (type, "limit") ON m.type = s.seqtypid
    WHERE a.attrelid = base AND a.attname = old_name AND a.attidentity <> '';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'column % of % is no identity, or what takes its place counts nothing', old_name, base
            USING ERRCODE = 'object_not_in_prerequisite_state';
    END IF;
    called := was.seqrelid::regclass;
    SELECT d.description INTO said FROM pg_description AS d
    WHERE d.classoid = 'pg_class'::regclass AND d.objoid = was.seqrelid AND d.objsubid = 0;
    SELECT array_agg(format('GRANT %s ON SEQUENCE %s TO %s%s', x.privilege_type, called,
        CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
        CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)) INTO given
    FROM pg_class AS c, aclexplode(c.relacl) AS x WHERE c.oid = was.seqrelid AND x.grantee <> c.relowner;
    EXECUTE format('SELECT last_value, is_called FROM %s', called) INTO drawn;
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I DROP IDENTITY', base, old_name);
    -- A bound that was the old type's is the new one's.
    EXECUTE format('ALTER TABLE %s ALTER COLUMN %I ADD GENERATED %s AS IDENTITY (SEQUENCE NAME %s START WITH %s INCREMENT BY %s '
        'MINVALUE %s MAXVALUE %s CACHE %s %s)', base, new_name, CASE was.identity WHEN 'a' THEN 'ALWAYS' ELSE 'BY DEFAULT' END,
        called, was.seqstart, was.seqincrement,
        CASE WHEN was.seqincrement < 0 AND was.seqmin = -was.old_most - 1 THEN -was.most - 1
            ELSE GREATEST(was.seqmin, -was.most - 1) END,
        CASE WHEN was.seqincrement > 0 AND was.seqmax = was.old_most THEN was.most ELSE LEAST(was.seqmax, was.most) END,
        was.seqcache, CASE WHEN was.seqcycle THEN 'CYCLE' ELSE 'NO CYCLE' END);
    PERFORM setval(called::regclass, drawn.last_value, drawn.is_called);
    FOREACH change IN ARRAY COALESCE(given, '{}') LOOP
        EXECUTE change;
    END LOOP;
    IF said IS NOT NULL THEN
        EXECUTE format('COMMENT ON SEQUENCE %s IS %L', called, said);
    END IF;
    PERFORM set_config('search_path', kept, true);
END
