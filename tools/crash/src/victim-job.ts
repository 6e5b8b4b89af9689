import { z } from 'zod';
import { scenarioNames } from './scenario-names.js';

/** What a process is told to do. */
export const victimJobSchema = z.strictObject({
  databaseUrl: z.string(),
  exactUrl: z.string(),
  /** What the tokens in the database are sealed with, base64. */
  encryptionKey: z.string(),
  /** Where its clock starts: epoch milliseconds. */
  startsAt: z.number(),
  scenario: z.enum(scenarioNames),
  tenantId: z.string(),
  /** The point at which it dies, from 1; absent = it lives. */
  crashAt: z.number().int().min(1).optional(),
});
export type VictimJob = z.output<typeof victimJobSchema>;

/** What a process that lived to the end tells. */
export const victimReportSchema = z.strictObject({ points: z.array(z.string()) });
