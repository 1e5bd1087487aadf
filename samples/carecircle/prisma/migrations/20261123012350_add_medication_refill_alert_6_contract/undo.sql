-- FillTrigger
CREATE FUNCTION "zzzz_bellows_Medication_refillAt"() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT GREATEST("unitsLeft" OPERATOR(pg_catalog./) 4, 10) INTO NEW."refillAt" FROM (SELECT NEW.*) AS "Medication";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Medication_refillAt" BEFORE INSERT OR UPDATE ON "Medication"
    FOR EACH ROW WHEN (NEW."refillAt" IS NULL) EXECUTE FUNCTION "zzzz_bellows_Medication_refillAt"();
