    EXECUTE pg_catalog.format('DROP VIEW %s', face);
