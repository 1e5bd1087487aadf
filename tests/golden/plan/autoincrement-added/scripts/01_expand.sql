-- bellows: plan=55fa960613099ed3 phase=expand script=1/6
-- AlterTable
CREATE SEQUENCE item_id_seq;
ALTER TABLE "Item" ADD COLUMN     "number" INTEGER,
ALTER COLUMN "id" SET DEFAULT nextval('item_id_seq');
ALTER SEQUENCE item_id_seq OWNED BY "Item"."id";
SELECT pg_catalog.setval('item_id_seq', pg_catalog.max("id")) FROM "Item" HAVING pg_catalog.max("id") OPERATOR(pg_catalog.>) 0;

-- AlterTable
CREATE SEQUENCE item_number_seq;
ALTER TABLE "Item" ALTER COLUMN "number" SET DEFAULT nextval('item_number_seq');
ALTER SEQUENCE item_number_seq OWNED BY "Item"."number";
