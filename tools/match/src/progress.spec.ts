import { expect, it } from 'vitest';
import { Progress } from './progress.js';

it('says how far the work is, at most once per second', () => {
  const said: string[] = [];
  let now = 0;
  const progress = new Progress(
    (line) => said.push(line),
    () => now,
  );
  progress.report('reading', 10);
  now = 999;
  progress.report('reading', 20);
  now = 1_000;
  progress.report('comparing', 1, 3);

  expect(said).toEqual(['reading: 10', 'comparing: 33 %']);
});
