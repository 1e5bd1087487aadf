-- bellows: plan=0d4eb4356ad566ad phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
