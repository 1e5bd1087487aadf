-- AlterTable
ALTER TABLE "A" ALTER COLUMN "z" SET DEFAULT 1;

-- FillTrigger
CREATE FUNCTION "zzzz_bellows_A_a"() RETURNS trigger LANGUAGE plpgsql AS $bellows$
BEGIN
    SELECT 7 INTO NEW."b" FROM (SELECT NEW.*) AS "A";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_A_a" BEFORE INSERT OR UPDATE ON "A"
    FOR EACH ROW WHEN (NEW."b" IS NULL) EXECUTE FUNCTION "zzzz_bellows_A_a"();
