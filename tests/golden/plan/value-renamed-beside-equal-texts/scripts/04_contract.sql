-- bellows: plan=2aa026d0503ea7d0 phase=contract script=4/4
-- DropIndex
DROP INDEX CONCURRENTLY "t_changed_old__bellows";
