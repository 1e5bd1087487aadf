-- bellows: plan=bc15aec2b2d3e75f phase=contract script=2/3
-- bellows: tables="User"
-- DropCompatibilityView
DROP VIEW "User";
ALTER TABLE "User__bellows" RENAME TO "User";
