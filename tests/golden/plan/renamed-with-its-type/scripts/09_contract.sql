-- bellows: plan=753a71ee50556080 phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
