-- bellows: plan=57d8fc441839822e phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
