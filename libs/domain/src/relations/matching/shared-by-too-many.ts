/** From this many different name stems on, a shared value counts for nothing (case C08). */
export const sharedByTooMany = 3;
