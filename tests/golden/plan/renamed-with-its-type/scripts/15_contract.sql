-- bellows: plan=0667b867c6782854 phase=contract script=15/15
-- bellows: tables="Ware"
/*
  Warnings:

  - column `price` of the table `Thing` changes from `Decimal(12,4)` to `BigInt`; values that do not fit make it fail or are cut

*/
-- SetNotNull
ALTER TABLE "Ware" ALTER COLUMN "cents" SET NOT NULL;

-- DropCheck
ALTER TABLE "Ware" DROP CONSTRAINT "Ware_carried__bellows";

-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Ware_cents" ON "Ware";
DROP FUNCTION "zzzz_bellows_Ware_cents"();
ALTER TABLE "Ware" RENAME COLUMN "cents" TO "cents__bellows";
ALTER TABLE "Ware" RENAME COLUMN "price" TO "cents";
ALTER TABLE "Ware" DROP COLUMN "cents";
ALTER TABLE "Ware" RENAME COLUMN "cents__bellows" TO "cents";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Ware"';
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
