/** Where every step leaves a picture, for looking at; nowhere unless JOURNEY_SHOTS names a folder. */
export const shotsFolder = (): string | undefined => process.env['JOURNEY_SHOTS'];
