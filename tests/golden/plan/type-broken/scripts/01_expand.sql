-- bellows: plan=6439533364d66baf phase=expand script=1/5
-- AlterTable
ALTER TABLE "User" ADD COLUMN     "code__bellows" INTEGER;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_User_code"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    BEGIN
        SELECT code::pg_catalog.text::int INTO NEW."code__bellows" FROM (SELECT NEW.*) AS "User";
    EXCEPTION WHEN data_exception THEN
        NEW."code__bellows" := NULL;
    END;
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_User_code" BEFORE INSERT OR UPDATE ON "User"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_User_code"();
