-- DropIndex
DROP INDEX "by_stops";

-- AlterTable
ALTER TABLE "Trip" DROP CONSTRAINT "Trip_pkey",
DROP COLUMN "id",
ADD COLUMN     "id" JSONB NOT NULL,
DROP COLUMN "way",
ADD COLUMN     "way" UUID NOT NULL,
DROP COLUMN "stops",
ADD COLUMN     "stops" "Mode"[],
ADD CONSTRAINT "Trip_pkey" PRIMARY KEY ("way");

-- CreateIndex
CREATE INDEX "by_stops" ON "Bill"("total");

-- CreateIndex
CREATE UNIQUE INDEX "Trip_stops_way_key" ON "Trip"("stops", "way");
