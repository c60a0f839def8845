import { DEVELOPMENT_SIGNING_KEYS, type OutgoingEvent, parseSigningKeys, signEvent } from '@florin/events';
import type { OutgoingMessage } from '@florin/messaging';

const [developmentKey] = parseSigningKeys(DEVELOPMENT_SIGNING_KEYS);

/** An event as a service of a platform with default settings publishes it. */
export function signedMessage({ topic, key, event }: OutgoingEvent): OutgoingMessage {
  return { topic, key, value: signEvent(JSON.stringify(event), { topic, key }, developmentKey), headers: {} };
}
