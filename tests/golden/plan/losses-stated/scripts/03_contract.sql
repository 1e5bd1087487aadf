-- bellows: plan=f9279d2580488645 phase=contract script=3/4 programs=apart
-- bellows: tables="parcel"
-- bellows: loses table="parcel" column="sizes" hazard=list-shortened
/*
  Warnings:

  - column `sizes` of the table `parcel` becomes the first value of its list; what lists hold behind that is lost
  - `parcel.sizes`: a column changes to a type that one of the two programs does not understand

*/
-- SwitchColumn
DROP TRIGGER "zzzz_bellows_parcel_sizes" ON "parcel";
DROP FUNCTION "zzzz_bellows_parcel_sizes"();
ALTER TABLE "parcel" DROP COLUMN "sizes";
ALTER TABLE "parcel" RENAME COLUMN "sizes__bellows" TO "sizes";
DO $bellows$
DECLARE
    base CONSTANT pg_catalog.regclass := '"parcel"';
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
