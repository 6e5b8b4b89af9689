CREATE TABLE "notices" (
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"waiting" integer NOT NULL,
	"received" bigint NOT NULL,
	"last_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone,
	"fetched_at" timestamp with time zone,
	CONSTRAINT "notices_tenant_id_administration_id_topic_pk" PRIMARY KEY("tenant_id","administration_id","topic")
);
--> statement-breakpoint
ALTER TABLE "notices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "watches" (
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"subscriptions" jsonb NOT NULL,
	"attempts" integer NOT NULL,
	"failure" jsonb,
	"checked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "watches_tenant_id_administration_id_pk" PRIMARY KEY("tenant_id","administration_id")
);
--> statement-breakpoint
ALTER TABLE "watches" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "notices_due" ON "notices" USING btree ("due_at") WHERE "notices"."due_at" is not null;--> statement-breakpoint
CREATE POLICY "system_all" ON "notices" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "notices" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "watches" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);