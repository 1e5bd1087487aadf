
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
