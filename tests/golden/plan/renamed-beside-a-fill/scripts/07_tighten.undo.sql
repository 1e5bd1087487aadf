-- DropCompatibilityView
DROP VIEW "Part";
ALTER TABLE "Part__bellows" RENAME TO "Part";

-- RenameColumn
ALTER TABLE "Part" RENAME COLUMN "title" TO "name";

-- FillTrigger
CREATE OR REPLACE FUNCTION "zzzz_bellows_Part_loud"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT pg_catalog.upper(name) INTO NEW."loud" FROM (SELECT NEW.*) AS "Part";
    RETURN NEW;
END
$bellows$;
