-- DropIndex
DROP INDEX "Note_code_key";

-- AlterTable
ALTER TABLE "Note" DROP COLUMN "code",
ADD COLUMN     "code" BOOLEAN NOT NULL,
ADD CONSTRAINT "Note_pkey" PRIMARY KEY ("code");
