-- bellows: plan=67bfa6a4795f7a05 phase=contract script=8/11
-- DropCompatibilityView
DROP VIEW "Team";
