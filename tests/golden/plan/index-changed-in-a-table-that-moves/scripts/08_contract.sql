-- bellows: plan=cd677429e5d66f47 phase=contract script=8/11
-- DropCompatibilityView
DROP VIEW "Team";
