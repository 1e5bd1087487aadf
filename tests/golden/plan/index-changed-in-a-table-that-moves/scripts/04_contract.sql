-- bellows: plan=a771afa81cb334c8 phase=contract script=4/7
-- DropCompatibilityView
DROP VIEW "Team";
