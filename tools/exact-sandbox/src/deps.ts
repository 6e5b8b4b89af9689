/** The machine's own time in epoch milliseconds: the only place of this tool that reads it. */
export const machineNowMs = (): number => Date.now();
