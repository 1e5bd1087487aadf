-- bellows: plan=9c1cb33604538645 phase=expand script=1/6
-- FillTrigger
CREATE FUNCTION "zzzz_bellows_Medication_dose"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT 1 INTO NEW."dose" FROM (SELECT NEW.*) AS "Medication";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Medication_dose" BEFORE INSERT OR UPDATE ON "Medication"
    FOR EACH ROW WHEN (NEW."dose" IS NULL) EXECUTE FUNCTION "zzzz_bellows_Medication_dose"();
