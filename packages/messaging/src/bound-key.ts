import { createHash } from 'node:crypto';
import type { Message } from './broker.ts';

const LONGEST_KEY = 255;

/**
 * Our keys are ids. A longer one than the tables take would hold its partition up for ever, so its hash stands for it: still one
 * key, whose messages keep together.
 */
export function boundKey(message: Message): Message {
  const { key } = message;
  if (key === null || key.length <= LONGEST_KEY) return message;
  return { ...message, key: Buffer.from(`sha256:${createHash('sha256').update(key).digest('hex')}`) };
}
