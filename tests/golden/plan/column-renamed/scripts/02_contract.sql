-- bellows: plan=fadb85dce69ea2ef phase=contract script=2/2
-- bellows: tables="User"
-- DropCompatibilityView
DROP VIEW "User";
ALTER TABLE "User__bellows" RENAME TO "User";
