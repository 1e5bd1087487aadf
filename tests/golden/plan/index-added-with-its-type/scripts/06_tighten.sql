-- bellows: plan=cc9233ce692145a6 phase=tighten script=6/10
-- bellows: tables="Item"
-- SetNotNull
ALTER TABLE "Item" ALTER COLUMN "qty__bellows" SET NOT NULL;

-- DropCheck
ALTER TABLE "Item" DROP CONSTRAINT "Item_switched__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Item_qty" ON "Item";
DROP FUNCTION "zzzz_bellows_Item_qty"();
ALTER TABLE "Item" DROP COLUMN "qty";
ALTER TABLE "Item" RENAME COLUMN "qty__bellows" TO "qty";
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
ALTER INDEX "Item_qty_key_new__bellows" RENAME TO "Item_qty_key";

-- RenameIndex
ALTER INDEX "Item_qty_name_idx_new__bellows" RENAME TO "Item_qty_name_idx";
