-- bellows: plan=ff8820a8d17120d1 phase=contract script=1/3
-- DropIndex
DROP INDEX "Trip_seats_idx";

-- DropIndex
DROP INDEX "open_seats";
