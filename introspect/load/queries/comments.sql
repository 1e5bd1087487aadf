-- Comments on tables, columns, views and enum types of anybody.
-- column_number: 0 for the object itself.
SELECT
    d.classoid = 'pg_type'::regclass AS is_type,
    d.objoid AS oid,
    d.objsubid AS column_number,
    d.description AS comment
FROM pg_description AS d
WHERE d.classoid IN ('pg_class'::regclass, 'pg_type'::regclass) AND d.objoid >= 16384
ORDER BY d.classoid, d.objoid, d.objsubid
