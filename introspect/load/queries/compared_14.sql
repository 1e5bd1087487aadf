-- The same as compared_15.sql of servers before: of a subscription what everybody may read there. Its oid is not among that: the
-- database's stands for it.
SELECT
    'subscription' AS kind,
    s.subdbid AS oid,
    NULL AS schema,
    s.subname::text AS name,
    NULL::oid AS table_oid,
    concat_ws(
        ' ', array_to_string(s.subpublications, ', '), 'slot ' || s.subslotname, CASE WHEN NOT s.subenabled THEN 'disabled' END
    ) AS definition,
    NULL::int AS column_number,
    NULL::oid AS type_oid,
    NULL AS part,
    NULL AS relation
FROM pg_subscription AS s
WHERE s.subdbid = (SELECT d.oid FROM pg_database AS d WHERE d.datname = current_database())
