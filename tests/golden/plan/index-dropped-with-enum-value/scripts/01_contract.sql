-- bellows: plan=18b7893a8d50b49b phase=contract script=1/3
-- DropIndex
DROP INDEX "Trip_seats_idx";

-- DropIndex
DROP INDEX "open_seats";
