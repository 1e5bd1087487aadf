-- RenameForeignKey
ALTER TABLE "Post" RENAME CONSTRAINT "Post_userId_fkey" TO "written_by";

-- RenameForeignKey
ALTER TABLE "Post" RENAME CONSTRAINT "edited_by" TO "Post_editId_fkey";
