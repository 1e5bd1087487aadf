-- bellows: plan=3d5558c35b493a79 phase=expand script=1/4
-- AlterTable
ALTER TABLE "parcel" ADD COLUMN     "sizes__bellows" INTEGER;

-- SyncTrigger
CREATE FUNCTION "zzzz_bellows_parcel_sizes"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT ("sizes")[1] INTO NEW."sizes__bellows" FROM (SELECT NEW.*) AS "parcel";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_parcel_sizes" BEFORE INSERT OR UPDATE ON "parcel"
    FOR EACH ROW EXECUTE FUNCTION "zzzz_bellows_parcel_sizes"();
