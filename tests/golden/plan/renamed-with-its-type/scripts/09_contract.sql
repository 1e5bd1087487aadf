-- bellows: plan=948b6c3e919e7564 phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
