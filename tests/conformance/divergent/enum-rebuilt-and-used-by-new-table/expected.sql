-- AlterEnum
BEGIN;
CREATE TYPE "State_new" AS ENUM ('open', 'waiting', 'closed');
ALTER TABLE "Ticket" ALTER COLUMN "state" DROP DEFAULT;
ALTER TABLE "Ticket" ALTER COLUMN "state" TYPE "State_new" USING ("state"::text::"State_new");
ALTER TABLE "TicketEvent" ALTER COLUMN "from" TYPE "State_new" USING ("from"::text::"State_new");
ALTER TABLE "TicketEvent" ALTER COLUMN "to" TYPE "State_new" USING ("to"::text::"State_new");
ALTER TABLE "TicketEvent" ALTER COLUMN "path" TYPE "State_new"[] USING ("path"::text::"State_new"[]);
ALTER TYPE "State" RENAME TO "State_old";
ALTER TYPE "State_new" RENAME TO "State";
DROP TYPE "State_old";
ALTER TABLE "Ticket" ALTER COLUMN "state" SET DEFAULT 'open';
COMMIT;

-- CreateTable
CREATE TABLE "TicketEvent" (
    "id" INTEGER NOT NULL,
    "from" "State" NOT NULL,
    "to" "State" NOT NULL DEFAULT 'waiting',
    "path" "State"[] DEFAULT ARRAY['open']::"State"[],

    CONSTRAINT "TicketEvent_pkey" PRIMARY KEY ("id")
);
