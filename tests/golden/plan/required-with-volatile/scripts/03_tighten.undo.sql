-- DropIndex
DROP INDEX CONCURRENTLY "Medication_publicId_key";
