-- bellows: plan=8c99c720b8cf6990 phase=backfill script=2/10
-- Backfill
-- bellows: backfill table="Item" key="id"
UPDATE "Item" SET "qty__bellows" = "qty" WHERE "qty__bellows" IS NULL;
