-- The role whose objects these are: the owner of the history; without one the current role.
-- $1: text[], names of schemas
SELECT COALESCE((
    SELECT pg_get_userbyid(c.relowner) FROM pg_class AS c
    JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relname = '_prisma_migrations' AND c.relkind IN ('r', 'p')
    ORDER BY n.nspname = ANY ($1::text[]) DESC, c.oid
    LIMIT 1
), current_user) AS name
