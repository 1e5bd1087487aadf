-- bellows: plan=0494657712d20c3d phase=contract script=4/5
-- bellows: tables="User"
-- DropCompatibilityView
DROP VIEW "User";
ALTER TABLE "User__bellows" RENAME TO "User";
