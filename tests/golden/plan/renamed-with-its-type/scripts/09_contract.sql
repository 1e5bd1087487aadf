-- bellows: plan=fbafccd612b041ad phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
