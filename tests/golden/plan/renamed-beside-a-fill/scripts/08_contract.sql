-- bellows: plan=d3b3dad81a8ebe7e phase=contract script=8/9
-- bellows: tables="Part"
-- DropCompatibilityView
DROP VIEW "Part";
ALTER TABLE "Part__bellows" RENAME TO "Part";
