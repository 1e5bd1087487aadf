-- DropIndex
DROP INDEX CONCURRENTLY "Medication_careRecipientId_isActive_idx";
