-- Every type a column can have: arrays are found through their element's typarray. Row types of tables
-- are left out unless a column has one. Both a column of a row type and the relation behind a
-- composite type depend on that type, or its array's, which is found faster than by reading all columns.
-- in_extension: the type came with an extension.   base_...: of a domain, the type it is over.
SELECT
    t.oid AS oid,
    t.typarray AS array_oid,
    n.nspname AS schema,
    t.typname AS name,
    t.typtype AS kind,
    format_type(t.oid, NULL) AS text,
    t.typnotnull AS domain_not_null,
    t.typbasetype AS base_oid,
    t.typtypmod AS base_modifier,
    CASE WHEN t.typtypmod >= 0 THEN format_type(t.typbasetype, t.typtypmod) END AS base_text,
    t.oid >= 16384 AND t.oid IN (
        SELECT d.objid FROM pg_depend AS d
        WHERE d.refclassid = 'pg_extension'::regclass AND d.classid = 'pg_type'::regclass AND d.deptype = 'e'
    ) AS in_extension
FROM pg_type AS t
JOIN pg_namespace AS n ON n.oid = t.typnamespace
WHERE
    NOT (t.typcategory = 'A' AND t.typelem <> 0 AND t.typarray = 0)
    AND (t.typrelid = 0 OR EXISTS (
        SELECT 1 FROM pg_depend AS d
        WHERE
            d.refclassid = 'pg_type'::regclass AND d.classid = 'pg_class'::regclass
            AND d.refobjid IN (t.oid, t.typarray)
    ))
