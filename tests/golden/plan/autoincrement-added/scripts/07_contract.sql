-- bellows: plan=55fa960613099ed3 phase=contract script=7/7
-- AlterTable
ALTER TABLE "Item" ALTER COLUMN "id" SET DEFAULT nextval('"Item_id_seq"');
ALTER SEQUENCE "Item_id_seq" OWNED BY "Item"."id";
DROP TRIGGER "zzzz_bellows_Item_id" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_id"();
SELECT pg_catalog.setval('"Item_id_seq"', pg_catalog.max("id")) FROM "Item" HAVING pg_catalog.max("id") OPERATOR(pg_catalog.>=) (SELECT last_value FROM "Item_id_seq");
