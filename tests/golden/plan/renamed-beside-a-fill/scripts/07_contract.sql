-- bellows: plan=fe4e7702d29f4154 phase=contract script=7/8
-- bellows: tables="Part"
-- DropCompatibilityView
DROP VIEW "Part";
ALTER TABLE "Part__bellows" RENAME TO "Part";
