/** The name under which Florin's spans appear in a collector. */
export const tracerName = 'florin';
