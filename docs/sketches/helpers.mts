/** What the sketches need besides the engine, and what their providers' folders will hold. */

export const base64 = (words: string): string => Buffer.from(words).toString('base64');
