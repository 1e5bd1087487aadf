-- Operator classes and collations that indexes may name, by oid.
SELECT o.oid AS oid, 'o' AS kind, o.opcname AS name, n.nspname AS schema, o.opcdefault AS is_default
FROM pg_opclass AS o
JOIN pg_namespace AS n ON n.oid = o.opcnamespace
UNION ALL
SELECT k.oid, 'c', k.collname, n.nspname, false
FROM pg_collation AS k
JOIN pg_namespace AS n ON n.oid = k.collnamespace
WHERE k.oid IN (SELECT unnest(i.indcollation) FROM pg_index AS i WHERE i.indexrelid >= 16384)
