import type { BoundedHistogram } from '@florin/runtime';
import type { Decoder, DecoderFault } from '../decoder/index.ts';

export const outcomes = [
  'decoded',
  'busy',
  'too-slow',
  'too-large',
  'crashed',
  'too-many-pixels',
  'unreadable',
  'stopped',
] as const satisfies readonly (DecoderFault | 'decoded')[];

type Durations = BoundedHistogram<{ kind: readonly ['clean', 'derive'] | readonly string[]; outcome: readonly string[] }>;

/** A decoder whose tasks are measured. */
export function measured(decoder: Decoder, durations: Pick<Durations, 'record'>): Decoder {
  return {
    ...decoder,
    async run(bytes, task) {
      const startedAt = performance.now();
      const result = await decoder.run(bytes, task);
      const outcome = typeof result === 'string' ? result : 'decoded';
      durations.record({ kind: task.kind, outcome }, (performance.now() - startedAt) / 1000);
      return result;
    },
  };
}
