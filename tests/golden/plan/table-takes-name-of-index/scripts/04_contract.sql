-- bellows: plan=7448e0c22874e301 phase=contract script=4/4
-- DropCompatibilityView
DROP VIEW "T";
