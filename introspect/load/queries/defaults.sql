-- Defaults and generation expressions of the columns of the tables read, as PostgreSQL prints them.
-- Only an expression that names columns (in pg_node_tree: a VAR) has to be printed with its table; the
-- others are printed faster without.
-- $1: oid[], tables
SELECT
    d.oid AS oid,
    d.adrelid AS table_oid,
    d.adnum AS number,
    pg_get_expr(d.adbin, CASE WHEN position('{VAR ' IN d.adbin::text) > 0 THEN d.adrelid ELSE 0 END) AS expression
FROM unnest($1::oid[]) AS c (oid)
JOIN pg_attrdef AS d ON d.adrelid = c.oid
