CREATE TABLE "actions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"relation_ids" uuid[] NOT NULL,
	"administration_id" uuid,
	"before" jsonb NOT NULL,
	"after" jsonb NOT NULL,
	"batch_id" uuid,
	"undo_of" uuid,
	"undone_by" uuid,
	"is_undoable" boolean NOT NULL
);
--> statement-breakpoint
ALTER TABLE "actions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "administration_settings" (
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"values" jsonb NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"updated_by" text NOT NULL,
	CONSTRAINT "administration_settings_tenant_id_administration_id_pk" PRIMARY KEY("tenant_id","administration_id")
);
--> statement-breakpoint
ALTER TABLE "administration_settings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "administrations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"region" text NOT NULL,
	"division" integer NOT NULL,
	"name" text NOT NULL,
	"legal_name" text,
	"number" text,
	"kvk" text,
	"vat" text,
	"country" text,
	"currency" text,
	"moved_at" text,
	"state" text NOT NULL,
	"state_reason" text,
	"unavailable_reason" text,
	"code" text,
	"code_locked_at" timestamp with time zone,
	"position" integer DEFAULT 0 NOT NULL,
	"listed_at" timestamp with time zone NOT NULL,
	"selected_at" timestamp with time zone,
	"activated_at" timestamp with time zone,
	"last_synced_at" timestamp with time zone,
	"next_sync_at" timestamp with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "administrations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"key_hash" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "authorisation_attempts" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"session_hash" text NOT NULL,
	"user_id" uuid NOT NULL,
	"region" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "authorisation_attempts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "budget_windows" (
	"client_id" text NOT NULL,
	"region" text NOT NULL,
	"division" integer NOT NULL,
	"window" text NOT NULL,
	"starts_at" timestamp with time zone NOT NULL,
	"used" integer NOT NULL,
	"allowed" integer NOT NULL,
	"resets_at" timestamp with time zone NOT NULL,
	CONSTRAINT "budget_windows_client_id_region_division_window_starts_at_pk" PRIMARY KEY("client_id","region","division","window","starts_at")
);
--> statement-breakpoint
CREATE TABLE "conflicts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"relation_id" uuid NOT NULL,
	"field" text NOT NULL,
	"base" jsonb,
	"candidates" jsonb NOT NULL,
	"state" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"resolved_at" timestamp with time zone,
	"resolved_by" text
);
--> statement-breakpoint
ALTER TABLE "conflicts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "connections" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"region" text NOT NULL,
	"client_id" text NOT NULL,
	"exact_user_id" text NOT NULL,
	"exact_user_name" text NOT NULL,
	"state" text NOT NULL,
	"state_reason" text,
	"authorised_by" text NOT NULL,
	"authorised_by_name" text NOT NULL,
	"authorised_at" timestamp with time zone NOT NULL,
	"access_token_ciphertext" text,
	"refresh_token_ciphertext" text,
	"key_id" text,
	"refresh_token_hash" text,
	"access_issued_at" timestamp with time zone,
	"generation" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "connections" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "coupling_step_log" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"step" text NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"detail" jsonb NOT NULL
);
--> statement-breakpoint
ALTER TABLE "coupling_step_log" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "couplings" (
	"tenant_id" uuid PRIMARY KEY NOT NULL,
	"step" text NOT NULL,
	"contact_handling" text,
	"confirmed_by" text,
	"confirmed_by_name" text,
	"confirmed_at" timestamp with time zone,
	"confirmation_text" text,
	"frozen_since" timestamp with time zone,
	"activated_at" timestamp with time zone,
	"resync_minutes" integer DEFAULT 60 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "couplings" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "cursors" (
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"timestamp" text NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "cursors_tenant_id_administration_id_kind_pk" PRIMARY KEY("tenant_id","administration_id","kind")
);
--> statement-breakpoint
ALTER TABLE "cursors" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "error_ledger" (
	"client_id" text NOT NULL,
	"region" text NOT NULL,
	"division" integer NOT NULL,
	"endpoint" text NOT NULL,
	"hour_at" timestamp with time zone NOT NULL,
	"errors" integer NOT NULL,
	"last_status" integer NOT NULL,
	"same_in_a_row" integer NOT NULL,
	"suspended_until" timestamp with time zone,
	CONSTRAINT "error_ledger_client_id_region_division_endpoint_hour_at_pk" PRIMARY KEY("client_id","region","division","endpoint","hour_at")
);
--> statement-breakpoint
CREATE TABLE "invoice_numbers" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"number" text NOT NULL,
	"year" integer NOT NULL,
	"sequence" integer NOT NULL,
	"invoice_date" text NOT NULL,
	"reference" text NOT NULL,
	"exact_entry_number" integer,
	"allocated_by" text NOT NULL,
	"allocated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "invoice_numbers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "issues" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid,
	"cause" text NOT NULL,
	"cause_key" text NOT NULL,
	"class" text NOT NULL,
	"is_blocking" boolean NOT NULL,
	"params" jsonb NOT NULL,
	"occurrences" integer DEFAULT 1 NOT NULL,
	"state" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"last_seen_at" timestamp with time zone NOT NULL,
	"closed_at" timestamp with time zone,
	"closed_by" text,
	"ignored_reason" text,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "issues" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "judgements" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"source_a" uuid NOT NULL,
	"source_b" uuid NOT NULL,
	"verdict" text NOT NULL,
	"action_id" uuid NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "judgements" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "links" (
	"tenant_id" uuid NOT NULL,
	"source_relation_id" uuid NOT NULL,
	"role" text NOT NULL,
	"relation_id" uuid NOT NULL,
	"state" text NOT NULL,
	"origin" text NOT NULL,
	"linked_at" timestamp with time zone NOT NULL,
	CONSTRAINT "links_tenant_id_source_relation_id_role_pk" PRIMARY KEY("tenant_id","source_relation_id","role")
);
--> statement-breakpoint
ALTER TABLE "links" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "masters" (
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"exact_id" text NOT NULL,
	"code" text NOT NULL,
	"description" text NOT NULL,
	"is_blocked" boolean DEFAULT false NOT NULL,
	"fields" jsonb NOT NULL,
	"row_version" bigint,
	"seen_in_run" uuid,
	CONSTRAINT "masters_tenant_id_administration_id_kind_exact_id_pk" PRIMARY KEY("tenant_id","administration_id","kind","exact_id")
);
--> statement-breakpoint
ALTER TABLE "masters" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "match_keys" (
	"tenant_id" uuid NOT NULL,
	"key" text NOT NULL,
	"source_relation_id" uuid NOT NULL,
	CONSTRAINT "match_keys_tenant_id_key_source_relation_id_pk" PRIMARY KEY("tenant_id","key","source_relation_id")
);
--> statement-breakpoint
ALTER TABLE "match_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "memberships" (
	"tenant_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	CONSTRAINT "memberships_tenant_id_user_id_pk" PRIMARY KEY("tenant_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "memberships" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "number_series" (
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"year" integer NOT NULL,
	"next" integer NOT NULL,
	CONSTRAINT "number_series_tenant_id_administration_id_year_pk" PRIMARY KEY("tenant_id","administration_id","year")
);
--> statement-breakpoint
ALTER TABLE "number_series" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" uuid NOT NULL,
	"message" jsonb NOT NULL,
	"available_at" timestamp with time zone NOT NULL,
	"dispatched_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "outbox" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"run_id" uuid,
	"kind" text NOT NULL,
	"administration_id" uuid,
	"source_a" uuid NOT NULL,
	"source_b" uuid NOT NULL,
	"relation_a" uuid NOT NULL,
	"relation_b" uuid NOT NULL,
	"score" double precision NOT NULL,
	"probability" double precision NOT NULL,
	"reasons" jsonb NOT NULL,
	"vetoes" jsonb NOT NULL,
	"matcher_version" text NOT NULL,
	"state" text NOT NULL,
	"decided_by" text,
	"decided_by_name" text,
	"decided_at" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "proposals" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "relations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"name" text NOT NULL,
	"search_text" text NOT NULL,
	"values" jsonb NOT NULL,
	"leading" jsonb NOT NULL,
	"state" text NOT NULL,
	"survivor_id" uuid,
	"is_intercompany" boolean DEFAULT false NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "relations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sessions" (
	"id_hash" text PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"data" jsonb NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "sessions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "source_parts" (
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"exact_id" uuid NOT NULL,
	"account_exact_id" uuid,
	"row_version" bigint,
	"fields" jsonb NOT NULL,
	"state" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "source_parts_tenant_id_administration_id_kind_exact_id_pk" PRIMARY KEY("tenant_id","administration_id","kind","exact_id")
);
--> statement-breakpoint
ALTER TABLE "source_parts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "source_relations" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"exact_id" uuid NOT NULL,
	"row_version" bigint NOT NULL,
	"code" text,
	"name" text NOT NULL,
	"fields" jsonb NOT NULL,
	"base" jsonb,
	"is_customer" boolean NOT NULL,
	"is_supplier" boolean NOT NULL,
	"is_own_company" boolean DEFAULT false NOT NULL,
	"is_blocked" boolean NOT NULL,
	"ends_on" text,
	"state" text NOT NULL,
	"content_hash" text NOT NULL,
	"modified_at" timestamp with time zone,
	"first_seen_at" timestamp with time zone NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	"changed_in_run" uuid
);
--> statement-breakpoint
ALTER TABLE "source_relations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sync_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"trigger" text NOT NULL,
	"state" text NOT NULL,
	"started_by" text,
	"started_by_name" text,
	"started_at" timestamp with time zone NOT NULL,
	"compared" integer DEFAULT 0 NOT NULL,
	"compare_total" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp with time zone,
	"failure" jsonb,
	"statistics" jsonb NOT NULL,
	"paused_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "sync_runs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "sync_steps" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"run_id" uuid NOT NULL,
	"administration_id" uuid,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"cursor_next" text,
	"cursor_timestamp" text DEFAULT '1' NOT NULL,
	"records" integer DEFAULT 0 NOT NULL,
	"rejected" integer DEFAULT 0 NOT NULL,
	"expected" integer,
	"calls" integer DEFAULT 0 NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp with time zone,
	"epoch" integer DEFAULT 0 NOT NULL,
	"crash_count" integer DEFAULT 0 NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"wait_reason" text,
	"failure" jsonb,
	"started_at" timestamp with time zone,
	"ended_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "sync_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tenants" (
	"id" uuid PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"feature_enabled_at" timestamp with time zone,
	"feature_enabled_by" text,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "users" (
	"id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"password_hash" text,
	"locale" text DEFAULT 'nl' NOT NULL,
	"is_operator" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "write_intents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"tenant_id" uuid NOT NULL,
	"administration_id" uuid NOT NULL,
	"relation_id" uuid NOT NULL,
	"source_relation_id" uuid,
	"kind" text NOT NULL,
	"patch" jsonb NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"failure" jsonb,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"sent_at" timestamp with time zone,
	"settled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "write_intents" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE INDEX "actions_time" ON "actions" USING btree ("tenant_id","at","id");--> statement-breakpoint
CREATE INDEX "actions_relations" ON "actions" USING gin ("relation_ids");--> statement-breakpoint
CREATE UNIQUE INDEX "administrations_division" ON "administrations" USING btree ("tenant_id","region","division");--> statement-breakpoint
CREATE UNIQUE INDEX "administrations_code" ON "administrations" USING btree ("tenant_id","code") WHERE "administrations"."code" is not null;--> statement-breakpoint
CREATE INDEX "administrations_next_sync" ON "administrations" USING btree ("next_sync_at");--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("key_hash");--> statement-breakpoint
CREATE UNIQUE INDEX "conflicts_open_field" ON "conflicts" USING btree ("tenant_id","relation_id","field") WHERE "conflicts"."state" = 'open';--> statement-breakpoint
CREATE UNIQUE INDEX "connections_region" ON "connections" USING btree ("tenant_id","region");--> statement-breakpoint
CREATE INDEX "coupling_step_log_tenant" ON "coupling_step_log" USING btree ("tenant_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_numbers_number" ON "invoice_numbers" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_numbers_sequence" ON "invoice_numbers" USING btree ("tenant_id","administration_id","year","sequence");--> statement-breakpoint
CREATE UNIQUE INDEX "invoice_numbers_reference" ON "invoice_numbers" USING btree ("tenant_id","administration_id","reference");--> statement-breakpoint
CREATE UNIQUE INDEX "issues_open_cause" ON "issues" USING btree ("tenant_id","cause_key") WHERE "issues"."state" = 'open';--> statement-breakpoint
CREATE INDEX "issues_list" ON "issues" USING btree ("tenant_id","state","opened_at","id");--> statement-breakpoint
CREATE INDEX "judgements_pair" ON "judgements" USING btree ("tenant_id","source_a","source_b","at");--> statement-breakpoint
CREATE INDEX "links_relation" ON "links" USING btree ("tenant_id","relation_id");--> statement-breakpoint
CREATE INDEX "match_keys_source" ON "match_keys" USING btree ("tenant_id","source_relation_id");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("available_at","id") WHERE "outbox"."dispatched_at" is null;--> statement-breakpoint
CREATE UNIQUE INDEX "proposals_open_pair" ON "proposals" USING btree ("tenant_id","source_a","source_b") WHERE "proposals"."state" = 'open';--> statement-breakpoint
CREATE INDEX "proposals_queue" ON "proposals" USING btree ("tenant_id","state","probability","id");--> statement-breakpoint
CREATE INDEX "relations_name" ON "relations" USING btree ("tenant_id","name","id");--> statement-breakpoint
CREATE INDEX "relations_updated" ON "relations" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "sessions_expires_at" ON "sessions" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "source_parts_account" ON "source_parts" USING btree ("tenant_id","administration_id","account_exact_id");--> statement-breakpoint
CREATE UNIQUE INDEX "source_relations_exact" ON "source_relations" USING btree ("tenant_id","administration_id","exact_id");--> statement-breakpoint
CREATE INDEX "source_relations_changed" ON "source_relations" USING btree ("tenant_id","changed_in_run");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_runs_one_open" ON "sync_runs" USING btree ("tenant_id") WHERE "sync_runs"."state" in ('fetching', 'comparing');--> statement-breakpoint
CREATE INDEX "sync_runs_tenant" ON "sync_runs" USING btree ("tenant_id","started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sync_steps_part" ON "sync_steps" USING btree ("tenant_id","run_id","administration_id","kind");--> statement-breakpoint
CREATE INDEX "sync_steps_due" ON "sync_steps" USING btree ("due_at") WHERE "sync_steps"."state" in ('pending', 'running', 'waiting');--> statement-breakpoint
CREATE UNIQUE INDEX "users_email" ON "users" USING btree (lower("email"));--> statement-breakpoint
CREATE INDEX "write_intents_due" ON "write_intents" USING btree ("due_at") WHERE "write_intents"."state" in ('planned', 'sent', 'uncertain');--> statement-breakpoint
CREATE INDEX "write_intents_relation" ON "write_intents" USING btree ("tenant_id","relation_id");--> statement-breakpoint
CREATE POLICY "tenant_only" ON "actions" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "administration_settings" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "administrations" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "administrations" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "api_keys" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "api_keys" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "authorisation_attempts" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "authorisation_attempts" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "conflicts" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "connections" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "connections" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "coupling_step_log" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "couplings" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "couplings" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "cursors" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "invoice_numbers" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "issues" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "judgements" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "links" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "masters" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "match_keys" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "memberships" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "memberships" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "number_series" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "outbox" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "outbox" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "proposals" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "relations" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "sessions" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "source_parts" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "source_relations" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "sync_runs" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "sync_runs" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "sync_steps" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "sync_steps" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "tenants" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "own_tenant" ON "tenants" AS PERMISSIVE FOR SELECT TO "koppel_app" USING (id = nullif(current_setting('app.tenant_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "system_all" ON "users" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_all" ON "write_intents" AS PERMISSIVE FOR ALL TO "koppel_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "tenant_only" ON "write_intents" AS PERMISSIVE FOR ALL TO "koppel_app" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);