DROP INDEX "actions_relations";--> statement-breakpoint
DROP INDEX "match_keys_source";