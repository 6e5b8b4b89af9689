import { live } from './live.js';
import { victimJobSchema } from './victim-job.js';

// Waits for its job with everything loaded: starting Node takes longer than most jobs.
process.once('message', (message) => void work(message));
process.once('disconnect', () => process.exit(0));

async function work(message: unknown): Promise<void> {
  const job = victimJobSchema.parse(message);
  const points = await live(job, () => process.kill(process.pid, 'SIGKILL'));
  process.send?.({ points }, () => process.exit(0));
}
