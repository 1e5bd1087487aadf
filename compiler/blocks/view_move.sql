    SELECT n.nspname, c.relname INTO base_home, base_called FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    WHERE c.oid OPERATOR(pg_catalog.=) base;
    IF moves AND base_home OPERATOR(pg_catalog.<>) new_home THEN
        IF EXISTS (SELECT FROM pg_catalog.pg_class AS c
                   JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
                   WHERE n.nspname OPERATOR(pg_catalog.=) new_home
                     AND c.relname OPERATOR(pg_catalog.=) base_called) THEN
            EXECUTE pg_catalog.format('ALTER TABLE %s RENAME TO %I', base, new_called);
            base_called := new_called;
        END IF;
        EXECUTE pg_catalog.format('ALTER TABLE %s SET SCHEMA %I', base, new_home);
    END IF;
    IF moves AND base_called OPERATOR(pg_catalog.<>) new_called THEN
        EXECUTE pg_catalog.format('ALTER TABLE %s RENAME TO %I', base, new_called);
    END IF;
