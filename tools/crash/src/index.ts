export { CrashPoints } from './crash-points.js';
export { Databases } from './databases.js';
export { judge } from './judge.js';
export { scenarioNames, type ScenarioName } from './scenario-names.js';
export { prepareStage, type Stage, type Surroundings } from './stage.js';
export { runTrial, type TrialEnd } from './trial.js';
export { Victims } from './victims.js';
export { runRaces, type RacesOptions } from './tokens/run-races.js';
export type { RacesReport } from './tokens/races.js';
