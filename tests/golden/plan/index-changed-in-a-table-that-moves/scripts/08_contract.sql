-- bellows: plan=5680b1b78d22cc2a phase=contract script=8/11
-- DropCompatibilityView
DROP VIEW "Team";
