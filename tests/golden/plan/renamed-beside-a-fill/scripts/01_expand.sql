-- bellows: plan=a8ec68be8caa31e4 phase=expand script=1/9
-- AlterTable
ALTER TABLE "Part" ADD COLUMN     "loud" TEXT,
ADD COLUMN     "twice" INTEGER;

-- FillTrigger
CREATE FUNCTION "zzzz_bellows_Part_twice"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT size OPERATOR(pg_catalog.*) 2 INTO NEW."twice" FROM (SELECT NEW.*) AS "Part";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Part_twice" BEFORE INSERT OR UPDATE ON "Part"
    FOR EACH ROW WHEN (NEW."twice" IS NULL) EXECUTE FUNCTION "zzzz_bellows_Part_twice"();

-- FillTrigger
CREATE FUNCTION "zzzz_bellows_Part_loud"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT pg_catalog.upper(name) INTO NEW."loud" FROM (SELECT NEW.*) AS "Part";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Part_loud" BEFORE INSERT OR UPDATE ON "Part"
    FOR EACH ROW WHEN (NEW."loud" IS NULL) EXECUTE FUNCTION "zzzz_bellows_Part_loud"();
