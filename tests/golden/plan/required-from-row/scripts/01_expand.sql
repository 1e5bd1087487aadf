-- bellows: plan=4d91a61d35662d3e phase=expand script=1/6
-- AlterTable
ALTER TABLE "Medication" ADD COLUMN     "label" TEXT;

-- FillTrigger
CREATE FUNCTION "zzzz_bellows_Medication_label"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT pg_catalog.upper(name) INTO NEW."label" FROM (SELECT NEW.*) AS "Medication";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Medication_label" BEFORE INSERT OR UPDATE ON "Medication"
    FOR EACH ROW WHEN (NEW."label" IS NULL) EXECUTE FUNCTION "zzzz_bellows_Medication_label"();
