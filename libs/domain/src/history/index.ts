export { newAct, type Act, type ActChange, type ActFacts, type ActKind } from './act.js';
export type { Acts, ActsTx } from './acts.port.js';
