/** From this many different name stems on, a shared value counts for nothing (case C08). */
export const sharedByTooMany = 3;
/** From this many on a KvK number is one that somebody typed everywhere: a company has trade names, but not that many (matching.md, section 3). */
export const registrationOfTooMany = 6;
