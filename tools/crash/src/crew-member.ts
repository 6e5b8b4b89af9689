import path from 'node:path';
import { runConnectionTrial } from './connection-trial.js';
import type { CrewJob, CrewReport } from './crew-job.js';
import { Databases } from './databases.js';
import { whyOf } from './live-here.js';
import { runTrial, type TrialEnd } from './trial.js';
import { Victims } from './victims.js';

let victims: Victims | undefined;

// Its only messages are those of `crew.ts`.
process.on('message', (job) => void work(job as CrewJob));
process.once('disconnect', () => {
  victims?.close();
  process.exit(0);
});

async function work(job: CrewJob): Promise<void> {
  const report = await tryOne(job).then(
    (end): CrewReport => ({ end }),
    (error: unknown): CrewReport => ({ failure: whyOf(error) }),
  );
  process.send?.(report);
}

function tryOne({ surroundings, serverUrl, stage, death, point }: CrewJob): Promise<TrialEnd> {
  const { folder } = surroundings;
  const trying = { ...surroundings, databases: new Databases(serverUrl), stage, victims: undefined };
  if (death === 'connection') return runConnectionTrial(trying, point ?? undefined);
  if (death === 'cut-off') return runTrial(trying, point ?? undefined);
  victims ??= new Victims(path.join(folder, 'compiled'));
  return runTrial({ ...trying, victims }, point ?? undefined);
}
