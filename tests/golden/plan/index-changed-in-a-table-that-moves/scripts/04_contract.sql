-- bellows: plan=fc2d8b8a4447be7f phase=contract script=4/7
-- DropCompatibilityView
DROP VIEW "Team";
