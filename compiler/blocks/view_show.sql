    IF stays THEN
        EXECUTE pg_catalog.format('CREATE OR REPLACE VIEW %I.%I AS SELECT %s FROM %s', home, called,
            (SELECT pg_catalog.string_agg(CASE WHEN shown[i] OPERATOR(pg_catalog.=) known[i]
                    THEN pg_catalog.quote_ident(known[i]::pg_catalog.text)
                    ELSE pg_catalog.format('%I AS %I', known[i], shown[i]) END, ', ' ORDER BY i)
             FROM pg_catalog.generate_subscripts(shown, 1) AS i), base);
        front := pg_catalog.format('%I.%I', home, called);
    END IF;
