import { startFolder } from './config.js';
import { InputError } from './input-error.js';
import { matchFile } from './match-file.js';
import { asksForHelp, parseOptions, usage } from './options.js';
import { summaryText } from './summary.js';

const say = (line: string): void => console.error(line);

try {
  const args = process.argv.slice(2);
  if (asksForHelp(args)) console.log(usage);
  else await match(args);
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  say(error.message);
  process.exitCode = 2;
}

async function match(args: readonly string[]): Promise<void> {
  const startedAt = performance.now();
  const summary = await matchFile(parseOptions(args, startFolder()), say);
  console.log(summaryText(summary, (performance.now() - startedAt) / 1_000));
}
