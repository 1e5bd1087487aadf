-- bellows: plan=a5f0522387a5d02e phase=contract script=4/4
-- DropCompatibilityView
DROP VIEW "T";
