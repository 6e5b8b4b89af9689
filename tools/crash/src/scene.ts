import type { Counters, Sandbox } from '@koppel/exact-sandbox';
import { exactFacts, koppelFacts } from './end-state.js';
import { canSettle, settle } from './settle.js';
import type { Stage } from './stage.js';
import { unfetchedFacts } from './unfetched.js';

/** What Koppel holds, what Exact holds, and what the sandbox counted since the scenario began. */
export interface Scene {
  readonly koppel: readonly string[];
  readonly exact: readonly string[];
  readonly journal: Readonly<Counters>;
}

/** What there is at the end of a scenario, and again after a settling resync; null where there can be none. */
export interface Scenes {
  readonly scene: Scene;
  readonly settled: Scene | null;
}

export const noScenes = ({ journal }: Sandbox): Scenes => ({
  scene: { koppel: [], exact: [], journal: structuredClone(journal.counters()) },
  settled: null,
});

export interface Ended {
  readonly sandbox: Sandbox;
  readonly stage: Stage;
  readonly databaseUrl: string;
  readonly encryptionKey: string;
  /** The time at which settling begins. */
  readonly settlesAt: number;
}

/** Looks, settles, and looks again. */
export async function scenesOf(ended: Ended): Promise<Scenes> {
  const { sandbox, stage, databaseUrl, encryptionKey, settlesAt } = ended;
  const scene = await sceneNow(ended);
  if (!canSettle(stage.scenario)) return { scene, settled: null };
  await sandbox.clock.advance(settlesAt - sandbox.clock.now());
  const place = { databaseUrl, exactUrl: sandbox.url, encryptionKey, startsAt: settlesAt };
  await settle(place, stage.tenantId);
  return { scene, settled: await sceneNow(ended) };
}

async function sceneNow({ sandbox, stage, databaseUrl }: Ended): Promise<Scene> {
  const held = await koppelFacts(databaseUrl, stage.tenantId);
  const koppel = [...held, ...(await unfetchedFacts(databaseUrl, stage.tenantId, sandbox))];
  return { koppel, exact: exactFacts(sandbox), journal: structuredClone(sandbox.journal.counters()) };
}
