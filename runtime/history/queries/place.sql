-- Where the history is ($1: the schema, $2 and $3: its tables), and whether a stranger's code may run by one of the two, for it is a
-- stranger's, or somebody was let put a trigger on it, or a foreign key that refers to it: history.c.
-- Whoever may become our role can do already what it may; an owner of the database whom nobody trusts leaves no safe way to use it.
-- `unfit`: the first column of either that does not take what is written there and give it back as it is read: pg_type.typcategory, where
-- u is uuid and l a list of texts. What is missing the reading itself tells.
SELECT place.s AS schema,
    pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text)) IS NOT NULL AS table_exists,
    pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text)) IS NOT NULL AS progress_exists,
    pg_catalog.to_regnamespace(pg_catalog.quote_ident(place.s)) IS NOT NULL AS schema_exists,
    CASE WHEN pg_catalog.row_security_active(pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text)))
            THEN pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text)
        WHEN pg_catalog.row_security_active(pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text)))
            THEN pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text) END AS filtered,
    EXISTS (SELECT FROM pg_catalog.pg_class AS c
        WHERE c.oid OPERATOR(pg_catalog.=) ANY (ARRAY[
                pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $2::pg_catalog.text))::pg_catalog.oid,
                pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, $3::pg_catalog.text))::pg_catalog.oid])
            AND (NOT pg_catalog.pg_has_role(c.relowner, SESSION_USER, 'MEMBER')
                OR EXISTS (SELECT FROM pg_catalog.pg_trigger AS t WHERE t.tgrelid OPERATOR(pg_catalog.=) c.oid))) AS is_asked,
    unfit.relation AS unfit_relation, unfit.why AS unfit
FROM (SELECT $1::pg_catalog.text AS s) AS place
LEFT JOIN LATERAL (
    SELECT need.relation, pg_catalog.format('column "%s" is of the type %s', a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod)) AS why
    FROM (VALUES
        (1, $2::pg_catalog.text, 'id', 'Su'), (2, $2, 'checksum', 'S'), (3, $2, 'migration_name', 'S'), (4, $2, 'started_at', 'DS'),
        (5, $2, 'finished_at', 'DS'), (6, $2, 'rolled_back_at', 'DS'), (7, $2, 'logs', 'S'), (8, $2, 'applied_steps_count', 'NS'),
        (9, $3::pg_catalog.text, 'migration_name', 'S'), (10, $3, 'checksum', 'S'), (11, $3, 'history_id', 'Su'), (12, $3, 'parts_done', 'N'),
        (13, $3, 'position', 'l'), (14, $3, 'rows_done', 'N'), (15, $3, 'updated_at', 'DS')) AS need (number, relation, name, kinds)
    JOIN pg_catalog.pg_attribute AS a
        ON a.attrelid OPERATOR(pg_catalog.=) pg_catalog.to_regclass(pg_catalog.format('%I.%I', place.s, need.relation))::pg_catalog.oid
            AND a.attname OPERATOR(pg_catalog.=) need.name::pg_catalog.name AND a.attnum OPERATOR(pg_catalog.>) 0 AND NOT a.attisdropped
    JOIN pg_catalog.pg_type AS t ON t.oid OPERATOR(pg_catalog.=) a.atttypid
    LEFT JOIN pg_catalog.pg_type AS element ON element.oid OPERATOR(pg_catalog.=) t.typelem
    WHERE pg_catalog.strpos(need.kinds, CASE
        WHEN t.oid OPERATOR(pg_catalog.=) 'pg_catalog.uuid'::pg_catalog.regtype::pg_catalog.oid THEN 'u'
        WHEN t.typcategory OPERATOR(pg_catalog.=) 'A' AND element.typcategory OPERATOR(pg_catalog.=) 'S' THEN 'l'
        ELSE t.typcategory::pg_catalog.text END) OPERATOR(pg_catalog.=) 0
    ORDER BY need.number LIMIT 1
) AS unfit ON true
