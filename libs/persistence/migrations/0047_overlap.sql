ALTER TABLE "cursors" ADD COLUMN "overlap_from" text;--> statement-breakpoint
ALTER TABLE "sync_steps" ADD COLUMN "known_until" text;