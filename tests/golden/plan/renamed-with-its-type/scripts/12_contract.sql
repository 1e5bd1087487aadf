-- bellows: plan=0667b867c6782854 phase=contract script=12/15
-- bellows: tables="Item"
/*
  Warnings:

  - column `code` of the table `Item` changes from `Text` to `VarChar(12)`; values that do not fit make it fail or are cut
  - column `shelf` of the table `Item` changes from `Text` to `Integer`; values that do not fit make it fail or are cut

*/
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "amount" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "number" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "size__bellows" SET NOT NULL;

-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "place" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_carried__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Item_amount" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_amount"();
DROP TRIGGER "zzzz_bellows_Item_number" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_number"();
DROP TRIGGER "zzzz_bellows_Item_notes" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_notes"();
DROP TRIGGER "zzzz_bellows_Item_size" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_size"();
DROP TRIGGER "zzzz_bellows_Item_place" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_place"();
ALTER TABLE "Item" RENAME COLUMN "amount" TO "amount__bellows";
ALTER TABLE "Item" RENAME COLUMN "qty" TO "amount";
ALTER TABLE "Item" DROP COLUMN "amount";
ALTER TABLE "Item" RENAME COLUMN "number" TO "number__bellows";
ALTER TABLE "Item" RENAME COLUMN "code" TO "number";
ALTER TABLE "Item" DROP COLUMN "number";
ALTER TABLE "Item" RENAME COLUMN "notes" TO "notes__bellows";
ALTER TABLE "Item" RENAME COLUMN "note" TO "notes";
ALTER TABLE "Item" DROP COLUMN "notes";
ALTER TABLE "Item" DROP COLUMN "size";
ALTER TABLE "Item" RENAME COLUMN "place" TO "place__bellows";
ALTER TABLE "Item" RENAME COLUMN "shelf" TO "place";
ALTER TABLE "Item" DROP COLUMN "place";
ALTER TABLE "Item" RENAME COLUMN "amount__bellows" TO "amount";
ALTER TABLE "Item" ALTER COLUMN "amount" SET DEFAULT '1';
ALTER TABLE "Item" RENAME COLUMN "number__bellows" TO "number";
ALTER TABLE "Item" RENAME COLUMN "notes__bellows" TO "notes";
ALTER TABLE "Item" RENAME COLUMN "size__bellows" TO "size";
ALTER TABLE "Item" RENAME COLUMN "place__bellows" TO "place";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Item"';
    function pg_catalog.oid;
BEGIN
    FOR function IN
        SELECT DISTINCT t.tgfoid
        FROM pg_catalog.pg_trigger AS t
        JOIN pg_catalog.pg_proc AS p ON p.oid OPERATOR(pg_catalog.=) t.tgfoid
        JOIN pg_catalog.pg_language AS l ON l.oid OPERATOR(pg_catalog.=) p.prolang
        WHERE t.tgrelid OPERATOR(pg_catalog.=) base AND NOT t.tgisinternal
          AND l.lanname OPERATOR(pg_catalog.=) 'plpgsql'
          AND pg_catalog.pg_has_role(p.proowner, 'USAGE')
    LOOP
        EXECUTE pg_catalog.pg_get_functiondef(function);
    END LOOP;
END
$bellows$;

-- RenameIndex
ALTER INDEX "Item_number_key_new__bellows" RENAME TO "Item_number_key";

-- RenameIndex
ALTER INDEX "Item_amount_size_idx_new__bellows" RENAME TO "Item_amount_size_idx";
