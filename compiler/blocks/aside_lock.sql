    -- Changes nothing, but locks the views before their tables, those first that programs ask first.
    FOR change IN
        SELECT format('ALTER VIEW %s OWNER TO %I', v.view::regclass, pg_get_userbyid(c.relowner))
        FROM unnest(views) WITH ORDINALITY AS v (view, place) JOIN pg_class AS c ON c.oid = v.view
        WHERE pg_has_role(c.relowner, 'USAGE') ORDER BY v.place DESC
    LOOP
        EXECUTE change;
    END LOOP;
