-- What compared.sql cannot ask of servers before 15, which lack the catalog: schemas that publications hold.
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
