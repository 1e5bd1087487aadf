-- bellows: plan=4c4084ded66b2a9b phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
