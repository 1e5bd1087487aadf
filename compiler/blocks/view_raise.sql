    IF EXISTS (SELECT FROM pg_catalog.pg_publication_tables AS t
               JOIN pg_catalog.pg_class AS c ON c.relname OPERATOR(pg_catalog.=) t.tablename
               JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                   AND n.nspname OPERATOR(pg_catalog.=) t.schemaname
               WHERE c.oid OPERATOR(pg_catalog.=) base) THEN
        RAISE EXCEPTION 'a published table cannot be renamed behind a view'
            USING HINT = 'Subscribers find tables by name: take it out of its publication first.';
    END IF;
    IF pg_catalog.current_setting('server_version_num')::pg_catalog.int4 OPERATOR(pg_catalog.<) 150000
       AND (SELECT c.relrowsecurity FROM pg_catalog.pg_class AS c
            WHERE c.oid OPERATOR(pg_catalog.=) base) THEN
        RAISE EXCEPTION 'a table with row security cannot be renamed behind a view before PostgreSQL 15';
    END IF;
    moves := NOT stands OR NOT shows_both;
    new_home := COALESCE(table_schema, home);
    new_called := table_name;
