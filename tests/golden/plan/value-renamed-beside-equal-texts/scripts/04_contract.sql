-- bellows: plan=b82bf8f7b0dd06a9 phase=contract script=4/4
-- DropIndex
DROP INDEX CONCURRENTLY "t_changed_old__bellows";
