-- bellows: plan=2a30b2761c0cef6b phase=expand script=1/10
-- AlterTable
ALTER TABLE "A" ADD COLUMN     "z" INTEGER NOT NULL DEFAULT 1;

-- RenameIndex
ALTER INDEX "A_a_idx" RENAME TO "A_b_idx";

-- RenameIndex
ALTER INDEX "A_b_key" RENAME TO "A_a_key";

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
