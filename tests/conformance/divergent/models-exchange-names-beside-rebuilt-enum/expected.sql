-- AlterEnum
BEGIN;
CREATE TYPE "State_new" AS ENUM ('OPEN', 'SHUT');
ALTER TABLE "Nurse" ALTER COLUMN "tags" TYPE "State_new"[] USING ("tags"::text::"State_new"[]);
ALTER TABLE "Post" ALTER COLUMN "id" TYPE "State_new" USING ("id"::text::"State_new");
ALTER TABLE "_NurseToPost" ALTER COLUMN "B" TYPE "State_new" USING ("B"::text::"State_new");
ALTER TYPE "State" RENAME TO "State_old";
ALTER TYPE "State_new" RENAME TO "State";
DROP TYPE "State_old";
COMMIT;

-- DropForeignKey
ALTER TABLE "_NurseToPost" DROP CONSTRAINT "_NurseToPost_A_fkey";

-- AlterTable
ALTER TABLE "Ward" DROP COLUMN "tags";

-- AlterTable
ALTER TABLE "Nurse" ADD COLUMN     "tags" "State"[];

-- AddForeignKey
ALTER TABLE "_NurseToPost" ADD CONSTRAINT "_NurseToPost_A_fkey" FOREIGN KEY ("A") REFERENCES "Ward"("id") ON DELETE CASCADE ON UPDATE CASCADE;
