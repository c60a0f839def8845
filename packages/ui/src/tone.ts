/** How a status is coloured. */
export type Tone = 'neutral' | 'good' | 'warn' | 'bad' | 'info';
