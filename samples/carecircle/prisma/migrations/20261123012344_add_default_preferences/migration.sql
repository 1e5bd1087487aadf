-- Everybody who has no preferences yet starts with notifications on.
-- bellows: backfill table="User" key="id" batch=1000
UPDATE "User"
SET "preferences" = '{"notifications": true, "theme": "system"}'::jsonb
WHERE "preferences" IS NULL;
