-- DropIndex
DROP INDEX CONCURRENTLY "A_m_key";
