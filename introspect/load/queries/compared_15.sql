-- What compared.sql cannot ask of servers before 15: schemas that publications hold, for which they lack the catalog, and all of a
-- subscription that is for everybody's eyes from 15 on.
-- $1: text[], names of schemas
SELECT
    'publication table' AS kind,
    r.oid AS oid,
    n.nspname AS schema,
    quote_ident(p.pubname) || ' of all tables of ' || quote_ident(n.nspname) AS name,
    NULL::oid AS table_oid,
    '' AS definition,
    NULL::int AS column_number,
    NULL::oid AS type_oid,
    NULL AS part,
    NULL AS relation
FROM pg_publication_namespace AS r
JOIN pg_publication AS p ON p.oid = r.pnpubid
JOIN pg_namespace AS n ON n.oid = r.pnnspid
WHERE n.nspname = ANY ($1::text[])
UNION ALL
-- How it connects is for superusers' eyes: left out.
SELECT
    'subscription',
    s.oid,
    NULL,
    s.subname,
    NULL,
    concat_ws(
        ' ', array_to_string(s.subpublications, ', '), 'slot ' || s.subslotname, s.subsynccommit,
        CASE WHEN NOT s.subenabled THEN 'disabled' END
    ),
    NULL,
    NULL,
    NULL,
    NULL
FROM pg_subscription AS s
WHERE s.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
