-- bellows: plan=7f89df7132d21f59 phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
