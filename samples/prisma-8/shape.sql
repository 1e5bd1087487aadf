-- What a database that version 8 made from its own language has otherwise than the contract of a version 7 schema wants, as the
-- statements that change it: unique constraints become unique indexes of the same names, lists may be null. No row changes.
--
--     psql -XAtq "$DATABASE_URL" -f shape.sql > migration.sql
WITH places AS (
    SELECT oid FROM pg_namespace
     WHERE nspname NOT IN ('information_schema', 'prisma_contract') AND nspname NOT LIKE 'pg\_%'
), uniques AS (
    SELECT * FROM pg_constraint WHERE contype = 'u' AND connamespace IN (SELECT oid FROM places)
), dependents AS ( -- foreign keys that lead to them
    SELECT * FROM pg_constraint WHERE contype = 'f' AND conindid IN (SELECT conindid FROM uniques)
), statements AS (
    SELECT 1 AS turn, format('ALTER TABLE %s DROP CONSTRAINT %I;', conrelid::regclass, conname) AS statement FROM dependents
    UNION ALL
    SELECT 2, format('ALTER TABLE %s DROP CONSTRAINT %I;', conrelid::regclass, conname) FROM uniques
    UNION ALL
    SELECT 3, pg_get_indexdef(conindid) || ';' FROM uniques
    UNION ALL
    SELECT 4, format('ALTER TABLE %s ADD CONSTRAINT %I %s;', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM dependents
    UNION ALL
    SELECT 5, format('ALTER TABLE %s ALTER COLUMN %I DROP NOT NULL;', attrelid::regclass, attname)
      FROM pg_attribute
      JOIN pg_class ON pg_class.oid = attrelid AND relkind IN ('r', 'p')
      JOIN pg_type ON pg_type.oid = atttypid AND typcategory = 'A'
     WHERE attnotnull AND attnum > 0 AND relnamespace IN (SELECT oid FROM places)
)
SELECT statement FROM statements ORDER BY turn, statement;
