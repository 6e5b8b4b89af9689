ALTER TABLE "source_parts" ADD COLUMN "modified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "source_parts" ADD COLUMN "written" jsonb;--> statement-breakpoint
ALTER TABLE "source_parts" ADD COLUMN "written_at" timestamp with time zone;