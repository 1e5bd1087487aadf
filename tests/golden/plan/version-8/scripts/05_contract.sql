-- bellows: plan=186b332fca4d44bf phase=contract script=5/5
-- DropCompatibilityView
DROP VIEW "Post";
