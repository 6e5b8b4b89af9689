ALTER TABLE "source_relations" ADD COLUMN "written" jsonb;--> statement-breakpoint
ALTER TABLE "source_relations" ADD COLUMN "written_at" timestamp with time zone;