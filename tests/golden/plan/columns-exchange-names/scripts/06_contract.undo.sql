-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "b" TO "_bellows_a";

-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "a" TO "b";

-- RenameColumn
ALTER TABLE "A" RENAME COLUMN "_bellows_a" TO "a";

-- FillTrigger
CREATE FUNCTION "zzzz_bellows_A_b"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT 7 INTO NEW."a" FROM (SELECT NEW.*) AS "A";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_A_b" BEFORE INSERT OR UPDATE ON "A"
    FOR EACH ROW WHEN (NEW."a" IS NULL) EXECUTE FUNCTION "zzzz_bellows_A_b"();
