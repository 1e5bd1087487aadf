-- bellows: plan=3a6515b7787d3830 phase=contract script=14/15 programs=apart
-- bellows: tables="Bill"
/*
  Warnings:

  - `Bill.rank`: a column changes to a type that one of the two programs does not understand

*/
-- SwitchColumn
DROP TRIGGER "zzzz_bellows_Bill_rank" ON "Bill";
DROP FUNCTION "zzzz_bellows_Bill_rank"();
ALTER TABLE "Bill" DROP COLUMN "rank";
ALTER TABLE "Bill" RENAME COLUMN "rank__bellows" TO "rank";
ALTER TABLE "Bill" ALTER COLUMN "rank" SET DEFAULT 'blue';
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"Bill"';
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
ALTER INDEX "Bill_price_rank_tags_key_new__bellows" RENAME TO "Bill_price_rank_tags_key";
