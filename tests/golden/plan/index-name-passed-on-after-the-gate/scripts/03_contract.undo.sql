-- RenameIndex
ALTER INDEX "by_seats" RENAME TO "by_seats_new__bellows";

-- RenameIndex
ALTER INDEX "by_stops" RENAME TO "by_seats";
