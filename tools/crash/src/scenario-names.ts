export const scenarioNames = ['initial', 'resync', 'deletion', 'write-back', 'merge'] as const;
export type ScenarioName = (typeof scenarioNames)[number];
