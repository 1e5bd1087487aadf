-- bellows: plan=92c792dffda447c1 phase=contract script=4/7
-- DropCompatibilityView
DROP VIEW "Team";
