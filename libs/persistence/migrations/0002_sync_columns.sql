CREATE TABLE "sync_events" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "sync_events_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"administration_id" uuid,
	"at" timestamp with time zone NOT NULL,
	"key" text NOT NULL,
	"params" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sync_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "budget_windows" DROP CONSTRAINT "budget_windows_client_id_region_division_window_starts_at_pk";--> statement-breakpoint
ALTER TABLE "error_ledger" DROP CONSTRAINT "error_ledger_client_id_region_division_endpoint_hour_at_pk";--> statement-breakpoint
ALTER TABLE "budget_windows" ADD CONSTRAINT "budget_windows_client_id_region_division_window_pk" PRIMARY KEY("client_id","region","division","window");--> statement-breakpoint
ALTER TABLE "error_ledger" ADD CONSTRAINT "error_ledger_client_id_region_division_endpoint_pk" PRIMARY KEY("client_id","region","division","endpoint");--> statement-breakpoint
ALTER TABLE "cursors" ADD COLUMN "moved_at" text;--> statement-breakpoint
ALTER TABLE "source_relations" ADD COLUMN "seen_in_run" uuid;--> statement-breakpoint
ALTER TABLE "sync_steps" ADD COLUMN "position" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "sync_steps" ADD COLUMN "is_full_read" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "sync_events_run" ON "sync_events" USING btree ("tenant_id","run_id","id");--> statement-breakpoint
ALTER TABLE "budget_windows" DROP COLUMN "starts_at";--> statement-breakpoint
ALTER TABLE "error_ledger" DROP COLUMN "hour_at";--> statement-breakpoint
ALTER TABLE "error_ledger" DROP COLUMN "errors";--> statement-breakpoint
ALTER TABLE "error_ledger" DROP COLUMN "last_status";--> statement-breakpoint
ALTER TABLE "error_ledger" DROP COLUMN "same_in_a_row";--> statement-breakpoint
CREATE POLICY "tenant_only" ON "sync_events" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);