ALTER TABLE "proposals" ADD COLUMN "question_kind" text;--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "is_aside" boolean DEFAULT false NOT NULL;