-- FillTrigger
CREATE FUNCTION "zzzz_bellows_Medication_refillAt"() RETURNS trigger LANGUAGE plpgsql AS $bellows$
BEGIN
    SELECT greatest("unitsLeft" / 4, 10) INTO NEW."refillAt" FROM (SELECT NEW.*) AS "Medication";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Medication_refillAt" BEFORE INSERT OR UPDATE ON "Medication"
    FOR EACH ROW WHEN (NEW."refillAt" IS NULL) EXECUTE FUNCTION "zzzz_bellows_Medication_refillAt"();
