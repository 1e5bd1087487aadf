-- bellows: plan=55fa960613099ed3 phase=expand script=1/6
-- AlterTable
CREATE SEQUENCE "Item_id_seq" AS INTEGER;
ALTER TABLE "Item" ADD COLUMN     "number" INTEGER,
ALTER COLUMN "id" SET DEFAULT nextval('"Item_id_seq"');
ALTER SEQUENCE "Item_id_seq" OWNED BY "Item"."id";
SELECT pg_catalog.setval('"Item_id_seq"', pg_catalog.max("id")) FROM "Item" HAVING pg_catalog.max("id") OPERATOR(pg_catalog.>) 0;

-- AlterTable
CREATE SEQUENCE "Item_number_seq" AS INTEGER;
ALTER TABLE "Item" ALTER COLUMN "number" SET DEFAULT nextval('"Item_number_seq"');
ALTER SEQUENCE "Item_number_seq" OWNED BY "Item"."number";
