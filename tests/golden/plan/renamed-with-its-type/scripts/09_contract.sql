-- bellows: plan=7f769bd12ff3b9fb phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
