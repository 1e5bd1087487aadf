-- bellows: plan=43d024a1f62b616a phase=contract script=4/4
-- DropCompatibilityView
DROP VIEW "T";
