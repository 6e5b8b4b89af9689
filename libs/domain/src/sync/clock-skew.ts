/** How far the clocks of two workers may be apart. */
export const clockSkewMs = 5 * 60_000;
