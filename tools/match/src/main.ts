import { startFolder } from './config.js';
import { InputError } from './input-error.js';
import { matchFile } from './match-file.js';
import { parseOptions } from './options.js';
import { summaryText } from './summary.js';

const say = (line: string): void => console.error(line);

try {
  const startedAt = performance.now();
  const options = parseOptions(process.argv.slice(2), startFolder());
  const summary = await matchFile(options, say);
  console.log(summaryText(summary, (performance.now() - startedAt) / 1_000));
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  say(error.message);
  process.exitCode = 2;
}
