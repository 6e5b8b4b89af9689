export const scenarioNames = [
  'initial',
  'resync',
  'deletion',
  'write-back',
  'parts',
  'merge',
  'create',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];
