-- bellows: plan=76adaf5c963c1111 phase=expand script=1/6
-- AlterEnum
BEGIN;
ALTER TYPE "role" ADD VALUE 'AUDITOR';
COMMIT;

-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "auditor" "role" NOT NULL DEFAULT 'AUDITOR',
ADD COLUMN     "latest" "role" NOT NULL DEFAULT 'guest',
ALTER COLUMN "former" SET DEFAULT ARRAY['user', 'admin']::"role"[],
ALTER COLUMN "plan" SET DEFAULT 'FREE';

-- CreateTable
CREATE TABLE "Visit" (
    "id" INTEGER NOT NULL,
    "role" "role" NOT NULL DEFAULT 'guest',

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);

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
