ALTER TABLE "authorisation_attempts" ADD COLUMN "connection_id" uuid;--> statement-breakpoint
ALTER TABLE "authorisation_attempts" ADD COLUMN "failure" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "list_requested_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "listed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "couplings" ADD COLUMN "run_id" uuid;