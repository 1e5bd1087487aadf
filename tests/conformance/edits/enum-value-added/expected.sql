-- AlterEnum
ALTER TYPE "Kind" ADD VALUE 'Z';
