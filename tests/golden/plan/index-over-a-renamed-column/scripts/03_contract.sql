-- bellows: plan=a8c818d240582d31 phase=contract script=3/3
-- bellows: tables="Part"
-- DropCompatibilityView
DROP VIEW "Part";
ALTER TABLE "Part__bellows" RENAME TO "Part";
