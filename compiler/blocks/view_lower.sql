    IF NOT stands THEN
        RAISE EXCEPTION '% is no view', face;
    END IF;
    FOR i IN 1 .. pg_catalog.cardinality(old_names) LOOP
        EXECUTE pg_catalog.format('ALTER TABLE %s RENAME COLUMN %I TO %I', base, old_names[i], new_names[i]);
        known := pg_catalog.array_replace(known, old_names[i], new_names[i]);
        meant := pg_catalog.array_replace(meant, old_names[i], new_names[i]);
    END LOOP;
    SELECT pg_catalog.array_agg(shown[i] ORDER BY i), pg_catalog.array_agg(known[i] ORDER BY i),
        pg_catalog.bool_or(shown[i] OPERATOR(pg_catalog.<>) known[i]) INTO shown, known, stays
    FROM pg_catalog.generate_subscripts(shown, 1) AS i
    WHERE shown[i] OPERATOR(pg_catalog.=) known[i]
       OR NOT shown[i] OPERATOR(pg_catalog.=) ANY (gone_names);
    -- Where the table has a name of its own by now, programs may still know this one.
    stays := stays OR NOT takes_table AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) base
            AND c.relname OPERATOR(pg_catalog.=) table_name);
    -- What is made of the view asks the same of its successor.
    SELECT pg_catalog.array_agg(made.sql) INTO remade FROM (
        SELECT DISTINCT pg_catalog.concat('CREATE OR REPLACE VIEW ', c.oid::pg_catalog.regclass,
            ' WITH (' OPERATOR(pg_catalog.||) pg_catalog.array_to_string(c.reloptions, ', ')
                OPERATOR(pg_catalog.||) ')', ' AS ', pg_catalog.pg_get_viewdef(c.oid))
        FROM pg_catalog.pg_depend AS d
        JOIN pg_catalog.pg_rewrite AS r ON r.oid OPERATOR(pg_catalog.=) d.objid
        JOIN pg_catalog.pg_class AS c ON c.oid OPERATOR(pg_catalog.=) r.ev_class
        WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
          AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.refobjid OPERATOR(pg_catalog.=) face AND c.oid OPERATOR(pg_catalog.<>) face
          AND c.relkind OPERATOR(pg_catalog.=) 'v' AND r.ev_type OPERATOR(pg_catalog.=) '1'
        UNION ALL
        SELECT DISTINCT pg_catalog.pg_get_functiondef(d.objid) FROM pg_catalog.pg_depend AS d
        WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_proc'::pg_catalog.regclass
          AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.refobjid OPERATOR(pg_catalog.=) face
        UNION ALL
        SELECT DISTINCT pg_catalog.concat('ALTER POLICY ', pg_catalog.quote_ident(p.polname::pg_catalog.text),
            ' ON ', p.polrelid::pg_catalog.regclass,
            ' USING (' OPERATOR(pg_catalog.||) pg_catalog.pg_get_expr(p.polqual, p.polrelid)
                OPERATOR(pg_catalog.||) ')',
            ' WITH CHECK (' OPERATOR(pg_catalog.||) pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)
                OPERATOR(pg_catalog.||) ')')
        FROM pg_catalog.pg_depend AS d
        JOIN pg_catalog.pg_policy AS p ON p.oid OPERATOR(pg_catalog.=) d.objid
        WHERE d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_policy'::pg_catalog.regclass
          AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
          AND d.refobjid OPERATOR(pg_catalog.=) face) AS made (sql);
    EXECUTE pg_catalog.format('ALTER VIEW %s RENAME TO %I', face, aside);
    moves := NOT stays OR takes_table;
    new_home := home;
    new_called := CASE WHEN stays THEN table_name ELSE called END;
