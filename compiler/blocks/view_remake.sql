    FOREACH change IN ARRAY COALESCE(remade, ARRAY[]::pg_catalog.text[]) LOOP
        EXECUTE change;
    END LOOP;
