    FOR i IN 1 .. pg_catalog.cardinality(old_names) LOOP
        place := pg_catalog.array_position(shown, new_names[i]);
        IF shows_both AND known[place] OPERATOR(pg_catalog.<>) old_names[i] THEN
            RAISE EXCEPTION 'the view % shows another column as %', face, new_names[i]
                USING HINT = 'The program of another plan knows it so: contract that plan first.';
        END IF;
        EXECUTE pg_catalog.format('ALTER TABLE %s RENAME COLUMN %I TO %I', base, old_names[i], new_names[i]);
        known := pg_catalog.array_replace(known, old_names[i], new_names[i]);
        meant := pg_catalog.array_replace(meant, old_names[i], new_names[i]);
        IF shows_both AND place IS NULL THEN
            shown := pg_catalog.array_append(shown, new_names[i]);
            known := pg_catalog.array_append(known, new_names[i]);
        END IF;
    END LOOP;
