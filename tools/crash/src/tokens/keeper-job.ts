import { z } from 'zod';

/** The first message to a keeper's process: what it works with. */
export const keeperSetupSchema = z.strictObject({
  databaseUrl: z.string(),
  exactUrl: z.string(),
  encryptionKey: z.string(),
  connectionId: z.string(),
  /** What it calls itself in its requests, so that the sandbox's journal can tell the processes apart. */
  name: z.string(),
});
export type KeeperSetup = z.output<typeof keeperSetupSchema>;

/** Every later one: get a token, at this time (epoch milliseconds). */
export const keeperAskSchema = z.strictObject({ round: z.number(), now: z.number() });
export type KeeperAsk = z.output<typeof keeperAskSchema>;

/** What it answers: the token, or the kind of failure. */
export const keeperAnswerSchema = z.strictObject({
  round: z.number(),
  token: z.string().nullable(),
  failure: z.string().nullable(),
});
export type KeeperAnswer = z.output<typeof keeperAnswerSchema>;
