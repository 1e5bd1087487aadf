-- DropForeignKey
ALTER TABLE "_mentions" DROP CONSTRAINT "_mentions_B_fkey";

-- DropForeignKey
ALTER TABLE "_mentions" DROP CONSTRAINT "_mentions_A_fkey";

-- DropForeignKey
ALTER TABLE "_CareRecipientToCondition" DROP CONSTRAINT "_CareRecipientToCondition_B_fkey";

-- DropForeignKey
ALTER TABLE "_CareRecipientToCondition" DROP CONSTRAINT "_CareRecipientToCondition_A_fkey";

-- DropForeignKey
ALTER TABLE "Notification" DROP CONSTRAINT "Notification_userId_fkey";

-- DropForeignKey
ALTER TABLE "Message" DROP CONSTRAINT "Message_senderId_fkey";

-- DropForeignKey
ALTER TABLE "Message" DROP CONSTRAINT "Message_familyId_fkey";

-- DropForeignKey
ALTER TABLE "Shift" DROP CONSTRAINT "Shift_userId_fkey";

-- DropForeignKey
ALTER TABLE "Shift" DROP CONSTRAINT "Shift_familyId_userId_fkey";

-- DropForeignKey
ALTER TABLE "Contact" DROP CONSTRAINT "Contact_careRecipientId_fkey";

-- DropForeignKey
ALTER TABLE "Document" DROP CONSTRAINT "Document_uploadedById_fkey";

-- DropForeignKey
ALTER TABLE "Document" DROP CONSTRAINT "Document_careRecipientId_fkey";

-- DropForeignKey
ALTER TABLE "CareNote" DROP CONSTRAINT "CareNote_parentId_fkey";

-- DropForeignKey
ALTER TABLE "CareNote" DROP CONSTRAINT "CareNote_authorId_fkey";

-- DropForeignKey
ALTER TABLE "CareNote" DROP CONSTRAINT "CareNote_careRecipientId_fkey";

-- DropForeignKey
ALTER TABLE "Appointment" DROP CONSTRAINT "Appointment_careRecipientId_fkey";

-- DropForeignKey
ALTER TABLE "Dose" DROP CONSTRAINT "Dose_givenById_fkey";

-- DropForeignKey
ALTER TABLE "Dose" DROP CONSTRAINT "Dose_medicationId_fkey";

-- DropForeignKey
ALTER TABLE "Medication" DROP CONSTRAINT "Medication_careRecipientId_fkey";

-- DropForeignKey
ALTER TABLE "CareRecipient" DROP CONSTRAINT "CareRecipient_familyId_fkey";

-- DropForeignKey
ALTER TABLE "family_members" DROP CONSTRAINT "family_members_user_id_fkey";

-- DropForeignKey
ALTER TABLE "family_members" DROP CONSTRAINT "family_members_family_id_fkey";

-- DropIndex
DROP INDEX "_mentions_B_index";

-- DropIndex
DROP INDEX "_CareRecipientToCondition_B_index";

-- DropIndex
DROP INDEX "Notification_userId_readAt_idx";

-- DropIndex
DROP INDEX "Message_familyId_sentAt_idx";

-- DropIndex
DROP INDEX "Shift_familyId_day_fromTime_key";

-- DropIndex
DROP INDEX "Contact_careRecipientId_idx";

-- DropIndex
DROP INDEX "Document_tags_idx";

-- DropIndex
DROP INDEX "CareNote_careRecipientId_createdAt_idx";

-- DropIndex
DROP INDEX "Appointment_details_idx";

-- DropIndex
DROP INDEX "Appointment_careRecipientId_startsAt_idx";

-- DropIndex
DROP INDEX "condition_icd10_code";

-- DropIndex
DROP INDEX "Dose_status_idx";

-- DropIndex
DROP INDEX "Dose_medicationId_dueAt_idx";

-- DropIndex
DROP INDEX "Medication_careRecipientId_name_startsOn_key";

-- DropIndex
DROP INDEX "CareRecipient_lastName_firstName_idx";

-- DropIndex
DROP INDEX "CareRecipient_familyId_idx";

-- DropIndex
DROP INDEX "family_members_user_id_role_idx";

-- DropIndex
DROP INDEX "User_email_key";

-- DropTable
DROP TABLE "_mentions";

-- DropTable
DROP TABLE "_CareRecipientToCondition";

-- DropTable
DROP TABLE "Notification";

-- DropTable
DROP TABLE "Message";

-- DropTable
DROP TABLE "Shift";

-- DropTable
DROP TABLE "Contact";

-- DropTable
DROP TABLE "Document";

-- DropTable
DROP TABLE "CareNote";

-- DropTable
DROP TABLE "Appointment";

-- DropTable
DROP TABLE "Condition";

-- DropTable
DROP TABLE "Dose";

-- DropTable
DROP TABLE "Medication";

-- DropTable
DROP TABLE "CareRecipient";

-- DropTable
DROP TABLE "family_members";

-- DropTable
DROP TABLE "Family";

-- DropTable
DROP TABLE "User";

-- DropEnum
DROP TYPE "AppointmentKind";

-- DropEnum
DROP TYPE "DoseStatus";

-- DropEnum
DROP TYPE "Gender";

-- DropEnum
DROP TYPE "family_role";
