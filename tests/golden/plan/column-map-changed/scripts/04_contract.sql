-- bellows: plan=ff755fa41ee5e210 phase=contract script=4/4
-- bellows: tables="User"
-- DropCompatibilityView
DROP VIEW "User";
ALTER TABLE "User__bellows" RENAME TO "User";
