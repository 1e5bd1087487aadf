-- bellows: plan=3b648c28336a939e phase=contract script=3/3
-- DropCompatibilityView
DROP VIEW "User";
