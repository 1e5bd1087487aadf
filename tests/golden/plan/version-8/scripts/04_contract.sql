-- bellows: plan=186b332fca4d44bf phase=contract script=4/5
-- bellows: tables="User"
-- DropCompatibilityView
DROP VIEW "User";
ALTER TABLE "User__bellows" RENAME TO "User";
