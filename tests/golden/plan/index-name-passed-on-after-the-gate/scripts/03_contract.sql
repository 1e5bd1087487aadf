-- bellows: plan=5f1ad6d4da645bed phase=contract script=3/3
-- RenameIndex
ALTER INDEX "by_seats" RENAME TO "by_stops";

-- RenameIndex
ALTER INDEX "by_seats_new__bellows" RENAME TO "by_seats";
