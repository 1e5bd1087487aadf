
    base pg_catalog.regclass := face;
    base_home pg_catalog.name;
    base_called pg_catalog.name;
    new_home pg_catalog.name;
    new_called pg_catalog.name;
    moves pg_catalog.bool;
    home pg_catalog.name;
    called pg_catalog.name;
    front pg_catalog.regclass;
    stands pg_catalog.bool;
    stays pg_catalog.bool := true;
    place pg_catalog.int4;
    shown pg_catalog.name[];
    known pg_catalog.name[];
    asked pg_catalog.name[];
    meant pg_catalog.name[];
    remade pg_catalog.text[];
    change pg_catalog.text;
    entry RECORD;
    as_now CONSTANT pg_catalog.text := pg_catalog.current_setting('role');
    model pg_catalog.regclass;
    copy pg_catalog.regclass;
    model_names pg_catalog.name[];
    copy_names pg_catalog.name[];
    owner pg_catalog.oid;
    parts pg_catalog.name[];
    grantors pg_catalog.oid[];
    grantees pg_catalog.oid[];
    privileges pg_catalog.text[];
    grantables pg_catalog.bool[];
    missing pg_catalog.int4;
    last_missing pg_catalog.int4;
BEGIN
    SELECT n.nspname, c.relname, c.relkind OPERATOR(pg_catalog.=) 'v' INTO home, called, stands
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace
    WHERE c.oid OPERATOR(pg_catalog.=) face;
    IF stands THEN
        -- Changes nothing, but locks the view before its table, as programs do.
        EXECUTE (SELECT pg_catalog.format('ALTER VIEW %s OWNER TO %I', face, pg_catalog.pg_get_userbyid(c.relowner))
                 FROM pg_catalog.pg_class AS c WHERE c.oid OPERATOR(pg_catalog.=) face);
        -- The server keeps with each column of a view which column of which table it shows.
        SELECT pg_catalog.array_agg(f.attname ORDER BY f.attnum),
            pg_catalog.array_agg(b.attname ORDER BY f.attnum),
            CASE WHEN pg_catalog.min(b.attrelid) OPERATOR(pg_catalog.=) pg_catalog.max(b.attrelid)
                THEN pg_catalog.min(b.attrelid) END
        INTO shown, known, base
        FROM pg_catalog.pg_rewrite AS r
        CROSS JOIN LATERAL pg_catalog.regexp_matches(r.ev_action::pg_catalog.text,
            ':resorigtbl ([0-9]+) :resorigcol ([0-9]+) :resjunk false', 'g')
            WITH ORDINALITY AS item (origin, number)
        JOIN pg_catalog.pg_attribute AS f ON f.attrelid OPERATOR(pg_catalog.=) r.ev_class
            AND f.attnum OPERATOR(pg_catalog.=) item.number
        JOIN pg_catalog.pg_attribute AS b
            ON b.attrelid OPERATOR(pg_catalog.=) item.origin[1]::pg_catalog.oid
            AND b.attnum OPERATOR(pg_catalog.=) item.origin[2]::pg_catalog.int2
        WHERE r.ev_class OPERATOR(pg_catalog.=) face AND r.ev_type OPERATOR(pg_catalog.=) '1';
        IF base IS NULL OR NOT EXISTS (
            SELECT FROM pg_catalog.pg_class AS v, pg_catalog.pg_class AS t
            WHERE v.oid OPERATOR(pg_catalog.=) face AND t.oid OPERATOR(pg_catalog.=) base
              AND v.relnatts OPERATOR(pg_catalog.=) pg_catalog.cardinality(shown)
              AND t.relkind OPERATOR(pg_catalog.=) ANY (ARRAY['r', 'p']::pg_catalog."char"[])) THEN
            RAISE EXCEPTION 'the view % does not show one table', face;
        END IF;
    ELSE
        SELECT pg_catalog.array_agg(a.attname ORDER BY a.attnum),
            pg_catalog.array_agg(a.attname ORDER BY a.attnum) INTO shown, known
        FROM pg_catalog.pg_attribute AS a
        WHERE a.attrelid OPERATOR(pg_catalog.=) face AND a.attnum OPERATOR(pg_catalog.>) 0
          AND NOT a.attisdropped;
    END IF;
    asked := shown;
    meant := known;
