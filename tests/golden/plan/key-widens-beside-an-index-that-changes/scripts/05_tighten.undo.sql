-- DropIndex
DROP INDEX CONCURRENTLY "Team_season_league_id_key_new__bellows";
