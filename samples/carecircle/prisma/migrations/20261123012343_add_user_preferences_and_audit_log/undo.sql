-- DropForeignKey
ALTER TABLE "AuditLog" DROP CONSTRAINT "AuditLog_userId_fkey";

-- DropIndex
DROP INDEX "AuditLog_userId_idx";

-- DropTable
DROP TABLE "AuditLog";

-- AlterTable
ALTER TABLE "User" DROP COLUMN "preferences";
