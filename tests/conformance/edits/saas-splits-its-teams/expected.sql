-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "billing";

-- CreateEnum
CREATE TYPE "billing"."invoice_status" AS ENUM ('open', 'paid');

-- CreateEnum
CREATE TYPE "Color" AS ENUM ('red', 'blue');

-- AlterEnum
ALTER TYPE "auth"."role" ADD VALUE 'GUEST';

-- AlterEnum
BEGIN;
CREATE TYPE "auth"."Scope_new" AS ENUM ('READ', 'WRITE');
ALTER TABLE "auth"."api_keys" ALTER COLUMN "scopes" DROP DEFAULT;
ALTER TABLE "auth"."api_keys" ALTER COLUMN "scopes" TYPE "auth"."Scope_new"[] USING ("scopes"::text::"auth"."Scope_new"[]);
ALTER TYPE "auth"."Scope" RENAME TO "Scope_old";
ALTER TYPE "auth"."Scope_new" RENAME TO "Scope";
DROP TYPE "auth"."Scope_old";
ALTER TABLE "auth"."api_keys" ALTER COLUMN "scopes" SET DEFAULT ARRAY['READ']::"auth"."Scope"[];
COMMIT;

-- DropIndex
DROP INDEX "invitations_orgId_email_key";

-- DropIndex
DROP INDEX "projects_orgId_archived_idx";

-- DropIndex
DROP INDEX "audit_events_orgId_at_idx";

-- AlterTable
ALTER TABLE "auth"."accounts" DROP COLUMN "session_state";

-- AlterTable
ALTER TABLE "auth"."sessions" ADD COLUMN     "ip" INET;

-- AlterTable
ALTER TABLE "auth"."users" ADD COLUMN     "deleted_at" TIMESTAMP(3),
ALTER COLUMN "email" SET NOT NULL;

-- AlterTable
ALTER TABLE "memberships" DROP CONSTRAINT "memberships_pkey",
ADD COLUMN     "uid" SERIAL NOT NULL,
ADD CONSTRAINT "memberships_pkey" PRIMARY KEY ("uid");

-- AlterTable
ALTER TABLE "projects" DROP COLUMN "color",
ADD COLUMN     "color" "Color" NOT NULL DEFAULT 'blue';

-- AlterTable
ALTER TABLE "audit_events" ALTER COLUMN "payload" DROP NOT NULL;

-- CreateTable
CREATE TABLE "teams" (
    "id" SERIAL NOT NULL,
    "orgId" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "parentId" INTEGER,

    CONSTRAINT "teams_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "billing"."invoices" (
    "id" BIGSERIAL NOT NULL,
    "orgId" UUID NOT NULL,
    "period" DATE NOT NULL,
    "status" "billing"."invoice_status" NOT NULL DEFAULT 'open',
    "cents" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "invoices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_MembershipToTeam" (
    "A" INTEGER NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_MembershipToTeam_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_ProjectToTeam" (
    "A" UUID NOT NULL,
    "B" INTEGER NOT NULL,

    CONSTRAINT "_ProjectToTeam_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE UNIQUE INDEX "teams_orgId_name_key" ON "teams"("orgId", "name");

-- CreateIndex
CREATE INDEX "invoices_status_idx" ON "billing"."invoices"("status") WHERE ("status" = 'open');

-- CreateIndex
CREATE UNIQUE INDEX "invoices_orgId_period_key" ON "billing"."invoices"("orgId", "period");

-- CreateIndex
CREATE INDEX "_MembershipToTeam_B_index" ON "_MembershipToTeam"("B");

-- CreateIndex
CREATE INDEX "_ProjectToTeam_B_index" ON "_ProjectToTeam"("B");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "auth"."sessions"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "memberships_org_id_user_id_key" ON "memberships"("org_id", "user_id");

-- CreateIndex
CREATE UNIQUE INDEX "invitations_open" ON "invitations"("orgId", "email") WHERE ("inviterId" IS NOT NULL);

-- CreateIndex
CREATE INDEX "projects_orgId_idx" ON "projects"("orgId") WHERE ("archived" = false);

-- CreateIndex
CREATE INDEX "audit_events_orgId_action_at_idx" ON "audit_events"("orgId", "action", "at" DESC);

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "organizations"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "teams" ADD CONSTRAINT "teams_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "teams"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "billing"."invoices" ADD CONSTRAINT "invoices_orgId_fkey" FOREIGN KEY ("orgId") REFERENCES "organizations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_MembershipToTeam" ADD CONSTRAINT "_MembershipToTeam_A_fkey" FOREIGN KEY ("A") REFERENCES "memberships"("uid") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_MembershipToTeam" ADD CONSTRAINT "_MembershipToTeam_B_fkey" FOREIGN KEY ("B") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ProjectToTeam" ADD CONSTRAINT "_ProjectToTeam_A_fkey" FOREIGN KEY ("A") REFERENCES "projects"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ProjectToTeam" ADD CONSTRAINT "_ProjectToTeam_B_fkey" FOREIGN KEY ("B") REFERENCES "teams"("id") ON DELETE CASCADE ON UPDATE CASCADE;
