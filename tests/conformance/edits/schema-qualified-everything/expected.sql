-- AlterEnum
ALTER TYPE "lib"."Kind" ADD VALUE 'C';

-- AlterEnum
BEGIN;
CREATE TYPE "app"."Shrinks_new" AS ENUM ('A');
ALTER TABLE "lib"."Uses" ALTER COLUMN "s" DROP DEFAULT;
ALTER TABLE "lib"."Uses" ALTER COLUMN "s" TYPE "app"."Shrinks_new" USING ("s"::text::"app"."Shrinks_new");
ALTER TYPE "app"."Shrinks" RENAME TO "Shrinks_old";
ALTER TYPE "app"."Shrinks_new" RENAME TO "Shrinks";
DROP TYPE "app"."Shrinks_old";
ALTER TABLE "lib"."Uses" ALTER COLUMN "s" SET DEFAULT 'A';
COMMIT;

-- DropForeignKey
ALTER TABLE "lib"."Post" DROP CONSTRAINT "Post_userId_fkey";

-- DropIndex
DROP INDEX "lib"."Post_old_key";

-- AlterTable
CREATE SEQUENCE "app".user_n_seq;
ALTER TABLE "app"."User" ALTER COLUMN "name" DROP NOT NULL,
ALTER COLUMN "k" SET DEFAULT 'B',
ALTER COLUMN "n" SET DEFAULT nextval('"app".user_n_seq');
ALTER SEQUENCE "app".user_n_seq OWNED BY "app"."User"."n";

-- AlterTable
ALTER TABLE "lib"."Post" DROP COLUMN "old";

-- DropTable
DROP TABLE "lib"."Gone";

-- CreateIndex
CREATE UNIQUE INDEX "User_name_key" ON "app"."User"("name");

-- RenameForeignKey
ALTER TABLE "lib"."Item" RENAME CONSTRAINT "Item_userId_fkey" TO "of_user";

-- AddForeignKey
ALTER TABLE "lib"."Post" ADD CONSTRAINT "Post_userId_fkey" FOREIGN KEY ("userId") REFERENCES "app"."User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- RenameIndex
ALTER INDEX "app"."User_n_idx" RENAME TO "by_n";
