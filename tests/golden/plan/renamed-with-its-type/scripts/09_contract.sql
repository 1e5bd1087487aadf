-- bellows: plan=0667b867c6782854 phase=contract script=9/15
-- DropCompatibilityView
DROP VIEW "Thing";
