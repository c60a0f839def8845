/** The HTTP media type of Florin's problems (RFC 9457). */
export const problemMediaType = 'application/problem+json';
