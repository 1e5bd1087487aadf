    -- Policies, rules and triggers of what goes or is asked; of the views all, of the tables those that ask it.
    SELECT array_agg(DISTINCT d.objid) INTO hung
    FROM unnest(classes, objects, parts) AS u (class, object, part)
    JOIN pg_depend AS d ON d.refclassid = u.class AND d.refobjid = u.object AND u.part IN (0, d.refobjsubid)
    WHERE d.classid = 'pg_policy'::regclass
       OR d.classid = 'pg_trigger'::regclass AND EXISTS (
           SELECT FROM pg_trigger AS t WHERE t.oid = d.objid AND NOT t.tgisinternal)
       OR d.classid = 'pg_statistic_ext'::regclass AND u.part <> 0
       OR d.classid = 'pg_rewrite'::regclass AND EXISTS (
           SELECT FROM pg_rewrite AS r WHERE r.oid = d.objid AND r.ev_type <> '1');
    -- What is of none of these kinds, or nobody can make anew as it is.
    SELECT string_agg(DISTINCT w.what, ', ' ORDER BY w.what),
        string_agg(DISTINCT concat(w.what, chr(9), w.name), chr(10) ORDER BY concat(w.what, chr(9), w.name))
    INTO hindrance, hindrances
    FROM (
        SELECT d.classid, d.objid, d.objsubid, ''
        FROM (SELECT * FROM unnest(classes, objects, parts) AS u (class, object, part)
              UNION ALL
              SELECT 'pg_type'::regclass, t.oid, 0 FROM unnest(views) AS v (view)
              JOIN pg_class AS c ON c.oid = v.view
              JOIN pg_type AS r ON r.oid = c.reltype
              JOIN pg_type AS t ON t.oid IN (r.oid, r.typarray)) AS u (class, object, part)
        JOIN pg_depend AS d ON d.refclassid = u.class AND d.refobjid = u.object AND u.part IN (0, d.refobjsubid)
        WHERE u.object <> ALL (types)
          -- Before PostgreSQL 14 a generated column would go without a word.
          AND (d.deptype = 'n' OR d.classid = 'pg_class'::regclass AND d.objid = u.object AND EXISTS (
              SELECT FROM pg_attribute AS g WHERE g.attrelid = d.objid AND g.attnum = d.objsubid AND g.attgenerated <> ''))
          AND d.classid <> 'pg_constraint'::regclass
          AND NOT (d.classid = 'pg_class'::regclass AND d.objid = ANY (views))
          AND NOT (d.classid = 'pg_attrdef'::regclass AND EXISTS (
              SELECT FROM pg_attrdef AS e WHERE e.oid = d.objid AND e.adrelid = ANY (views)))
          AND NOT (d.classid = 'pg_rewrite'::regclass AND EXISTS (
              SELECT FROM pg_rewrite AS r WHERE r.oid = d.objid AND r.ev_class = ANY (views)))
          AND d.objid <> ALL (COALESCE(hung, '{}'))
        UNION ALL
        SELECT 'pg_constraint'::regclass, k.oid, 0, ''
        FROM unnest(tables, numbers) AS c (relation, number)
        JOIN pg_constraint AS k ON k.conrelid = c.relation AND c.number = ANY (k.conkey)
        WHERE replaces AND k.contype IN ('c', 'x') AND right(k.conname, 9) <> '__bellows'
          -- Where as many checks stand ready over the other columns as over these, they take their places.
          AND (k.contype = 'x' OR (
              SELECT count(*) FILTER (WHERE p.columns = old.columns AND right(p.name, 9) <> '__bellows')
                  > count(*) FILTER (WHERE p.columns = new.columns AND right(p.name, 13) = '_new__bellows')
              FROM (SELECT o.conname AS name, ARRAY(SELECT u.n FROM unnest(o.conkey) AS u (n) ORDER BY 1) AS columns
                    FROM pg_constraint AS o WHERE o.conrelid = k.conrelid AND o.contype = 'c') AS p,
                  (SELECT ARRAY(SELECT u.n FROM unnest(k.conkey) AS u (n) ORDER BY 1) AS columns) AS old,
                  (SELECT ARRAY(SELECT COALESCE(s.attnum, u.n) FROM unnest(k.conkey) AS u (n)
                       LEFT JOIN unnest(tables, numbers, old_names, new_names, aside_names)
                           AS m (relation, number, called, new, aside) ON m.relation = k.conrelid AND m.number = u.n
                       LEFT JOIN pg_attribute AS s ON s.attrelid = m.relation
                           AND s.attname = CASE WHEN m.called = m.new THEN m.aside ELSE m.new END
                       ORDER BY 1) AS columns) AS new))
        UNION ALL
        -- What rests on a partition's column alone, or another heir's, whose type changes with this one's.
        SELECT d.classid, d.objid, d.objsubid, ''
        FROM unnest(tables, old_names) AS c (relation, called)
        CROSS JOIN LATERAL (
            WITH RECURSIVE family AS (
                SELECT i.inhrelid AS member FROM pg_inherits AS i WHERE i.inhparent = c.relation
                UNION
                SELECT i.inhrelid FROM family AS p JOIN pg_inherits AS i ON i.inhparent = p.member)
            SELECT f.member FROM family AS f) AS f
        JOIN pg_attribute AS a ON a.attrelid = f.member AND a.attname = c.called
        JOIN pg_depend AS d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = f.member AND d.refobjsubid = a.attnum
        WHERE d.deptype = 'n' AND d.objid <> ALL (COALESCE(hung, '{}')) AND d.classid <> 'pg_constraint'::regclass
          AND NOT (d.classid = 'pg_rewrite'::regclass AND EXISTS (
              SELECT FROM pg_rewrite AS r WHERE r.oid = d.objid AND r.ev_class = ANY (views)))
        UNION ALL
        -- What else draws from an identity, which goes with its column.
        SELECT d.classid, d.objid, d.objsubid, ''
        FROM unnest(tables, numbers) AS c (relation, number)
        JOIN pg_depend AS i ON i.refclassid = 'pg_class'::regclass AND i.refobjid = c.relation AND i.refobjsubid = c.number
            AND i.classid = 'pg_class'::regclass AND i.deptype = 'i'
        JOIN pg_depend AS d ON d.refclassid = i.classid AND d.refobjid = i.objid AND d.deptype = 'n'
        WHERE replaces
        UNION ALL
        SELECT 'pg_class'::regclass, c.oid, 0, CASE WHEN c.relpersistence = 't' THEN ', which is a session''s,'
            WHEN NOT pg_has_role(c.relowner, 'USAGE') THEN format(', which belongs to %s,', pg_get_userbyid(c.relowner))
            ELSE ' with its rights' END
        FROM unnest(views) AS v (view) JOIN pg_class AS c ON c.oid = v.view
        WHERE c.relpersistence = 't' OR NOT pg_has_role(c.relowner, 'USAGE')
           OR EXISTS (SELECT FROM aclexplode(c.relacl) AS x WHERE NOT pg_has_role(x.grantor, 'MEMBER'))
           OR EXISTS (SELECT FROM pg_attribute AS a, aclexplode(a.attacl) AS x
                      WHERE a.attrelid = c.oid AND NOT pg_has_role(x.grantor, 'MEMBER'))
        UNION ALL
        SELECT 'pg_class'::regclass, a.attrelid, a.attnum, ' with its rights'
        FROM unnest(tables, numbers) AS c (relation, number)
        JOIN pg_attribute AS a ON a.attrelid = c.relation AND a.attnum = c.number
        CROSS JOIN LATERAL aclexplode(a.attacl) AS x
        WHERE replaces AND NOT pg_has_role(x.grantor, 'MEMBER')
        UNION ALL
        SELECT l.classoid, l.objoid, l.objsubid, ' with its security label' FROM pg_seclabel AS l
        WHERE l.classoid = 'pg_class'::regclass AND (l.objoid = ANY (views) OR replaces AND EXISTS (
            SELECT FROM unnest(tables, numbers) AS c (relation, number)
            WHERE l.objoid = c.relation AND l.objsubid = c.number))
        UNION ALL
        SELECT e.classid, e.objid, 0, ', which is an extension''s,' FROM pg_depend AS e
        WHERE e.deptype IN ('e', 'x') AND e.objid = ANY (views || hung)
          AND e.classid IN ('pg_class'::regclass, 'pg_policy'::regclass, 'pg_trigger'::regclass,
                            'pg_rewrite'::regclass, 'pg_statistic_ext'::regclass)
        UNION ALL
        SELECT h.class, h.object, 0, format(' of %s', pg_get_userbyid(c.relowner)) FROM (
            SELECT 'pg_policy'::regclass, p.oid, p.polrelid FROM pg_policy AS p WHERE p.oid = ANY (hung)
            UNION SELECT 'pg_trigger'::regclass, t.oid, t.tgrelid FROM pg_trigger AS t WHERE t.oid = ANY (hung)
            UNION SELECT 'pg_rewrite'::regclass, r.oid, r.ev_class FROM pg_rewrite AS r WHERE r.oid = ANY (hung))
            AS h (class, object, relation)
        JOIN pg_class AS c ON c.oid = h.relation
        WHERE NOT pg_has_role(c.relowner, 'USAGE')) AS h (class, object, part, why)
    -- A materialized view is told by its own name, a publication's table by the publication's, a default by its table's.
    LEFT JOIN pg_rewrite AS r ON h.class = 'pg_rewrite'::regclass AND r.oid = h.object AND r.ev_type = '1'
    CROSS JOIN LATERAL (SELECT CASE WHEN r.oid IS NULL THEN h.class ELSE 'pg_class'::regclass END AS class,
        COALESCE(r.ev_class, h.object) AS object) AS o
    CROSS JOIN LATERAL pg_identify_object_as_address(o.class, o.object, h.part) AS a
    CROSS JOIN LATERAL (SELECT concat(pg_describe_object(o.class, o.object, h.part), h.why),
        CASE WHEN h.class = 'pg_publication_rel'::regclass THEN a.object_args[1]
            WHEN h.class = 'pg_attrdef'::regclass THEN a.object_names[2]
            ELSE a.object_names[cardinality(a.object_names)] END) AS w (what, name);
    IF hindrance IS NOT NULL THEN
        RAISE EXCEPTION 'what rests on the columns % of % cannot be made anew as it is: %', old_names, tables, hindrance
            USING ERRCODE = 'dependent_objects_still_exist', DETAIL = hindrances,
            HINT = 'Drop it before this script runs, and make it again behind it; or let its owner run the script.';
    END IF;
