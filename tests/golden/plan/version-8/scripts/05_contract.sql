-- bellows: plan=e96f440456f12dd4 phase=contract script=5/5
-- DropCompatibilityView
DROP VIEW "Post";
