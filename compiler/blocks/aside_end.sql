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
