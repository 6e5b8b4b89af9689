import { writeFileSync } from 'node:fs';
import {
  DefaultReporter,
  type SerializedError,
  type TestCase,
  type TestModule,
  type TestRunEndReason,
} from 'vitest/node';
import { addTallies, type SkippedTest, type Tally } from './tally.js';

/** The environment variable that names the file in which the tally is left. */
export const tallyFileVariable = 'KOPPEL_TEST_TALLY';

/** Prints like Vitest's own reporter, without its closing counts, and leaves the tally in a file for the runner. */
export default class TallyReporter extends DefaultReporter {
  override onTestRunEnd(
    ...[modules, errors, reason]: [readonly TestModule[], readonly SerializedError[], TestRunEndReason]
  ): void {
    super.onTestRunEnd(modules, errors, reason);
    const outside: Tally = { passed: 0, failed: errors.length, skipped: [] };
    const tally = addTallies([...modules.map(tallyOf), outside]);
    const file = process.env[tallyFileVariable];
    if (file) writeFileSync(file, JSON.stringify(tally));
  }

  /** The runner prints the one and only closing line, after adding lint and types. */
  override reportTestSummary(): void {
    return;
  }
}

function tallyOf(module: TestModule): Tally {
  const tests = [...module.children.allTests()];
  const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
  const failed = count('failed');
  // A file that cannot be loaded and a group whose setup fails have errors but no failed test.
  const isBroken = failed === 0 && !module.ok();
  const skipped = tests
    .filter((test) => test.result().state === 'skipped')
    .map((test) => toSkippedTest(test, isBroken));
  return { passed: count('passed'), failed: failed + (isBroken ? 1 : 0), skipped };
}

function toSkippedTest(test: TestCase, isBroken: boolean): SkippedTest {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return {
    name: `${test.module.relativeModuleId} > ${test.fullName}`,
    reason: note ?? reasonOf(test, isBroken),
  };
}

function reasonOf(test: TestCase, isBroken: boolean): string {
  if (isBroken) return 'their setup failed';
  if (test.options.mode === 'todo') return 'they are not written yet';
  if (/redis/i.test(test.fullName))
    return 'no Redis was found (set TEST_REDIS_URL, or put redis-server on the PATH)';
  return 'the spec says so, without a reason';
}
