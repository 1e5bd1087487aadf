-- AlterTable
ALTER TABLE "Account" ALTER COLUMN "latest" SET DEFAULT 'visitor';

-- RenameEnum
ALTER TYPE "account_role" RENAME TO "role";
ALTER TYPE "role" RENAME VALUE 'visitor' TO 'guest';
ALTER TYPE "role" RENAME VALUE 'admin' TO '_bellows_admin';
ALTER TYPE "role" RENAME VALUE 'user' TO 'admin';
ALTER TYPE "role" RENAME VALUE '_bellows_admin' TO 'user';

-- RenameEnum
ALTER TYPE "Tariff" RENAME TO "Plan";
ALTER TYPE "Plan" RENAME VALUE 'BUSINESS' TO 'PAID';

-- FillTrigger
CREATE FUNCTION "zzzz_bellows_Account_plan"() RETURNS pg_catalog.trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $bellows$
BEGIN
    SELECT 'FREE' INTO NEW."plan" FROM (SELECT NEW.*) AS "Account";
    RETURN NEW;
END
$bellows$;
CREATE TRIGGER "zzzz_bellows_Account_plan" BEFORE INSERT OR UPDATE ON "Account"
    FOR EACH ROW WHEN (NEW."plan" IS NULL) EXECUTE FUNCTION "zzzz_bellows_Account_plan"();
