CREATE TABLE "history_entries" (
	"tenant_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"action_id" uuid NOT NULL,
	"digest" text NOT NULL,
	"content" text NOT NULL,
	"is_trimmable" boolean NOT NULL,
	"link" text NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "history_entries_tenant_id_number_pk" PRIMARY KEY("tenant_id","number")
);
--> statement-breakpoint
ALTER TABLE "history_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "actions" ADD COLUMN "is_sealed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "history_entries_action" ON "history_entries" USING btree ("tenant_id","action_id");--> statement-breakpoint
CREATE POLICY "system_counts" ON "actions" AS PERMISSIVE FOR SELECT TO "koppel_system" USING (not is_sealed);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "history_entries" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE FUNCTION "history_only_grows"() RETURNS trigger LANGUAGE plpgsql AS $$
begin
  raise exception 'entries of the history are only ever added' using errcode = 'restrict_violation';
end $$;--> statement-breakpoint
CREATE TRIGGER "history_only_grows" BEFORE UPDATE OR DELETE ON "history_entries" FOR EACH ROW EXECUTE FUNCTION "history_only_grows"();--> statement-breakpoint
CREATE TRIGGER "history_stays_whole" BEFORE TRUNCATE ON "history_entries" FOR EACH STATEMENT EXECUTE FUNCTION "history_only_grows"();
