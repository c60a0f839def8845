import { createHash } from 'node:crypto';
import type { Message } from './broker.ts';

const MAX_KEY_BYTES = 255;

/**
 * Replaces a key that is longer than the column (255 bytes) by its SHA-256 hash, so that it cannot block its partition. Messages
 * with equal keys still have equal keys. Florin's own keys are ids and are never replaced.
 */
export function hashLongKey(message: Message): Message {
  const { key } = message;
  if (key === null || key.length <= MAX_KEY_BYTES) return message;
  return { ...message, key: Buffer.from(`sha256:${createHash('sha256').update(key).digest('hex')}`) };
}
