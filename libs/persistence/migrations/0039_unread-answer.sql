ALTER TABLE "connections" ADD COLUMN "unread_answer_ciphertext" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "unread_answer_key_id" text;