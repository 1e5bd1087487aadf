-- DropForeignKey
ALTER TABLE "AuditLog" DROP CONSTRAINT "AuditLog_userId_fkey";

-- DropTable
DROP TABLE "AuditLog";

-- AlterTable
ALTER TABLE "Medication" ALTER COLUMN "oldField" SET NOT NULL,
DROP COLUMN "refillAt";

-- AlterTable
ALTER TABLE "User" DROP COLUMN "preferences";
