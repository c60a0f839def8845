import { findSignature, isGenuine } from './event-signature.ts';
import type { EventSignatures, SigningKey } from './signing-keys.ts';

/** A message as it was read from a topic, without the prefix. */
export type ReceivedMessage = {
  topic: string;
  partition: number;
  /** Decimal text. */
  offset: string;
  key: Buffer | null;
  value: Buffer | null;
};

/** `unknown-key`: the fault of this process's key ring. The message must be read again once the key is configured. */
export type Verdict =
  | { kind: 'genuine' }
  | { kind: 'forged'; reason: string }
  | { kind: 'unknown-key'; keyId: string; reason: string };

/** Decides whether a Florin producer made a message. */
export type VerifyEvent = (message: ReceivedMessage) => Verdict;

/** The first offset of each partition (`topic/partition`) from which events must be signed. Empty until it has been stored. */
export type SignatureStarts = ReadonlyMap<string, string>;

const VERIFIES_FOR_DAYS = 60;
const DAY_MS = 86_400_000;
const genuine: Verdict = { kind: 'genuine' };

/** Creates the verifier of one reader. It checks a message before its JSON is parsed. */
export function createEventVerifier(
  signatures: EventSignatures,
  { starts = new Map(), now = Date.now }: { starts?: SignatureStarts; now?: () => number } = {},
): VerifyEvent {
  if (signatures.mode === 'off') return () => genuine;
  const { mode, keys } = signatures;
  const takesAllUnsigned = mode === 'accept' || (mode === undefined && starts.size === 0);
  const keysById = new Map(keys.map((key) => [key.id, key]));
  const isBeforeStart = ({ topic, partition, offset }: ReceivedMessage): boolean =>
    BigInt(offset) < BigInt(starts.get(`${topic}/${partition}`) ?? '0');
  return (message) => {
    const { value } = message;
    const signature = value === null ? undefined : findSignature(value);
    if (value === null || signature === undefined)
      return takesAllUnsigned || isBeforeStart(message) ? genuine : forged('The message has no signature.');
    const key = keysById.get(signature.keyId);
    if (key === undefined) return unknownKey(signature.keyId);
    if (hasExpired(key, now())) return forged(`The key ${key.id} was retired more than ${VERIFIES_FOR_DAYS} days ago.`);
    return isGenuine({ ...message, value }, signature, key) ? genuine : forged(`The signature by the key ${key.id} is wrong.`);
  };
}

/** Whether a verifier needs the stored offsets to judge this message. */
export function needsStart({ mode }: EventSignatures, value: Buffer | null): boolean {
  if (mode === 'off' || mode === 'accept') return false;
  return value === null || findSignature(value) === undefined;
}

function hasExpired({ retiredOn }: SigningKey, nowMs: number): boolean {
  return retiredOn !== undefined && nowMs >= retiredOn.getTime() + VERIFIES_FOR_DAYS * DAY_MS;
}

function forged(reason: string): Verdict {
  return { kind: 'forged', reason };
}

function unknownKey(keyId: string): Verdict {
  return { kind: 'unknown-key', keyId, reason: `EVENT_SIGNING_KEYS has no key ${keyId}, which signed a message.` };
}
